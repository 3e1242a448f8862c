import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
	chain,
	imburseNode,
	payout,
	runOnce,
	sharedN8n,
	startImburse,
	type TestImburse,
	type TestN8n,
} from './harness/index.mts';

const FIRST = ['CLAIM-1', 'CLAIM-2', 'CLAIM-3'];
const LATER = ['CLAIM-4', 'CLAIM-5', 'CLAIM-6'];

let n8n: TestN8n;
let imburse: TestImburse;

beforeAll(async () => {
	n8n = await sharedN8n();
	imburse = await startImburse(n8n.api);
});

afterAll(() => imburse.stop());

/** Pays claims in one run. Resolves to what became of each, and to the calls that it took. */
async function pay(claims: string[]) {
	const { sandbox, credential } = imburse;
	const before = sandbox.requests.length;
	const items = claims.map((claim) => ({ claim }));
	const run = await runOnce(n8n.api, chain(items, imburseNode('Pay', credential, payout(imburse))));
	expect(run.error ?? run.status).toBe('success');
	return {
		results: run.output('Pay').map((item) => `${String(item.orderRef)} ${String(item.result)}`),
		calls: sandbox.requests.slice(before).map(({ name, status }) => `${name} ${status}`),
	};
}

const all = (claims: string[], result: string) => claims.map((claim) => `${claim} ${result}`);
const only = (calls: string[], name: string) => calls.filter((call) => call.startsWith(name));

describe('the token that n8n has stored', () => {
	it('serves a fresh process of n8n, which fetches none', async () => {
		const before = await pay(FIRST);
		expect(before.results).toEqual(all(FIRST, 'created'));
		expect(only(before.calls, 'issueToken')).toEqual(['issueToken 201']);

		await n8n.restart();
		const after = await pay(FIRST);
		expect(after.results).toEqual(all(FIRST, 'alreadyExisted'));
		expect(only(after.calls, 'issueToken')).toEqual([]);
	});

	it('is replaced by one new one when Imburse has ended it meanwhile, and nothing is made twice', async () => {
		const { sandbox } = imburse;
		const made = JSON.stringify(sandbox.store.orders);
		await n8n.stop();
		sandbox.expireTokens();
		await n8n.restart();

		const { results, calls } = await pay([...FIRST, ...LATER]);
		expect(results).toEqual([...all(FIRST, 'alreadyExisted'), ...all(LATER, 'created')]);
		expect(calls.slice(0, 2)).toEqual(['createOrder 401', 'issueToken 201']);
		expect(only(calls, 'issueToken')).toHaveLength(1);
		expect(only(calls, 'createOrder 401')).toHaveLength(1);
		const { orders } = sandbox.store;
		expect(orders.map(({ orderRef }) => orderRef)).toEqual([...FIRST, ...LATER]);
		expect(JSON.stringify(orders.slice(0, FIRST.length))).toBe(made);

		const next = await pay(LATER);
		expect(only(next.calls, 'issueToken')).toEqual([]);
	});
});
