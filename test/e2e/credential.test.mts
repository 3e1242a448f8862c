import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testCredential } from '../../tools/n8n/credential.mts';
import {
	chain,
	imburseNode,
	newKeys,
	recordSecrets,
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
});

beforeEach(async () => {
	imburse = await startImburse(n8n.api);
});

afterEach(() => imburse.stop());

describe('wrong keys', () => {
	it('turn the credential test red, and stop a run before anything is made', async () => {
		const { privateKey } = newKeys();
		const wrong = await startImburse(n8n.api, {}, { privateKey });
		const test = await testCredential(n8n.api, wrong.credential);
		expect(test).toMatchObject({ status: 'Error' });
		expect(test.message).toContain('Private Key');
		expect((await testCredential(n8n.api, imburse.credential)).status).toBe('OK');

		const node = imburseNode('Pay', wrong.credential, {
			resource: 'paymentOrder',
			operation: 'create',
			orderRef: '={{ $json.claim }}',
		});
		const run = await runOnce(n8n.api, chain([{ claim: 'CLAIM-1' }, { claim: 'CLAIM-2' }], node));
		expect(run.status).toBe('error');
		expect(run.error).toContain('Imburse refused the keys');
		expect(wrong.sandbox.counts.byRoute.createOrder ?? 0).toBe(0);
		await recordSecrets([{ what: 'wrong private key', value: privateKey }]);
		await wrong.stop();
	});
});

describe('an Imburse that nobody answers for', () => {
	it('leaves items as not sent, never as unknown', async () => {
		await imburse.stop();
		const node = imburseNode(
			'Pay',
			imburse.credential,
			{ resource: 'paymentOrder', operation: 'create', orderRef: '={{ $json.claim }}' },
			{ onError: 'continueErrorOutput' },
		);
		const run = await runOnce(n8n.api, chain([{ claim: 'CLAIM-1' }, { claim: 'CLAIM-2' }], node));
		const errors = run.output('Pay', 1).map(({ error }) => error);
		expect(errors).toMatchObject([{ outcome: 'notSent' }, { outcome: 'notSent' }]);
	});
});
