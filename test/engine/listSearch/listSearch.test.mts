import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NodeOperationError, type INodeParameters } from 'n8n-workflow';

import { Imburse } from '../../../nodes/Imburse/Imburse.node.ts';
import { startSandbox, type RunningSandbox } from '../../../sandbox/index.mts';
import { CREDENTIAL_ID, credentialFor } from '../support/imburse.mts';
import { startStub, withToken, type StubServer } from '../support/wires.mts';
import { openLists, type Lists } from './openLists.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

let sandbox: RunningSandbox;
let lists: Lists;
beforeEach(async () => {
	sandbox = await startSandbox();
	lists = openLists(credentialFor(sandbox), { resource: 'paymentOrder', operation: 'create' });
});
afterEach(() => sandbox.stop());

const lines = () => sandbox.requests.map(({ method, path }) => `${method} ${path}`);

/** The words that the field shows in the place of the list. */
async function failure(list: Parameters<Lists['load']>[0]): Promise<string> {
	const error: unknown = await lists.load(list).then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	expect(error).toBeInstanceOf(NodeOperationError);
	return (error as NodeOperationError).message;
}

/** Puts a server of the test's own in Imburse's place. */
async function answerWith(
	status: number,
	headers: Record<string, string>,
	body: string,
): Promise<StubServer> {
	const stub = await startStub(
		withToken((_, response) => response.writeHead(status, headers).end(body)),
	);
	lists.credentials.change(CREDENTIAL_ID, { baseUrl: stub.url });
	return stub;
}

it('every list that a field of the form names is there', () => {
	const named = JSON.stringify(new Imburse().description.properties).matchAll(
		/"searchListMethod":"(\w+)"/g,
	);
	expect(new Set([...named].map(([, name]) => name))).toEqual(
		new Set(Object.keys(new Imburse().methods.listSearch)),
	);
});

describe('the list of apps', () => {
	it('shows names with their IDs', async () => {
		const { results } = await lists.load('searchApps');
		expect(results).toHaveLength(10);
		expect(results[0]).toEqual({ name: 'Bottomline (BOTTOMLINE)', value: 'BOTTOMLINE' });
		expect(lines()).toEqual(['POST /v1/identity/hmac', 'GET /v1/marketplace/apps']);
	});

	it('shows names as text, finds them as Imburse writes them, and selects the very ID', async () => {
		const app = { appId: 'A<b>', name: 'R&D <img src=//h/x>' };
		const stub = await answerWith(
			200,
			{ 'content-type': 'application/json' },
			JSON.stringify([app]),
		);
		const all = [await lists.load('searchApps'), await lists.load('searchApps', 'r&d <img')];
		const shown = { name: 'R& D ‹img src=//h/x> (A‹b>)', value: 'A<b>' };
		expect(all).toEqual([{ results: [shown] }, { results: [shown] }]);
		await stub.stop();
	});

	it('uses the headers and the version of any other call', async () => {
		lists.credentials.change(CREDENTIAL_ID, { apiVersion: 'v2' });
		await lists.load('searchApps');
		const { path, headers } = sandbox.requests.at(-1)!;
		expect(path).toBe('/v1/marketplace/apps');
		expect(headers).toMatchObject({
			'x-account-id': sandbox.options.accountId,
			'x-tenant-id': sandbox.options.tenantId,
			'x-correlation-id': expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
		});
	});

	it.each([
		['tango card', ['TANGOCARD_RAAS']],
		['TANGOCARD_', ['TANGOCARD_RAAS']],
		['nothing like it', []],
		['', 10],
	])('is cut down by %j', async (filter, found) => {
		const values = (await lists.load('searchApps', filter)).results.map(({ value }) => value);
		expect(typeof found === 'number' ? values.length : values).toEqual(found);
	});

	it.each<[string, unknown, unknown[]]>([
		['a bare list', [{ appId: 'A', name: 'An app' }], [{ name: 'An app (A)', value: 'A' }]],
		['an app without a name', { apps: [{ appId: 'A' }] }, [{ name: 'A', value: 'A' }]],
		['entries without an ID', { apps: [{}, null, 'A', { appId: '' }, { appId: 7 }] }, []],
		['no list at all', {}, []],
	])('takes %s', async (_, body, results) => {
		const stub = await answerWith(200, {}, JSON.stringify(body));
		expect(await lists.load('searchApps')).toEqual({ results });
		await stub.stop();
	});

	it('renews a token that has ended', async () => {
		await lists.load('searchApps');
		sandbox.expireTokens();
		expect((await lists.load('searchApps')).results).toHaveLength(10);
		expect(sandbox.tokenCalls).toBe(2);
	});
});

