import { describe, expect, it } from '@jest/globals';
import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';
import {
	authorizations,
	createExampleCredential,
	createExampleEngine,
	createExampleNode,
	createExampleTrigger,
	deliver,
	echo,
	example,
	EXAMPLE_CREDENTIAL_TYPE,
	EXAMPLE_NODE_TYPE,
	EXAMPLE_TOOL_TYPE,
	fetchFromServer,
	json,
	listen,
	post,
	serve,
	serveApi,
} from './harness/example.mts';
import { createEngine } from './harness/index.mts';
import type { Respond } from './harness/index.mts';

describe('a run', () => {
	it('hands the items to the node and back in their order, expressions evaluated per item', async () => {
		const engine = createExampleEngine({});

		const run = await engine.run({
			node: example({ parameters: { ref: '={{ $json.claim + "-" + $itemIndex }}' } }),
			items: [{ claim: 'A' }, { claim: 'B' }, { claim: 'C' }],
		});

		expect(json(run.success)).toEqual([{ ref: 'A-0' }, { ref: 'B-1' }, { ref: 'C-2' }]);
		expect(run).toMatchObject({ status: 'success', executions: 1, failed: [], thrown: [] });
	});

	it('fills in the default of a parameter that the workflow leaves out', async () => {
		const run = await createExampleEngine({}).run({ node: example() });

		expect(json(run.success)).toEqual([{ ref: 'none' }]);
	});

	it('lets a later node follow paired items back to an earlier one', async () => {
		const reversed = createExampleNode(async function () {
			const items = this.getInputData().map(({ json: data }, item) => ({
				json: data,
				pairedItem: { item },
			}));
			return [items.reverse()];
		});
		const engine = createExampleEngine({
			nodeTypes: { [EXAMPLE_NODE_TYPE]: echo, 'example.reverse': reversed },
		});

		const run = await engine.runRow({
			nodes: [
				example({ name: 'First', parameters: { ref: '={{ $json.claim }}' } }),
				example({ name: 'Reverse', type: 'example.reverse' }),
				example({ name: 'Last', parameters: { ref: "={{ $('First').item.json.ref }}" } }),
			],
			items: [{ claim: 'A' }, { claim: 'B' }],
		});

		expect(json(run.node('Last').success)).toEqual([{ ref: 'B' }, { ref: 'A' }]);
	});

	it('keeps the error as n8n stores it, and the instance that was thrown', async () => {
		const node = createExampleNode(async function () {
			throw new NodeOperationError(this.getNode(), 'No amount', { description: 'Fill it in' });
		});

		const run = await createExampleEngine({ node }).run({ node: example() });

		expect(run.status).toBe('error');
		expect(run.error).toMatchObject({ message: 'No amount', description: 'Fill it in' });
		expect(run.thrown).toEqual([expect.any(NodeOperationError)]);
		expect(run.record).toContain('No amount');
	});

	it('gives the hints and the log lines of the node', async () => {
		const node = createExampleNode(async function () {
			this.addExecutionHints({ message: 'One item was already there' });
			this.logger.warn('Slowing down', { pause: 2 });
			return [[]];
		});

		const run = await createExampleEngine({ node }).run({ node: example() });

		expect(run.hints).toEqual([{ message: 'One item was already there' }]);
		expect(run.log).toContain('warn Slowing down { pause: 2 }');
	});

	it('runs in the mode and the time zone that were asked for', async () => {
		const node = createExampleNode(async function () {
			return [[{ json: { mode: this.getMode(), zone: this.getTimezone() } }]];
		});
		const engine = createExampleEngine({ node, timezone: 'Europe/Lisbon' });

		const manual = await engine.run({ node: example() });
		const production = await engine.run({ node: example(), mode: 'trigger' });

		expect(json(manual.success)).toEqual([{ mode: 'manual', zone: 'Europe/Lisbon' }]);
		expect(json(production.success)).toEqual([{ mode: 'trigger', zone: 'Europe/Lisbon' }]);
	});

	it('refuses to start when a node type is missing', async () => {
		await expect(createEngine({}).run({ node: example() })).rejects.toThrow(EXAMPLE_NODE_TYPE);
	});
});

describe('a node as an AI tool', () => {
	it('is called once per call of the model, with what the model filled in', async () => {
		const engine = createExampleEngine({});

		const run = await engine.runTool({
			node: example({ type: EXAMPLE_TOOL_TYPE, parameters: { ref: "={{ $fromAI('claim') }}" } }),
			calls: [{ claim: 'A' }, { claim: 'B' }],
		});

		expect(run.answers).toEqual([[{ ref: 'A' }], [{ ref: 'B' }]]);
		expect(run.executions).toBe(2);
	});

	it('shows the model nothing but the message of an error', async () => {
		const node = createExampleNode(async function () {
			throw new NodeOperationError(this.getNode(), 'No amount', { description: 'Fill it in' });
		});

		const run = await createExampleEngine({ node }).runTool({
			node: example({ type: EXAMPLE_TOOL_TYPE }),
			calls: [{}],
		});

		expect(run.answers).toEqual([[{ error: 'No amount' }]]);
	});
});

