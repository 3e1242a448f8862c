import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { listenToLog } from '../harness/log.mts';
import {
	CREDENTIAL_ID,
	NODE_TYPE,
	startImburse,
	type ImburseOnEngine,
} from '../support/imburse.mts';

const ROWS = 400;

let imburse: ImburseOnEngine;

beforeEach(async () => {
	imburse = await startImburse();
});

afterEach(async () => {
	await imburse.stop();
});

function start(options: INodeParameters, settings: { retryOnFail?: boolean } = {}) {
	return imburse.engine.start({
		items: Array.from({ length: ROWS }, (_, index) => ({ ref: `CLAIM-${index}` })),
		node: {
			type: NODE_TYPE,
			credentials: { imburseApi: CREDENTIAL_ID },
			parameters: {
				resource: 'paymentOrder',
				operation: 'create',
				orderRef: '={{ $json.ref }}',
				metadata: { entry: [{ key: 'claim', value: '={{ $json.ref }}' }] },
				options,
			},
			onError: 'continueErrorOutput',
			...settings,
		},
	});
}

const turn = async () => await new Promise((resolve) => setImmediate(resolve));

/** The credential is read right before the first item is checked. */
async function untilItChecks(): Promise<void> {
	while (imburse.engine.credentials.reads === 0) await turn();
}

describe('a long check', () => {
	it('lets other work have its turn', async () => {
		const { result } = start({ validateOnly: true });
		await untilItChecks();
		let isDone = false;
		void result.then(() => (isDone = true));
		let turns = 0;
		for (; !isDone; turns++) await turn();
		const { success, milliseconds } = await result;
		expect(success).toHaveLength(ROWS);
		expect(turns).toBeGreaterThan(Math.min(4, milliseconds / 200));
	});

	it.each([{}, { retryOnFail: true }])(
		'ends at Stop, sends nothing, and says so: %j',
		async (set) => {
			const endOfLog = listenToLog();
			const { stop, result } = start({}, set);
			await untilItChecks();
			await turn();
			stop();
			await result;
			const lines = endOfLog().filter((line) => line.includes('was stopped'));
			expect(imburse.sandbox.requests).toEqual([]);
			expect(lines).toEqual([
				expect.stringMatching(
					/^warn ".*": execution \S+ was stopped while its items were checked\. Nothing was sent\.$/,
				),
			]);
		},
	);
});
