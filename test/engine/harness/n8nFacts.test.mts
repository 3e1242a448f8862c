// What n8n-core itself does, and our nodes are built on. When an upgrade of n8n turns one of these
// red, the design that hangs on it has to be looked at.

import { describe, expect, it } from '@jest/globals';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, JsonObject } from 'n8n-workflow';
import {
	authorizations,
	callExampleApi,
	createExampleCredential,
	createExampleEngine,
	createExampleNode,
	example,
	EXAMPLE_CREDENTIAL_TYPE,
	fetchFromServer,
	json,
	post,
	serve,
	serveApi,
} from './example.mts';
import { LEGACY_HTTP_REQUEST_TYPE } from './index.mts';

describe('Retry On Fail re-runs the whole node', () => {
	it('sends every item again, the ones that succeeded too', async () => {
		let failures = 0;
		const server = await serveApi(({ body }) =>
			body.includes('"C"') && failures++ === 0 ? { status: 500 } : { body: { ok: true } },
		);
		const engine = createExampleEngine({ node: post, credential: { baseUrl: server.url } });

		const run = await engine.run({
			node: example({
				retryOnFail: true,
				waitBetweenTries: 1,
				parameters: { url: `${server.url}/orders`, ref: '={{ $json.claim }}' },
			}),
			items: [{ claim: 'A' }, { claim: 'B' }, { claim: 'C' }],
		});

		const sent = server.requests
			.filter(({ path }) => path === '/orders')
			.map(({ body }) => (JSON.parse(body) as { ref: string }).ref);
		expect(sent).toEqual(['A', 'B', 'C', 'A', 'B', 'C']);
		expect(run).toMatchObject({ status: 'success', executions: 2 });
	});

	it('tries at most five times', async () => {
		const node = createExampleNode(async function () {
			throw new NodeOperationError(this.getNode(), 'Never');
		});

		const run = await createExampleEngine({ node }).run({
			node: example({ retryOnFail: true, maxTries: 9, waitBetweenTries: 1 }),
		});

		expect(run.executions).toBe(5);
	});
});

describe('re-wrapping an error drops what is added', () => {
	it('keeps the axios answer, ignores additions to a NodeApiError, keeps those to a plain object', async () => {
		const server = await serveApi(() => ({
			status: 409,
			headers: { 'x-trace': 'trace-1' },
			body: { errors: [{ errorCode: 'CODE' }] },
		}));
		const node = createExampleNode(async function () {
			try {
				return [[{ json: (await callExampleApi(this, { url: server.url })) as IDataObject }]];
			} catch (caught) {
				const error = caught as NodeApiError & {
					cause: { response: { headers: Record<string, string>; data: unknown } };
				};
				const extra = { message: 'Ours', description: 'Our advice', itemIndex: 0 };
				const again = new NodeApiError(this.getNode(), error as unknown as JsonObject, extra);
				const fresh = new NodeApiError(this.getNode(), { status: 409 }, extra);
				const { headers, data } = error.cause.response;
				return [
					[
						{
							json: {
								isNodeApiError: caught instanceof NodeApiError,
								trace: headers['x-trace'],
								data: data as IDataObject,
								sameInstance: again === caught,
								again: again.message === 'Ours',
								fresh: [fresh.message, fresh.description, fresh.context.itemIndex],
							},
						},
					],
				];
			}
		});

		const run = await createExampleEngine({ node, credential: { baseUrl: server.url } }).run({
			node: example(),
		});

		expect(json(run.success)).toEqual([
			{
				isNodeApiError: true,
				trace: 'trace-1',
				data: { errors: [{ errorCode: 'CODE' }] },
				sameInstance: true,
				again: false,
				fresh: ['Ours', 'Our advice', 0],
			},
		]);
	});
});

