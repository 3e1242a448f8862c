import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
	chain,
	imburseNode,
	runOnce,
	sharedN8n,
	startImburse,
	type TestImburse,
	type TestN8n,
} from './harness/index.mts';

let n8n: TestN8n;
let imburse: TestImburse;

beforeAll(async () => {
	n8n = await sharedN8n();
	imburse = await startImburse(n8n.api);
});

afterAll(() => imburse.stop());

beforeEach(() => imburse.sandbox.reset());

describe('Payment Orders', () => {
	it('are created from items, each once and with its metadata, and read back', async () => {
		const { credential, sandbox } = imburse;
		const items = ['CLAIM-1', 'CLAIM-2', 'CLAIM-3'].map((claim) => ({ claim }));
		const run = await runOnce(
			n8n.api,
			chain(
				items,
				imburseNode('Create', credential, {
					resource: 'paymentOrder',
					operation: 'create',
					orderRef: '={{ $json.claim }}',
					metadata: { entry: [{ key: 'claim', value: '={{ $json.claim }}' }] },
				}),
				imburseNode('Get', credential, {
					resource: 'paymentOrder',
					operation: 'get',
					orderRef: '={{ $json.orderRef }}',
				}),
			),
		);

		expect(run.error ?? run.status).toBe('success');
		expect(run.output('Create')).toMatchObject(
			items.map(({ claim }) => ({ orderRef: claim, result: 'created', metadata: { claim } })),
		);
		expect(run.output('Get')).toMatchObject(items.map(({ claim }) => ({ metadata: { claim } })));
		expect(sandbox.store.orders.map(({ orderRef }) => orderRef)).toEqual(
			items.map(({ claim }) => claim),
		);
		expect(sandbox.counts.byRoute).toMatchObject({ createOrder: 3, issueToken: 1 });
	});
});