describe('the store of credentials', () => {
	it('gives every reader a copy of its own', async () => {
		const node = createExampleNode(async function () {
			const mine = await this.getCredentials(EXAMPLE_CREDENTIAL_TYPE, 0);
			mine.key = 'changed';
			const { key } = await this.getCredentials(EXAMPLE_CREDENTIAL_TYPE, 0);
			return [[{ json: { key } }]];
		});
		const engine = createExampleEngine({ node, credential: { key: 'stored' } });

		const run = await engine.run({ node: example() });

		expect(json(run.success)).toEqual([{ key: 'stored' }]);
		expect(engine.credentials).toMatchObject({ reads: 2, saves: 0 });
	});

	it('fills in defaults and evaluates expressions for the item', async () => {
		const node = createExampleNode(async function () {
			const items = this.getInputData();
			const output = items.map(async (_item, item) => {
				const { baseUrl, key } = await this.getCredentials(EXAMPLE_CREDENTIAL_TYPE, item);
				return { json: { baseUrl, key } };
			});
			return [await Promise.all(output)];
		});
		const engine = createExampleEngine({
			node,
			credential: { baseUrl: '={{ "https://" + $json.host }}' },
		});

		const run = await engine.run({ node: example(), items: [{ host: 'a' }, { host: 'b' }] });

		expect(json(run.success)).toEqual([
			{ baseUrl: 'https://a', key: 'default key' },
			{ baseUrl: 'https://b', key: 'default key' },
		]);
	});
});

describe('authentication', () => {
	it('understands the generic form of authenticate', async () => {
		const server = await serveApi();
		const engine = createExampleEngine({
			node: post,
			credential: { baseUrl: server.url, key: 'K' },
			credentialTypes: [
				createExampleCredential({
					authenticate: {
						type: 'generic',
						properties: { headers: { 'x-key': '={{ $credentials.key }}' } },
					},
				}),
			],
		});

		await engine.run({ node: example({ parameters: { url: `${server.url}/orders` } }) });

		expect(server.requests.at(-1)?.headers).toMatchObject({ 'x-key': 'K' });
	});

	it.each(['1', '2'] as const)(
		'fetches a token once and saves it (generation %s)',
		async (generation) => {
			const server = await serveApi();
			const engine = createExampleEngine({
				node: post,
				generation,
				credential: { baseUrl: server.url },
			});
			const node = example({ parameters: { url: `${server.url}/orders` } });

			await engine.run({ node, items: [{}, {}] });
			await engine.run({ node });

			expect(server.seen()).toEqual([
				'POST /token',
				'POST /orders',
				'POST /orders',
				'POST /orders',
			]);
			expect(authorizations(server, '/orders')).toEqual(['Bearer T1', 'Bearer T1', 'Bearer T1']);
			expect(engine.credentials.saves).toBe(1);
			expect(engine.credentials.peek('main')).toMatchObject({ token: 'T1' });
		},
	);

	it.each([
		{ generation: '1', key: 'old', baseUrl: 'evaluated' },
		{ generation: '2', key: 'new', baseUrl: 'kept' },
	] as const)(
		'saves a token as generation $generation does: a key rotated meanwhile is the $key one',
		async ({ generation, key, baseUrl }) => {
			const server = await serveApi(() => ({ body: {} }));
			const expression = `={{ "${server.url}" }}`;
			const engine = createExampleEngine({
				node: post,
				generation,
				credential: { baseUrl: expression, key: 'old' },
				credentialTypes: [
					createExampleCredential({
						async fetchToken(credentials) {
							engine.credentials.change('main', { key: 'new' });
							const token = await fetchFromServer.call(this, credentials);
							return { ...token, baseUrl: server.url };
						},
					}),
				],
			});

			await engine.run({ node: example({ parameters: { url: `${server.url}/orders` } }) });

			expect(engine.credentials.peek('main')).toEqual({
				baseUrl: baseUrl === 'kept' ? expression : server.url,
				key,
				token: 'T1',
			});
		},
	);
});

