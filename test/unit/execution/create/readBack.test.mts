import { describe, expect, it } from '@jest/globals';
import type { ApiResult } from '../../../../nodes/Imburse/api/client.ts';
import { classifyResponse } from '../../../../nodes/Imburse/api/classifyResponse.ts';
import { responseFailure } from '../../../../nodes/Imburse/api/errors/messages.ts';
import type { HttpResponse } from '../../../../nodes/Imburse/api/http.ts';
import type { ItemClient } from '../../../../nodes/Imburse/execution/client/itemClient.ts';
import type { CreateResponse } from '../../../../nodes/Imburse/execution/create/createDecision.ts';
import { readBack } from '../../../../nodes/Imburse/execution/create/readBack.ts';
import { answer, errorAnswer } from '../../api/fixtures.mts';
import { EXPECTED } from './fixtures.mts';

const NONE = errorAnswer(404, ['ORDER_NOT_FOUND']);
const UNAVAILABLE = answer(503);
const THERE = answer(200, { orderRef: 'A' });

function resultOf(response: HttpResponse): ApiResult {
	const classified = classifyResponse('getOrder', response);
	if (classified.ok) {
		const { value } = classified;
		const ids = { correlationId: null, clientCorrelationId: 'own-id' };
		return { ok: true, response: { status: response.status, value, headers: {}, ...ids } };
	}
	const failure = responseFailure(
		{
			label: 'Payment Order "A"',
			endpoint: 'getOrder',
			baseUrl: 'https://sandbox-api.imbursepayments.com',
			environment: 'sandbox',
			correlationId: 'own-id',
		},
		response.status,
		classified,
	);
	return { ok: false, failure, withOutcome: (outcome) => ({ ...failure, outcome }) };
}

const MOST_READS = 1_000;

interface Script {
	/** What a read finds so many milliseconds after the create. */
	at: (milliseconds: number) => HttpResponse;
	createResponse?: CreateResponse;
	createdWithinMs?: number | undefined;
	/** When the user stops the run. */
	stopAt?: number;
}

/** Reads back by a clock that goes on with the waits alone. */
async function run({ at, createResponse = 'accepted', stopAt = Infinity, ...expected }: Script) {
	const began = 5_000;
	let now = 0;
	const reads: number[] = [];
	const held = new Set<boolean>();
	const wait = async (milliseconds: number, holdsSlot: boolean) => {
		held.add(holdsSlot);
		now += milliseconds;
	};
	const client = {
		item: {},
		request: async () => {
			reads.push(now);
			// Otherwise a read-back without an end would hang the test.
			if (reads.length > MOST_READS) throw new Error('It reads without end.');
			return resultOf(at(now));
		},
		delay: async (milliseconds: number) => await wait(milliseconds, false),
		delayHoldingSlot: async (milliseconds: number) => await wait(milliseconds, true),
		isStopped: () => now >= stopAt,
		elapsed: () => began + now,
	} as unknown as ItemClient;
	const { state } = await readBack(client, { ...EXPECTED, ...expected }, createResponse);
	return { state, reads, heldSlot: [...held] };
}

describe('what Imburse has accepted and not yet made', () => {
	it('is read again, ever more seldom, until it is there', async () => {
		const { state, reads } = await run({ at: (now) => (now < 20_000 ? NONE : THERE) });
		expect(state).toBe('identical');
		expect(reads).toEqual([0, 250, 750, 1_750, 3_750, 7_750, 12_750, 17_750, 22_750]);
	});

	it.each([1_000, 60_000])('is waited for %d ms, if it does not come', async (createdWithinMs) => {
		const { state, reads } = await run({ at: () => NONE, createdWithinMs });
		expect(state).toBe('notFound');
		expect(reads.at(-1)).toBe(createdWithinMs);
	});

	it('is read once where nobody waits for it', async () => {
		expect((await run({ at: () => NONE, createdWithinMs: undefined })).reads).toEqual([0]);
	});

	it('lets other items go ahead meanwhile', async () => {
		expect((await run({ at: () => NONE })).heldSlot).toEqual([false]);
	});

	it('is not read again after the run was stopped', async () => {
		const { reads } = await run({ at: () => NONE, stopAt: 700 });
		expect(reads).toEqual([0, 250, 750]);
	});
});

describe('what nothing shows to have been taken in', () => {
	it('is not waited for where Imburse says that there is none', async () => {
		const { state, reads } = await run({ at: () => NONE, createResponse: 'unclear' });
		expect(state).toBe('notFound');
		expect(reads).toEqual([0]);
	});

	it('is read again for a second where it cannot be read', async () => {
		const { state, reads } = await run({ at: () => UNAVAILABLE, createResponse: 'unclear' });
		expect(state).toBe('unreadable');
		expect(reads).toEqual([0, 250, 750, 1_000]);
	});

	it('is read again for a shorter time where the user asks for one', async () => {
		const script = { at: () => UNAVAILABLE, createResponse: 'unclear', createdWithinMs: 500 };
		expect((await run(script as Script)).reads).toEqual([0, 250, 500]);
	});

	it('is found when the trouble is over in time', async () => {
		const at = (now: number) => (now < 700 ? UNAVAILABLE : THERE);
		expect((await run({ at, createResponse: 'unclear' })).state).toBe('identical');
	});

	it('keeps other items back: all of them may be affected', async () => {
		const { heldSlot } = await run({ at: () => UNAVAILABLE, createResponse: 'unclear' });
		expect(heldSlot).toEqual([true]);
	});
});
