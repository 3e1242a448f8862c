import { describe, expect, it } from '@jest/globals';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { openConnection, type N8nContext } from '../../../nodes/Imburse/api/connection.ts';
import type { ImburseCredential } from '../../../nodes/Imburse/api/credential.ts';
import { writeStoredToken } from '../../../nodes/Imburse/api/auth/storedToken.ts';
import { credential, SANDBOX_URL } from './fixtures.mts';

const REQUEST = { method: 'GET', url: `${SANDBOX_URL}/v1/tenant`, headers: {} } as const;
const NAMED = { imburseApi: { id: '7', name: 'Claims' } };

/** An n8n that stores this credential, and lets one request after the other in or not. */
class N8n {
	readonly calls: unknown[] = [];
	reads = 0;

	constructor(
		private readonly stored: ImburseCredential,
		private readonly credentials: object | null = NAMED,
		private readonly statuses: number[] = [200],
	) {}

	get context(): N8nContext {
		const context = {
			getCredentials: async (type: string) => {
				this.reads++;
				return type === 'imburseApi' ? { ...this.stored } : undefined;
			},
			getNode: () => ({ credentials: this.credentials ?? undefined }),
			helpers: {
				httpRequestWithAuthentication: this.send.bind(this),
			},
		};
		return context as unknown as N8nContext;
	}

	private async send(type: string, { url, method }: IHttpRequestOptions, more: object) {
		this.calls.push({ type, url, method, more: structuredClone(more) });
		return { statusCode: this.statuses.shift() ?? 200, headers: { Date: 'now' }, body: 'text' };
	}
}

const TOKEN = { token: 'a.b.c', renewAt: Date.UTC(2100, 0) };
const SIGNED_IN = credential({
	accessToken: writeStoredToken(TOKEN, SANDBOX_URL, credential()),
});

async function open(n8n: N8n) {
	const opened = await openConnection(n8n.context);
	if (!opened.ok) throw new Error(JSON.stringify(opened.errors));
	return opened.value;
}

describe('a connection', () => {
	it('has the credential, and where it leads', async () => {
		const { credential: read, baseUrl } = await open(new N8n(SIGNED_IN));
		expect(read).toEqual(SIGNED_IN);
		expect(baseUrl).toBe(SANDBOX_URL);
	});

	it('is not opened where the credential has to be mended', async () => {
		const n8n = new N8n(credential({ publicKey: '', accountId: '' }));
		const opened = await openConnection(n8n.context);
		expect(opened.ok ? [] : opened.errors.map(({ field }) => field)).toEqual([
			'Public Key',
			'Account ID',
		]);
	});

	it('sends with the credential that was read once', async () => {
		const n8n = new N8n(SIGNED_IN);
		const { send } = await open(n8n);
		const answer = { status: 200, headers: { date: 'now' }, text: 'text' };
		expect(await send(REQUEST)).toEqual(answer);
		expect(await send(REQUEST)).toEqual(answer);
		const call = {
			type: 'imburseApi',
			url: REQUEST.url,
			method: 'GET',
			more: {
				credentialsDecrypted: { id: '7', name: 'Claims', type: 'imburseApi', data: SIGNED_IN },
			},
		};
		expect(n8n.calls).toEqual([call, call]);
		expect(n8n.reads).toBe(1);
	});

	it('reads the credential again where a token has ended', async () => {
		const n8n = new N8n(SIGNED_IN, NAMED, [401, 200]);
		const { send } = await open(n8n);
		expect((await send(REQUEST)).status).toBe(200);
		expect(n8n.reads).toBe(2);
	});

	it.each([null, {}])('sends for a node whose credentials are %j, too', async (credentials) => {
		const n8n = new N8n(SIGNED_IN, credentials, [401, 200]);
		const { send } = await open(n8n);
		expect((await send(REQUEST)).status).toBe(200);
		expect(n8n.calls).toHaveLength(2);
		expect(n8n.calls[0]).toMatchObject({ more: { credentialsDecrypted: { id: '', name: '' } } });
	});
});
