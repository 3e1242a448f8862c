import { describe, expect, it } from '@jest/globals';
import type { IN8nHttpFullResponse } from 'n8n-workflow';

import { BODY_TOO_LARGE, LARGEST_BODY } from '../../../nodes/Imburse/api/bodyText.ts';
import {
	exchange,
	sendThroughHelper,
	type ExchangeOptions,
} from '../../../nodes/Imburse/api/exchange.ts';
import { toHelperOptions } from '../../../nodes/Imburse/api/httpHelper.ts';
import { OpenExchanges } from '../../../nodes/Imburse/api/openExchanges.ts';

const REQUEST = { method: 'GET', url: 'https://h.example/v1/tenant', headers: {} } as const;

function answer(body: unknown): IN8nHttpFullResponse {
	return { statusCode: 200, headers: { 'X-One': '1' }, body: body as string };
}

/** Answers as n8n's helper does when the signal of a call ends it. */
async function silence({ abortSignal }: ExchangeOptions): Promise<IN8nHttpFullResponse> {
	const signal = abortSignal as AbortSignal;
	return await new Promise((_, reject) => {
		const cancel = () => reject(Object.assign(new Error('canceled'), { code: 'ERR_CANCELED' }));
		if (signal.aborted) cancel();
		signal.addEventListener('abort', cancel);
	});
}

describe('an exchange', () => {
	it('hands back status, headers in lower case and the text', async () => {
		const response = await exchange(REQUEST, new OpenExchanges(), async () => answer('text'));
		expect(response).toEqual({ status: 200, headers: { 'x-one': '1' }, text: 'text' });
	});

	it('ends with an error of its own when its time is over', async () => {
		const exchanged = exchange({ ...REQUEST, timeout: 20 }, new OpenExchanges(), silence);
		await expect(exchanged).rejects.toMatchObject({
			code: 'ETIMEDOUT',
			message: 'The answer was not complete in time',
		});
	});

	it('ends with the error of the helper when the run is stopped', async () => {
		const stop = new AbortController();
		const exchanged = exchange(REQUEST, new OpenExchanges(stop.signal), silence);
		stop.abort();
		await expect(exchanged).rejects.toMatchObject({ code: 'ERR_CANCELED' });
	});

	it('does not begin after the run was stopped', async () => {
		const exchanged = exchange(REQUEST, new OpenExchanges(AbortSignal.abort()), silence);
		await expect(exchanged).rejects.toMatchObject({ code: 'ERR_CANCELED' });
	});

	it('ends the call whose body is too large', async () => {
		let signal: ExchangeOptions['exchangeSignal'];
		const exchanged = exchange(REQUEST, new OpenExchanges(), async (options) => {
			signal = options.exchangeSignal;
			return answer(bytes(LARGEST_BODY + 1));
		});
		await expect(exchanged).rejects.toMatchObject({ code: BODY_TOO_LARGE });
		expect(signal?.aborted).toBe(true);
	});

	it('leaves nothing of itself on the signal of the run', async () => {
		const { signal } = new AbortController();
		const left = new Set<unknown>();
		signal.addEventListener = (_: string, listener: unknown) => void left.add(listener);
		signal.removeEventListener = (_: string, listener: unknown) => void left.delete(listener);
		await exchange(REQUEST, new OpenExchanges(signal), async () => {
			expect(left.size).toBe(1);
			return answer('');
		});
		expect(left.size).toBe(0);
	});
});

describe('sendThroughHelper', () => {
	it("sends through n8n's plain helper", async () => {
		const seen: ExchangeOptions[] = [];
		const httpRequest = async (options: ExchangeOptions) => {
			seen.push(options);
			return answer('');
		};
		await sendThroughHelper({ helpers: { httpRequest } })(REQUEST);
		expect(seen).toEqual([expect.objectContaining(toHelperOptions(REQUEST))]);
	});
});

async function* bytes(length: number) {
	yield Buffer.alloc(length);
}
