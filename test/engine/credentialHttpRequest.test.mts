import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { ImburseApi } from '../../credentials/ImburseApi.credentials.ts';
import { parseCredential } from '../../nodes/Imburse/api/credential.ts';
import { writeStoredToken } from '../../nodes/Imburse/api/auth/storedToken.ts';
import { startSandbox, type RunningSandbox } from '../../sandbox/index.mts';
import {
	createEngine,
	LEGACY_HTTP_REQUEST_TYPE,
	type Engine,
	type Generation,
} from './harness/index.mts';
import { CREDENTIAL_ID, credentialFor } from './support/imburse.mts';
import { startStub, type StubServer } from './support/wires.mts';
import { useIdleClock } from '../support/idleClock.mts';

useIdleClock();

const GENERATIONS: Generation[] = ['1', '2'];
const ORDERS = 'POST /v1/order-management';

const open: Array<{ stop: () => Promise<void> }> = [];

afterEach(async () => {
	await Promise.all(open.splice(0).map(async (server) => server.stop()));
});

async function startedStub(listener: RequestListener): Promise<StubServer> {
	const stub = await startStub(listener);
	open.push(stub);
	return stub;
}

/** A credential for a stub, with a stored token that is renewed in so many milliseconds. */
function storedFor(url: string, renewInMs: number): ICredentialDataDecryptedObject {
	const data = {
		environment: 'custom',
		baseUrl: url,
		publicKey: '11111111-2222-4333-8444-555555555555',
		privateKey: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=',
		accountId: 'account',
		tenantId: 'tenant',
		tokenPath: '/v1/identity/hmac',
	};
	const stored = { token: 'stored-token', renewAt: Date.now() + renewInMs };
	return { ...data, accessToken: writeStoredToken(stored, url, parseCredential(data)) };
}

function engineWith(data: ICredentialDataDecryptedObject, generation: Generation = '2'): Engine {
	return createEngine({
		credentialTypes: [new ImburseApi()],
		credentials: { [CREDENTIAL_ID]: { type: 'imburseApi', data } },
		generation,
	});
}

/** Sends one request the way n8n's HTTP Request node does. */
async function call(engine: Engine, parameters: INodeParameters) {
	return await engine.run({
		node: {
			type: LEGACY_HTTP_REQUEST_TYPE,
			credentials: { imburseApi: CREDENTIAL_ID },
			parameters: { credentialType: 'imburseApi', method: 'POST', ...parameters },
		},
	});
}

function posts({ received }: StubServer): string[] {
	return received.filter((line) => line === ORDERS);
}

/** Gives out `fresh-token`, finds every token good, and leaves the orders to `orders`. */
function imburseThat(orders: RequestListener): RequestListener {
	return (request, response) => {
		if (request.url === '/v1/order-management') return orders(request, response);
		const isToken = request.url === '/v1/identity/hmac';
		if (isToken) response.statusCode = 201;
		response.setHeader('content-type', 'application/json');
		const expires = Math.floor(Date.now() / 1000) + 3600;
		return response.end(JSON.stringify(isToken ? { accessToken: 'fresh-token', expires } : {}));
	};
}

const never: RequestListener = () => {};
const fails: RequestListener = (_request, response) => response.writeHead(500).end();
const drops: RequestListener = (request) => request.socket.destroy();

describe.each(GENERATIONS)("a payment through n8n's HTTP Request node, generation %s", (gen) => {
	it.each([
		['is not answered in time', never],
		['is answered with 500', fails],
		['breaks off', drops],
	])('is sent exactly once when it %s', async (_what, orders) => {
		const stub = await startedStub(imburseThat(orders));
		const engine = engineWith(storedFor(stub.url, 3_600_000), gen);
		const run = await call(engine, {
			url: `${stub.url}/v1/order-management`,
			body: { orderRef: 'A' },
			timeout: 300,
		});
		expect(run.status).toBe('error');
		expect(posts(stub)).toHaveLength(1);
	});

	it.each([
		['is not answered in time', never],
		['breaks off', drops],
	])('is sent exactly once when it %s and no token was stored before', async (_what, orders) => {
		const stub = await startedStub(imburseThat(orders));
		const engine = engineWith({ ...storedFor(stub.url, 0), accessToken: '' }, gen);
		const run = await call(engine, {
			url: `${stub.url}/v1/order-management`,
			body: { orderRef: 'A' },
			timeout: 300,
		});
		expect(run.status).toBe('error');
		expect(posts(stub)).toHaveLength(1);
		expect(stub.received[0]).toBe('POST /v1/identity/hmac');
	});

	it('keeps its own failure when Imburse cannot be asked about the token afterwards', async () => {
		const stub = await startedStub((request, response) => {
			if (request.url !== '/v1/order-management') return request.socket.destroy();
			response.writeHead(500, { 'content-type': 'application/json' });
			return response.end('{"correlationId":"0HLPSRAQ7S0I6:00000002"}');
		});
		const engine = engineWith(storedFor(stub.url, 3_600_000), gen);
		const run = await call(engine, {
			url: `${stub.url}/v1/order-management`,
			body: { orderRef: 'A' },
		});
		expect(run.record).toContain('0HLPSRAQ7S0I6:00000002');
		expect(posts(stub)).toHaveLength(1);
	});

	it('is sent exactly once when its token comes to its end while it waits for the answer', async () => {
		const endsAt = Date.now() + 500;
		const stub = await startedStub((request, response) => {
			if (request.url === '/v1/tenant' && Date.now() > endsAt) response.statusCode = 401;
			return imburseThat(never)(request, response);
		});
		const engine = engineWith(storedFor(stub.url, 500), gen);
		const run = await call(engine, {
			url: `${stub.url}/v1/order-management`,
			body: { orderRef: 'A' },
			timeout: 900,
		});
		expect(run.status).toBe('error');
		expect(posts(stub)).toHaveLength(1);
	});

	it.each([
		['time-out', never],
		['500', fails],
	])(
		'is sent exactly once after a %s, also when the token was refused meanwhile',
		async (_what, answerToPosts) => {
			const stub = await startedStub((request, response) => {
				if (request.url !== '/v1/tenant') return imburseThat(answerToPosts)(request, response);
				return response.writeHead(401).end();
			});
			const engine = engineWith(storedFor(stub.url, 3_600_000), gen);
			await call(engine, {
				url: `${stub.url}/v1/order-management`,
				body: { orderRef: 'A' },
				timeout: 500,
			});
			expect(posts(stub)).toHaveLength(1);
		},
	);

	it.each([
		['with 500', fails],
		['with nothing', drops],
	])('is sent exactly once when Imburse answers %s to all but a token call', async (_what, all) => {
		const stub = await startedStub((request, response) => {
			const isToken = request.url === '/v1/identity/hmac';
			return (isToken ? imburseThat(all) : all)(request, response);
		});
		const engine = engineWith(storedFor(stub.url, 3_600_000), gen);
		await call(engine, { url: `${stub.url}/v1/order-management`, body: { orderRef: 'A' } });
		expect(posts(stub)).toHaveLength(1);
	});
});

