import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startImburse, type ImburseOnEngine } from './support/imburse.mts';
let imburse: ImburseOnEngine;
beforeAll(async () => {
	imburse = await startImburse();
});
afterAll(async () => {
	await imburse.stop();
});
it('smoke', async () => {
	const run = await imburse.run(
		{
			resource: 'paymentOrder',
			operation: 'create',
			orderRef: '={{ $json.ref }}',
			metadata: { entry: [{ key: 'claim', value: '={{ $json.ref }}' }] },
			options: { includeResponse: true },
		},
		{ items: [{ ref: 'A-1' }, { ref: 'A-2' }] },
	);
	console.log(
		JSON.stringify(run.success, null, 1),
		run.error,
		imburse.storedCredential(),
		imburse.sandbox.tokenCalls,
		imburse.engine.credentials.reads,
	);
	const again = await imburse.run(
		{ resource: 'paymentOrder', operation: 'create', orderRef: '={{ $json.ref }}' },
		{ items: [{ ref: 'A-3' }, { ref: 'A-2' }, { ref: 'A-9' }], onError: 'continueErrorOutput' },
	);
	console.log(JSON.stringify(again.outputs, null, 1), again.error);
	const stop = await imburse.run(
		{ resource: 'paymentOrder', operation: 'create', orderRef: '={{ $json.ref }}' },
		{ items: [{ ref: 'A-3' }, { ref: 'A-9' }] },
	);
	console.log(JSON.stringify(stop.outputs, null, 1), stop.error);
	const get = await imburse.run(
		{ resource: 'paymentOrder', operation: 'get', orderRef: '={{ $json.ref }}' },
		{ items: [{ ref: 'A-1' }] },
	);
	console.log(JSON.stringify(get.outputs, null, 1), get.error, imburse.sandbox.tokenCalls);
	expect(1).toBe(1);
});
