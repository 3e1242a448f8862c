import { expect, it } from '@jest/globals';
import type { HttpRequest } from '../../../../nodes/Imburse/api/http.ts';
import type { PreparedItem } from '../../../../nodes/Imburse/execution/items.ts';
import { sendAll } from '../../../../nodes/Imburse/execution/send/sendAll.ts';
import { answer, credential, SANDBOX_URL } from '../../api/fixtures.mts';

function item(index: number): PreparedItem {
	const orderRef = `ORDER-${index + 1}`;
	return {
		index,
		plan: {
			label: `Payment Order "${orderRef}"`,
			request: { endpoint: 'getOrder', identifiers: { orderRef } },
			echo: {},
		},
		correlationId: `id-${index}`,
		tenantId: '',
		includeResponse: false,
		maxConcurrency: 1,
		timeout: 60_000,
		wasSentBefore: false,
		options: {},
	};
}

/** Sends three items, and stops the run while so many of them are under way. */
async function stopDuring(sending: number) {
	const stop = new AbortController();
	const sent: HttpRequest[] = [];
	const stages: string[][] = [];
	const session = {
		credential: credential(),
		baseUrl: SANDBOX_URL,
		stopSignal: stop.signal,
		send: async (request: HttpRequest) => {
			if (sent.push(request) === sending) stop.abort();
			return answer(200, { orderRef: 'A' });
		},
	};
	const results = await sendAll(session, [0, 1, 2].map(item), {
		continuesOnError: true,
		maxConcurrency: 1,
		countMoney: () => [],
		onResult: () => {},
		onStop: (progress) => stages.push([...progress.values()]),
	});
	return { results, sent, stages };
}

it('brings the item that is under way at a stop to its end, and begins no other', async () => {
	const { results, sent } = await stopDuring(2);
	expect(sent).toHaveLength(2);
	expect(results.map(({ ok }) => ok)).toEqual([true, true, false]);
	expect(results[2]).toMatchObject({
		failure: {
			message: 'Payment Order "ORDER-3" (item 3) was not sent: the run stopped before it',
			outcome: 'notSent',
			attempts: 0,
		},
	});
});

it('tells how far each item was when the user stopped the run', async () => {
	expect((await stopDuring(2)).stages).toEqual([['done', 'inFlight', 'notSent']]);
});