describe.each(GENERATIONS)("Imburse through n8n's HTTP Request node, generation %s", (gen) => {
	async function started(): Promise<{ sandbox: RunningSandbox; engine: Engine }> {
		const sandbox = await startSandbox();
		open.push(sandbox);
		return { sandbox, engine: engineWith(credentialFor(sandbox), gen) };
	}

	it('gets a token by itself, and keeps it for the next call', async () => {
		const { sandbox, engine } = await started();
		const url = `${sandbox.url}/v1/order-management`;
		await call(engine, { url, body: { orderRef: 'A' } });
		await call(engine, { url, body: { orderRef: 'B' } });
		expect(sandbox.store.orders.map(({ orderRef }) => orderRef)).toEqual(['A', 'B']);
		expect(sandbox.tokenCalls).toBe(1);
	});

	it('sends once with a token that Imburse no longer takes, and renews it for the next request', async () => {
		const { sandbox, engine } = await started();
		const url = `${sandbox.url}/v1/order-management`;
		await call(engine, { url, body: { orderRef: 'A' } });
		sandbox.expireTokens();
		const run = await call(engine, { url, body: { orderRef: 'B' } });
		expect(run.status).toBe('error');
		expect(sandbox.requests.filter(({ body }) => body.includes('"B"'))).toHaveLength(1);
		const again = await call(engine, { url, body: { orderRef: 'B' } });
		expect(again.error).toBeUndefined();
		expect(sandbox.store.orders.map(({ orderRef }) => orderRef)).toEqual(['A', 'B']);
		expect(sandbox.tokenCalls).toBe(2);
	});

	it('renews a token that has ended before it sends anything', async () => {
		const { sandbox, engine } = await started();
		engine.credentials.change(CREDENTIAL_ID, storedFor(sandbox.url, -1));
		const { accountId, tenantId } = sandbox.options;
		engine.credentials.change(CREDENTIAL_ID, { accountId, tenantId });
		await call(engine, { url: `${sandbox.url}/v1/order-management`, body: { orderRef: 'A' } });
		expect(sandbox.requests.map(({ name, status }) => [name, status])).toEqual([
			['issueToken', 201],
			['createOrder', 201],
		]);
	});

	it('shows the answer of Imburse when it refuses', async () => {
		const { sandbox, engine } = await started();
		const run = await call(engine, {
			url: `${sandbox.url}/v1/order-management`,
			body: { orderRef: 'not a reference' },
		});
		expect(run.status).toBe('error');
		expect(run.record).toContain('ORDER_REF_CONTAINS_INVALID_CHARACTERS');
		expect(sandbox.requests.filter(({ name }) => name === 'createOrder')).toHaveLength(1);
	});

	it.each([
		['another port', (foreign: StubServer) => `${foreign.url}/v1/order-management`],
		[
			'another name of the same machine',
			(_: StubServer, own: RunningSandbox) => own.url.replace('127.0.0.1', 'localhost'),
		],
		[
			'another host behind a user name',
			(foreign: StubServer, own: RunningSandbox) => `${own.url}@${new URL(foreign.url).host}/`,
		],
	])('sends neither token nor request to %s', async (_what, urlOf) => {
		const { sandbox, engine } = await started();
		const foreign = await startedStub(fails);
		await call(engine, { url: `${sandbox.url}/v1/order-management`, body: { orderRef: 'A' } });
		const run = await call(engine, { url: urlOf(foreign, sandbox), body: { orderRef: 'B' } });
		expect(run.error?.message).toContain('The Imburse credential sends its token to');
		expect(foreign.received).toEqual([]);
		expect(sandbox.store.orders).toHaveLength(1);
	});

	it.each([301, 302, 303, 307, 308])(
		'follows no redirect with what it carries: %d to another host',
		async (status) => {
			const foreign = await startedStub(fails);
			const stub = await startedStub(
				imburseThat((_request, response) =>
					response.writeHead(status, { location: `${foreign.url}/x` }).end(),
				),
			);
			const engine = engineWith(storedFor(stub.url, 3_600_000), gen);
			await call(engine, { url: `${stub.url}/v1/order-management`, body: { orderRef: 'A' } });
			expect(posts(stub)).toHaveLength(1);
			expect(foreign.received).toEqual([]);
		},
	);
});