describe('the list of schemes', () => {
	it('shows payout and collect schemes, and which is which', async () => {
		const { collect, payout } = sandbox.options.schemeIds;
		expect((await lists.load('searchSchemes')).results).toEqual([
			{ name: 'Claims (payout)', value: payout },
			{ name: 'Premium refunds (payout)', value: 'D0000000000000000000000000000004' },
			{ name: 'Motor premiums (collect)', value: collect },
			{
				name: 'Home premiums by direct debit (collect)',
				value: 'C0000000000000000000000000000003',
			},
		]);
	});

	it('shows payout schemes alone where only those can be used', async () => {
		const { results } = await lists.load('searchPayoutSchemes');
		expect(results.map(({ name }) => name)).toEqual([
			'Claims (payout)',
			'Premium refunds (payout)',
		]);
		expect(lines()).not.toContain('GET /v1/schemes/collect');
	});

	it.each([
		['CREDIT', ['Claims (payout)', 'Premium refunds (payout)'], 'collect'],
		['DEBIT', ['Motor premiums (collect)', 'Home premiums by direct debit (collect)'], 'payout'],
	])('shows only those that fit the direction %s of a payment', async (direction, names, other) => {
		const places: Array<[INodeParameters, string]> = [
			[{ direction }, 'parameters.schemeId'],
			[{ updateFields: { direction } }, 'parameters.updateFields.schemeId'],
			[
				{ instructions: { instruction: [{ direction: '' }, { direction }] } },
				'parameters.instructions.instruction[1].schemeId',
			],
		];
		for (const [parameters, path] of places) {
			const beside = openLists(credentialFor(sandbox), parameters, path);
			const { results } = await beside.load('searchSchemes');
			expect(results.map(({ name }) => name)).toEqual(names);
		}
		expect(lines()).not.toContain(`GET /v1/schemes/${other}`);
	});

	it('shows all while the direction comes from an expression', async () => {
		const parameters = { direction: '={{ $json.direction }}' };
		const beside = openLists(credentialFor(sandbox), parameters, 'parameters.schemeId');
		expect((await beside.load('searchSchemes')).results).toHaveLength(4);
	});

	it.each([
		['REFUND', ['Premium refunds (payout)']],
		['collect', ['Motor premiums (collect)', 'Home premiums by direct debit (collect)']],
		['D0000000000000000000000000000004', ['Premium refunds (payout)']],
	])('is cut down by %j', async (filter, names) => {
		const { results } = await lists.load('searchSchemes', filter);
		expect(results.map(({ name }) => name)).toEqual(names);
	});

	it('names a scheme by its published draft, or by its newest', async () => {
		const drafts = ['first', 'second', 'third'].map((name) => ({ draftId: name, name }));
		const schemes = [
			{ schemeId: 'A', publishedDraftId: 'second', drafts },
			{ schemeId: 'B', publishedDraftId: null, drafts },
			{ schemeId: 'C', drafts: [] },
			{ schemeId: 'D' },
			{ drafts },
		];
		const stub = await answerWith(200, {}, JSON.stringify({ schemes }));
		expect((await lists.load('searchPayoutSchemes')).results).toEqual([
			{ name: 'second (payout)', value: 'A' },
			{ name: 'third (payout)', value: 'B' },
			{ name: 'C (payout)', value: 'C' },
			{ name: 'D (payout)', value: 'D' },
		]);
		await stub.stop();
	});

	it.each([
		['payout', ['Claims (payout)', 'Premium refunds (payout)']],
		['collect', ['Motor premiums (collect)', 'Home premiums by direct debit (collect)']],
	])('shows what a key for %s schemes alone may see', async (kind, names) => {
		sandbox.options.roles = [`tenant-${kind}-scheme-read`];
		const { results } = await lists.load('searchSchemes');
		expect(results.map(({ name }) => name)).toEqual(names);
	});

	it('does not pass half of it off as all when the other half fails in another way', async () => {
		const stub = await startStub(
			withToken(({ url }, response) =>
				url?.endsWith('collect')
					? response.writeHead(503).end()
					: response.end(JSON.stringify({ schemes: [{ schemeId: 'A' }] })),
			),
		);
		lists.credentials.change(CREDENTIAL_ID, { baseUrl: stub.url });
		expect(await failure('searchSchemes')).toContain('The list of collect schemes');
		await stub.stop();
	});
});

