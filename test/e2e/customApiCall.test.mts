import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ReceivedRequest } from '../../sandbox/index.mts';
import {
	chain,
	CUSTOM_API_CALL,
	offeredOperations,
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

describe('Custom API Call', () => {
	it('is offered for every resource of the node', async () => {
		const offered = await offeredOperations(n8n);
		expect(Object.keys(offered)).toHaveLength(8);
		for (const operations of Object.values(offered)) {
			expect(operations).toContain(CUSTOM_API_CALL);
		}
	});

	it('is n8n’s HTTP Request node with the same credential, which keeps what it needs from other hosts', async () => {
		const request = (name: string, url: string) => ({
			name,
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				method: 'GET',
				url,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'imburseApi',
				options: {},
			},
			credentials: { imburseApi: { id: imburse.credential.id, name: imburse.credential.name } },
		});
		const own = await runOnce(
			n8n.api,
			chain([{}], request('Call', `${imburse.sandbox.url}/v1/tenant`)),
		);
		expect(own.error ?? own.status).toBe('success');
		expect(imburse.sandbox.requests.at(-1)).toMatchObject({ name: 'getTenant', status: 200 });

		const elsewhere = imburse.sandbox.url.replace('127.0.0.1', 'localhost');
		const foreign = await runOnce(n8n.api, chain([{}], request('Call', `${elsewhere}/v1/tenant`)));
		expect(foreign.error).toContain(`sends its token to ${imburse.sandbox.url} only`);
		const isForeign = ({ headers }: ReceivedRequest) => headers.host?.startsWith('localhost');
		expect(imburse.sandbox.requests.filter(isForeign)).toEqual([]);
	});
});