describe('a credential that is restricted to some domains', () => {
	it.each([
		{ generation: '1', sent: ['POST /token', 'POST /orders'] },
		{ generation: '2', sent: [] },
	] as const)('binds its own token call in generation $generation: $sent', async (row) => {
		const server = await serveApi();
		const engine = createExampleEngine({
			node: post,
			generation: row.generation,
			credential: {
				baseUrl: server.url,
				allowedHttpRequestDomains: 'domains',
				allowedDomains: 'elsewhere.test',
			},
		});

		await engine.run({ node: example({ parameters: { url: `${server.url}/orders` } }) });

		expect(server.seen()).toEqual(row.sent);
	});
});

describe('the credential test', () => {
	const testWith = async (respond: Respond, credential: IDataObject = {}) => {
		const server = await serveApi(respond);
		const engine = createExampleEngine({
			credential: { baseUrl: server.url, ...credential },
		});
		return { server, engine, result: await engine.testCredential('main') };
	};

	it('succeeds, and fetches a token even though one is stored', async () => {
		const { server, result } = await testWith(() => ({ body: {} }), {
			key: '={{ "evaluated" }}',
			token: 'stored',
		});

		expect(result).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(server.seen()).toEqual(['POST /token', 'GET /me']);
		expect(server.requests[0]?.body).toBe('{"key":"evaluated"}');
		expect(authorizations(server, '/me')).toEqual(['Bearer T1']);
	});

	it('shows the message of a rule for the status, otherwise the words of the status', async () => {
		const forbidden = await testWith(() => ({ status: 403 }));
		const missing = await testWith(() => ({ status: 404 }));

		expect(forbidden.result).toEqual({ status: 'Error', message: 'The key has no rights' });
		expect(missing.result).toEqual({ status: 'Error', message: 'Not Found' });
	});

	it('shows the message of a rule for a body that was answered with success', async () => {
		const server = await serveApi(() => ({ body: { account: { state: 'closed' } } }));
		const properties = { key: 'account.state', value: 'closed', message: 'The account is closed' };
		const engine = createExampleEngine({
			credential: { baseUrl: server.url },
			credentialTypes: [
				{
					...createExampleCredential(),
					test: {
						request: { baseURL: '={{ $credentials.baseUrl }}', url: '/me' },
						rules: [{ type: 'responseSuccessBody', properties }],
					},
				},
			],
		});

		const result = await engine.testCredential('main');

		expect(result).toEqual({ status: 'Error', message: 'The account is closed' });
	});

	it('shows the code of a network error', async () => {
		const { engine } = await testWith(() => ({ body: {} }));
		const nobody = await serve(() => ({}));
		await nobody.close();

		const result = await engine.testCredential('main', { baseUrl: nobody.url });

		expect(result).toEqual({ status: 'Error', message: 'ECONNREFUSED' });
	});

	it("shows the words of preAuthentication's own error", async () => {
		const engine = createExampleEngine({
			credentialTypes: [
				createExampleCredential({
					async fetchToken() {
						throw new Error('The private key is not Base64');
					},
				}),
			],
		});

		const result = await engine.testCredential('main');

		expect(result).toEqual({ status: 'Error', message: 'The private key is not Base64' });
	});
});