describe('a list that fails says why', () => {
	it('when the credential is not filled in', async () => {
		lists.credentials.change(CREDENTIAL_ID, { privateKey: '', accountId: 'two words' });
		expect(await failure('searchApps')).toMatch(
			/^The Imburse credential cannot be used\. Private Key: it is empty; Account ID: /,
		);
		expect(sandbox.requests).toEqual([]);
	});

	it('when the key is wrong', async () => {
		lists.credentials.change(CREDENTIAL_ID, {
			privateKey: Buffer.alloc(32, 7).toString('base64'),
		});
		expect(await failure('searchApps')).toMatch(
			/^The list of apps could not be loaded: no access token could be fetched, because Imburse refused the keys\. .*key/i,
		);
	});

	it.each([
		['searchApps', 'list of apps', 'tenant-app-read'],
		['searchPayoutSchemes', 'list of payout schemes', 'tenant-payout-scheme-read'],
		['searchSchemes', 'list of payout schemes', 'tenant-payout-scheme-read'],
	] as const)('when the key has no role for %s', async (list, label, role) => {
		sandbox.options.roles = ['none'];
		const words = await failure(list);
		expect(words).toMatch(new RegExp(`^The ${label} could not be loaded: Imburse answered 403`));
		expect(words).toContain(`the role ${role} or tenant-admin`);
		expect(words).not.toContain('item');
	});

	it('when the host refuses the connection', async () => {
		lists.credentials.change(CREDENTIAL_ID, { baseUrl: 'http://127.0.0.1:9' });
		const words = await failure('searchApps');
		expect(words).toMatch(/^The list of apps could not be loaded: /);
		expect(words).toContain('127.0.0.1:9');
	});

	it('when the connection breaks', async () => {
		const stub = await startStub(withToken(({ socket }) => socket.destroy()));
		lists.credentials.change(CREDENTIAL_ID, { baseUrl: stub.url });
		expect(await failure('searchApps')).toMatch(
			/^The list of apps could not be loaded: the connection to 127\.0\.0\.1:\d+ was lost/,
		);
		await stub.stop();
	});

	it.each<[string, number, Record<string, string>, string, RegExp]>([
		['a login page', 200, { 'content-type': 'text/html' }, '<html></html>', /was a web page/],
		['an empty answer', 200, {}, '', /answered 200/],
		['a redirect', 302, { location: 'http://127.0.0.1:9/' }, '', /answered 302.*redirect/],
		['an outage', 503, {}, '{"correlationId":"0HL:7"}', /answered 503.*0HL:7/],
		['too many calls', 429, {}, '', /answered 429.*little while/],
	])('when it is %s', async (_, status, headers, body, words) => {
		const stub = await answerWith(status, headers, body);
		expect(await failure('searchApps')).toMatch(words);
		expect(stub.received.filter((line) => line.startsWith('GET'))).toHaveLength(1);
		await stub.stop();
	});

	it('and never with a key or token in its words', async () => {
		sandbox.options.roles = ['none'];
		await lists.load('searchApps').catch((error: unknown) => {
			const { publicKey, privateKey } = sandbox.options;
			const everything = JSON.stringify(error) + String((error as Error).stack);
			for (const secret of [publicKey, privateKey, 'Bearer']) {
				expect(everything).not.toContain(secret);
			}
		});
		expect.assertions(3);
	});
});
