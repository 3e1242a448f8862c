import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
	chain,
	imburseNode,
	runOnce,
	sharedN8n,
	startImburse,
	type TestImburse,
	type TestN8n,
	type TestNode,
} from './harness/index.mts';

let n8n: TestN8n;
let imburse: TestImburse;

beforeAll(async () => {
	n8n = await sharedN8n();
	imburse = await startImburse(n8n.api);
});

afterAll(() => imburse.stop());

beforeEach(() => imburse.sandbox.reset());

const create = (orderRef: string): TestNode =>
	imburseNode('Create', imburse.credential, {
		resource: 'paymentOrder',
		operation: 'create',
		orderRef,
		metadata: { entry: [{ key: 'note', value: '={{ $json.note }}' }] },
	});

describe('Payment Orders', () => {
	it('are created from items, each once and with its metadata, and read back', async () => {
		const { credential, sandbox } = imburse;
		const items = ['CLAIM-1', 'CLAIM-2', 'CLAIM-3'].map((claim) => ({ claim, note: claim }));
		const run = await runOnce(
			n8n.api,
			chain(
				items,
				create('={{ $json.claim }}'),
				imburseNode('Get', credential, {
					resource: 'paymentOrder',
					operation: 'get',
					orderRef: '={{ $json.orderRef }}',
				}),
			),
		);

		expect(run.error ?? run.status).toBe('success');
		expect(run.output('Create')).toMatchObject(
			items.map(({ claim }) => ({ orderRef: claim, result: 'created', metadata: { note: claim } })),
		);
		expect(run.output('Get')).toMatchObject(items.map(({ note }) => ({ metadata: { note } })));
		expect(sandbox.store.orders.map(({ orderRef }) => orderRef)).toEqual(
			items.map(({ claim }) => claim),
		);
		expect(sandbox.counts.byRoute).toMatchObject({ createOrder: 3, issueToken: 1 });
	});

	it('are not sent, none of them, when some are wrong: all of those are listed', async () => {
		const items = [
			{ claim: 'CLAIM-1', note: 'Storm' },
			{ claim: 'CLAIM 2', note: 'Storm' },
			{ claim: 'CLAIM-3', note: '4111 1111 1111 1111' },
		];
		const run = await runOnce(n8n.api, chain(items, create('={{ $json.claim }}')));

		expect(run.status).toBe('error');
		expect(run.error).toMatch(/^2 of 3 items cannot be sent/);
		expect(run.error).toMatch(/Item 2: .*Order Reference/);
		expect(run.error).toMatch(/Item 3: .*card number/);
		expect(imburse.sandbox.requests).toEqual([]);
	});

	it('are not sent under a reference that would be another one on the next run', async () => {
		const items = [{ claim: 'CLAIM-1', note: 'Storm' }];
		const run = await runOnce(n8n.api, chain(items, create('=CLAIM-{{ $execution.id }}')));

		expect(run.status).toBe('error');
		expect(run.error).toMatch(/^Order Reference: .*\$execution.*different on every run/);
		expect(imburse.sandbox.requests).toEqual([]);
	});
});