describe('a webhook', () => {
	it('hands the node the raw bytes, the parsed body, headers and query', async () => {
		const webhook = await listen(
			createExampleTrigger(async function () {
				const { rawBody } = this.getRequestObject();
				return {
					workflowData: [
						[
							{
								json: {
									raw: rawBody.toString('utf8'),
									body: this.getBodyData(),
									type: this.getHeaderData()['content-type'],
									query: this.getQueryData(),
								},
							},
						],
					],
				};
			}),
		);

		const response = await deliver(`${webhook.url}?attempt=2`, '{ "ref" : "A" }');

		expect(response.status).toBe(200);
		expect(await response.json()).toEqual({ message: 'Workflow was started' });
		expect(json(webhook.deliveries[0]?.items ?? [])).toEqual([
			{
				raw: '{ "ref" : "A" }',
				body: { ref: 'A' },
				type: 'application/json',
				query: { attempt: '2' },
			},
		]);
	});

	it('starts the workflow with the items of the node', async () => {
		const webhook = await listen(
			createExampleTrigger(async () => ({ workflowData: [[{ json: { ref: 'A' } }]] })),
		);

		await deliver(webhook.url, '{}');
		const run = await webhook.deliveries[0]?.run;

		expect(run?.status).toBe('success');
		expect(run?.record).toContain('"ref"');
	});

	it('starts nothing when the node hands over no items', async () => {
		const webhook = await listen(
			createExampleTrigger(async () => ({ webhookResponse: { pong: true } })),
		);

		const response = await deliver(webhook.url, '{}');

		expect(await response.json()).toEqual({ pong: true });
		expect(webhook.deliveries).toEqual([{ returned: { webhookResponse: { pong: true } } }]);
	});

	it('answers 500 when the node throws, and keeps what it threw', async () => {
		const webhook = await listen(
			createExampleTrigger(async function () {
				throw new NodeOperationError(this.getNode(), 'No key');
			}),
		);

		const response = await deliver(webhook.url, '{}');

		expect(response.status).toBe(500);
		expect(webhook.deliveries[0]?.thrown?.message).toBe('No key');
	});

	it('answers 404 to another path and 422 to broken JSON, without asking the node', async () => {
		const webhook = await listen(createExampleTrigger(async () => ({})));

		const elsewhere = await deliver(`${webhook.url}/more`, '{}');
		const broken = await deliver(webhook.url, '{');

		expect([elsewhere.status, broken.status]).toEqual([404, 422]);
		expect(webhook.deliveries).toEqual([]);
	});

	it('creates the subscription when it does not exist, and deletes it', async () => {
		const calls: string[] = [];
		const webhook = await listen(
			createExampleTrigger(async () => ({}), {
				default: {
					async checkExists() {
						const { id } = this.getWorkflowStaticData('node');
						calls.push(`checkExists ${id as string}`);
						return id !== undefined;
					},
					async create() {
						this.getWorkflowStaticData('node').id = 'hook-1';
						calls.push(`create ${this.getNodeWebhookUrl('default')}`);
						return true;
					},
					async delete() {
						delete this.getWorkflowStaticData('node').id;
						calls.push('delete');
						return true;
					},
				},
			}),
		);

		await webhook.activate();
		expect(webhook.staticData).toEqual({ id: 'hook-1' });
		await webhook.activate();
		await webhook.deactivate();

		expect(calls).toEqual([
			'checkExists undefined',
			`create ${webhook.url}`,
			'checkExists hook-1',
			'delete',
		]);
		expect(webhook.staticData).toEqual({});
	});
});

describe('the answer to a webhook call, as n8n gives it', () => {
	it('a status in webhookResponse is a body, and answers 200', async () => {
		const webhook = await listen(
			createExampleTrigger(async () => ({ webhookResponse: { status: 401 } })),
		);

		const response = await deliver(webhook.url, '{}');

		expect(response.status).toBe(200);
		expect(await response.json()).toEqual({ status: 401 });
	});

	it('noWebhookResponse leaves the answer to the node, also when it comes late', async () => {
		const webhook = await listen(
			createExampleTrigger(async function () {
				const response = this.getResponseObject();
				setImmediate(() => response.status(401).send('No signature').end());
				return { noWebhookResponse: true };
			}),
		);

		const response = await deliver(webhook.url, '{}');

		expect(response.status).toBe(401);
		expect(await response.text()).toBe('No signature');
	});
});

describe('static data of a webhook, as n8n keeps it', () => {
	const counting = createExampleTrigger(async function () {
		const data = this.getWorkflowStaticData('node');
		data.calls = ((data.calls as number | undefined) ?? 0) + 1;
		return {};
	});

	it.each([
		{ isTest: false, staticData: { calls: 2 } },
		{ isTest: true, staticData: {} },
	])(
		'is kept from call to call, but not for test runs ($isTest)',
		async ({ isTest, staticData }) => {
			const webhook = await listen(counting, { isTest });

			await deliver(webhook.url, '{}');
			await deliver(webhook.url, '{}');

			expect(webhook.staticData).toEqual(staticData);
		},
	);

	it.each([
		{ generation: '1', calls: 3 },
		{ generation: '2', calls: 1 },
	] as const)(
		'is kept by n8n $generation in $calls of 3 calls that start the workflow',
		async ({ generation, calls }) => {
			const starting = createExampleTrigger(async function () {
				await counting.webhook?.call(this);
				return { workflowData: [[{ json: {} }]] };
			});
			const webhook = await listen(starting, { generation });

			for (let call = 0; call < 3; call++) await deliver(webhook.url, '{}');

			expect(webhook.staticData).toEqual({ calls });
		},
	);

	it('is written after the webhook ran: of two deliveries at the same moment one is lost', async () => {
		const meeting: Array<() => void> = [];
		const webhook = await listen(
			createExampleTrigger(async function () {
				const data = this.getWorkflowStaticData('node');
				await new Promise<void>((proceed) => {
					meeting.push(proceed);
					if (meeting.length === 2) meeting.forEach((each) => each());
				});
				data.calls = ((data.calls as number | undefined) ?? 0) + 1;
				return {};
			}),
		);

		await Promise.all([deliver(webhook.url, '{}'), deliver(webhook.url, '{}')]);

		expect(webhook.staticData).toEqual({ calls: 1 });
	});
});