describe('which branch an error item takes depends on its shape', () => {
	it.each([
		['everything under one key', { error: { message: 'm', httpStatus: 409 } }, 'failed'],
		['error and message', { error: 'e', message: 'm' }, 'failed'],
		['error beside other keys', { error: 'e', correlationId: 'c', httpCode: 409 }, 'success'],
	] as const)('%s', async (_name, shape, branch) => {
		const node = createExampleNode(async function () {
			return [[{ json: shape, pairedItem: { item: 0 } }]];
		});

		const run = await createExampleEngine({ node }).run({
			node: example({ onError: 'continueErrorOutput' }),
			items: [{ claim: 'A' }],
		});

		const other = branch === 'failed' ? 'success' : 'failed';
		expect(run[branch]).toHaveLength(1);
		expect(run[branch][0]?.json).toMatchObject(shape);
		expect(run[other]).toEqual([]);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'a node that throws hands its input to the success branch (%s)',
		async (onError) => {
			const node = createExampleNode(async function () {
				throw new NodeOperationError(this.getNode(), 'No amount');
			});

			const run = await createExampleEngine({ node }).run({
				node: example({ onError }),
				items: [{ claim: 'A' }],
			});

			expect(json(run.success)).toEqual([{ claim: 'A' }]);
			expect(run.failed).toEqual([]);
		},
	);

	it('with Always Output Data, an empty item succeeds where every item failed', async () => {
		const node = createExampleNode(async function () {
			return [[{ json: { error: 'e' }, pairedItem: { item: 0 } }]];
		});

		const run = await createExampleEngine({ node }).run({
			node: example({ onError: 'continueErrorOutput', alwaysOutputData: true }),
			items: [{ claim: 'A' }],
		});

		expect(run.failed).toHaveLength(1);
		expect(json(run.success)).toEqual([{}]);
	});
});

describe('when a request is sent again', () => {
	const REFUSED = { status: 401 };

	it('httpRequestWithAuthentication sends once more after a 401, with a new token', async () => {
		const server = await serveApi(({ headers }) =>
			headers.authorization === 'Bearer T2' ? { body: {} } : REFUSED,
		);
		const engine = createExampleEngine({ node: post, credential: { baseUrl: server.url } });

		const run = await engine.run({
			node: example({ parameters: { url: `${server.url}/orders` } }),
		});

		expect(run.status).toBe('success');
		expect(authorizations(server, '/orders')).toEqual(['Bearer T1', 'Bearer T2']);
		expect(engine.credentials.peek('main')).toMatchObject({ token: 'T2' });
	});

	it.each([{ status: 500 }, { status: 409 }])(
		'httpRequestWithAuthentication does not after $status',
		async (answer) => {
			const server = await serveApi(() => answer);
			const engine = createExampleEngine({ node: post, credential: { baseUrl: server.url } });

			await engine.run({ node: example({ parameters: { url: `${server.url}/orders` } }) });

			expect(server.seen()).toEqual(['POST /token', 'POST /orders']);
		},
	);

	it('ignoreHttpStatusErrors leaves a 401 to the node', async () => {
		const server = await serveApi(() => REFUSED);
		const node = createExampleNode(async function () {
			const answer = (await callExampleApi(this, {
				url: `${server.url}/orders`,
				ignoreHttpStatusErrors: true,
				returnFullResponse: true,
			})) as { statusCode: number };
			return [[{ json: { status: answer.statusCode } }]];
		});

		const run = await createExampleEngine({ node, credential: { baseUrl: server.url } }).run({
			node: example(),
		});

		expect(json(run.success)).toEqual([{ status: 401 }]);
		expect(server.seen()).toEqual(['POST /token', 'GET /orders']);
	});

	it.each([
		['a 500', () => ({ status: 500 })],
		['a time-out', () => new Promise<never>(() => {})],
	] as const)(
		'the HTTP Request node posts twice after %s when preAuthentication hands back a token',
		async (_name, respond) => {
			const server = await serveApi(respond);
			const engine = createExampleEngine({ credential: { baseUrl: server.url } });

			const run = await engine.run({ node: legacyPost(`${server.url}/orders`) });

			expect(run.status).toBe('error');
			expect(authorizations(server, '/orders')).toEqual(['Bearer T1', 'Bearer T2']);
		},
	);

	it('the HTTP Request node posts once when preAuthentication has no new token', async () => {
		const server = await serveApi(() => ({ status: 500 }));
		const engine = createExampleEngine({
			credential: { baseUrl: server.url, token: 'T0' },
			credentialTypes: [createExampleCredential({ fetchToken: async () => ({}) })],
		});

		const run = await engine.run({ node: legacyPost(`${server.url}/orders`) });

		expect(run.status).toBe('error');
		expect(server.seen()).toEqual(['POST /orders']);
	});

	const legacyPost = (url: string) =>
		example({
			type: LEGACY_HTTP_REQUEST_TYPE,
			parameters: {
				credentialType: EXAMPLE_CREDENTIAL_TYPE,
				method: 'POST',
				url,
				body: { ref: 'A' },
				timeout: 100,
			},
		});
});

describe('redirects', () => {
	const redirected = async (options: { disableFollowRedirect?: boolean }) => {
		const elsewhere = await serve(() => ({ body: {} }));
		const server = await serveApi(() => ({
			status: 302,
			headers: { location: `${elsewhere.url}/landed` },
		}));
		const node = createExampleNode(async function () {
			await callExampleApi(this, {
				method: 'POST',
				url: `${server.url}/orders`,
				body: { ref: 'A' },
				...options,
			});
			return [[]];
		});
		await createExampleEngine({ node, credential: { baseUrl: server.url } }).run({
			node: example(),
		});
		return elsewhere;
	};

	it('turns POST into GET and carries the token to another host', async () => {
		const elsewhere = await redirected({});

		expect(elsewhere.seen()).toEqual(['GET /landed']);
		expect(authorizations(elsewhere, '/landed')).toEqual(['Bearer T1']);
	});

	it('does neither with disableFollowRedirect', async () => {
		const elsewhere = await redirected({ disableFollowRedirect: true });

		expect(elsewhere.seen()).toEqual([]);
	});
});

describe('when and how preAuthentication runs', () => {
	it('every parallel call that meets a 401 runs it', async () => {
		const CALLS = 4;
		const arrived: Array<() => void> = [];
		const server = await serveApi(async ({ headers }) => {
			if (headers.authorization !== 'Bearer old') return { body: {} };
			await new Promise<void>((refuse) => {
				arrived.push(refuse);
				if (arrived.length === CALLS) arrived.forEach((each) => each());
			});
			return { status: 401 };
		});
		const node = createExampleNode(async function () {
			const call = async () => callExampleApi(this, { url: `${server.url}/orders` });
			await Promise.all(Array.from({ length: CALLS }, call));
			return [[]];
		});

		await createExampleEngine({
			node,
			credential: { baseUrl: server.url, token: 'old' },
		}).run({ node: example() });

		expect(server.seen().filter((line) => line === 'POST /token')).toHaveLength(CALLS);
	});

	it.each([
		{ thrown: 'an axios 401', calls: 2, asPlainError: false },
		{ thrown: 'a plain Error', calls: 1, asPlainError: true },
	])('$thrown from its own request calls it $calls time(s)', async ({ calls, asPlainError }) => {
		const server = await serve(() => ({ status: 401 }));
		const engine = createExampleEngine({
			node: post,
			credential: { baseUrl: server.url },
			credentialTypes: [
				createExampleCredential({
					async fetchToken(credentials) {
						return fetchFromServer.call(this, credentials).catch((error: Error) => {
							throw asPlainError ? new Error('The keys were refused') : error;
						});
					},
				}),
			],
		});

		const run = await engine.run({
			node: example({ parameters: { url: `${server.url}/orders` } }),
		});

		expect(run.status).toBe('error');
		expect(server.seen()).toEqual(Array.from({ length: calls }, () => 'POST /token'));
	});

	it('httpRequestWithAuthentication evaluates the credential with the first item', async () => {
		const server = await serveApi();
		const engine = createExampleEngine({
			node: post,
			credential: { baseUrl: server.url, token: '={{ $json.token }}' },
		});

		await engine.run({
			node: example({ parameters: { url: `${server.url}/orders` } }),
			items: [{ token: 'first' }, { token: 'second' }],
		});

		expect(authorizations(server, '/orders')).toEqual(['Bearer first', 'Bearer first']);
	});

	it('a credential handed to the helper is not read again, and gets the new token', async () => {
		const server = await serveApi(({ headers }) =>
			headers.authorization === 'Bearer T1' ? { body: {} } : { status: 401 },
		);
		const node = createExampleNode(async function () {
			const data = await this.getCredentials(EXAMPLE_CREDENTIAL_TYPE, 0);
			const handed = { id: 'main', name: 'main', type: EXAMPLE_CREDENTIAL_TYPE, data };
			await this.helpers.httpRequestWithAuthentication.call(
				this,
				EXAMPLE_CREDENTIAL_TYPE,
				{ url: `${server.url}/orders` },
				{ credentialsDecrypted: handed },
			);
			return [[{ json: { token: data.token } }]];
		});
		const engine = createExampleEngine({
			node,
			generation: '1',
			credential: { baseUrl: server.url, token: 'old' },
		});

		const run = await engine.run({ node: example() });

		expect(json(run.success)).toEqual([{ token: 'T1' }]);
		expect(engine.credentials).toMatchObject({ reads: 1, saves: 1 });
	});
});

describe('Stop', () => {
	/** Waits for an answer that never comes, and returns an item all the same. */
	const createPatientNode = (url: string) =>
		createExampleNode(async function () {
			const answer = await callExampleApi(this, { url }).catch(() => 'aborted');
			return [[{ json: { returned: answer as string } }]];
		});

	it('aborts the request in flight, and stores nothing of what the node returns then', async () => {
		let arrive = () => {};
		const arrived = new Promise<void>((resolve) => (arrive = resolve));
		const server = await serveApi(() => {
			arrive();
			return new Promise<never>(() => {});
		});
		const engine = createExampleEngine({
			node: createPatientNode(`${server.url}/orders`),
			credential: { baseUrl: server.url },
		});

		const running = engine.start({ node: example() });
		await arrived;
		running.stop();
		const run = await running.result;

		expect(run.status).toBe('canceled');
		expect(json(run.success)).toEqual([{ returned: 'aborted' }]);
		expect(run.record).not.toContain('aborted');
	});

	it('with Retry On Fail the node is called again after Stop', async () => {
		let stop = () => {};
		const node = createExampleNode(async function () {
			stop();
			throw new NodeOperationError(this.getNode(), 'Stopped');
		});
		const engine = createExampleEngine({ node });

		const running = engine.start({
			node: example({ retryOnFail: true, maxTries: 2, waitBetweenTries: 1 }),
		});
		stop = running.stop;
		const run = await running.result;

		expect(run.executions).toBe(2);
	});
});

describe('what a node can ask for', () => {
	it('rawExpressions gives the expression itself', async () => {
		const node = createExampleNode(async function () {
			const raw = this.getNodeParameter('ref', 0, '', { rawExpressions: true }) as string;
			return [[{ json: { raw } }]];
		});

		const run = await createExampleEngine({ node }).run({
			node: example({ parameters: { ref: '={{ $json.claim }}' } }),
			items: [{ claim: 'A' }],
		});

		expect(json(run.success)).toEqual([{ raw: '={{ $json.claim }}' }]);
	});
});
