import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { instruction, ImburseClient } from '../../sandbox/client.mts';
import {
	CREDENTIAL_ID,
	NODE_TYPE,
	startImburse,
	type ImburseOnEngine,
} from '../support/imburse.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const CLAIM = { claim: 'CLAIM-1', customer: 'CUST-1', max: '100.00' };
/** What a model adds to its call although the tool's schema knows none of it. */
const EVIL = { claim: 'EVIL', customer: 'MALLORY', max: '1000000.00', amount: '60.00' };

let imburse: ImburseOnEngine;

beforeEach(async () => {
	imburse = await startImburse();
});

afterEach(async () => {
	await imburse.stop();
});

const byAgent = (name: string) => `={{ $fromAI('${name}', '', 'string') }}`;
const ofNode = (name: string) => `={{ $('Start').first().json.${name} }}`;

function payout(changed: INodeParameters = {}, ofPayment: INodeParameters = {}): INodeParameters {
	const payment = {
		instructionRef: ofNode('claim'),
		customerRef: ofNode('customer'),
		direction: 'CREDIT',
		amount: byAgent('amount'),
		currency: 'EUR',
		country: 'DE',
		schemeId: { __rl: true, mode: 'id', value: imburse.sandbox.options.schemeIds.payout },
	};
	return {
		resource: 'paymentOrder',
		operation: 'create',
		orderRef: ofNode('claim'),
		instructions: { instruction: [{ ...payment, ...ofPayment }] },
		options: OPTIONS,
		...changed,
	};
}

const OPTIONS = {
	allowToolPayments: true,
	maxPayments: 2,
	maxTotals: { total: [{ amount: '100.00', currency: 'EUR' }] },
	waitUntilCreated: false,
};

async function call(
	parameters: INodeParameters,
	items: IDataObject[] = [CLAIM],
	calls: IDataObject[] = [EVIL],
	caller?: string,
): Promise<string> {
	const run = await imburse.engine.runTool({
		node: { type: `${NODE_TYPE}Tool`, credentials: { imburseApi: CREDENTIAL_ID }, parameters },
		calls,
		items,
		caller,
	});
	return run.answers.map((answer) => JSON.stringify(answer)).join('\n');
}

describe('a model that sets what it was not asked for', () => {
	it('chooses the amount and nothing else', async () => {
		await call(payout());
		expect(imburse.sandbox.store.orders).toMatchObject([
			{
				orderRef: 'CLAIM-1',
				instructions: [{ instructionRef: 'CLAIM-1', customerRef: 'CUST-1', amount: '60.00' }],
			},
		]);
	});

	it.each<[string, INodeParameters, string, string]>([
		[
			'a reference',
			{ orderRef: '={{ $json.claim }}' },
			'Order Reference: the expression contains "$json.claim", which an AI agent can set',
			"Write a fixed text, or take the value from a node before the agent by its name, for example {{ $('Read Claim').first().json.claim }}.",
		],
		[
			'a limit',
			{ options: { ...OPTIONS, maxPayments: '={{ 2 }}' } },
			'Max Payments per Execution: it is an expression, and an AI agent may decide what it gives',
			'Write a fixed value: a person sets the limits of an AI agent.',
		],
		[
			'no limit',
			{ options: { ...OPTIONS, maxPayments: 0 } },
			'Max Payments per Execution: an AI agent may move money only within limits',
			'Set how many are allowed.',
		],
		[
			'columns',
			{
				inputMode: 'columns',
				columns: { orderRef: 'claim', instructionRef: 'claim', customerRef: 'c', amount: 'a' },
			},
			'an AI agent can set every column of the item, so it would choose who is paid',
			"Choose Using Fields Below, and write fixed texts or take values from a node before the agent by its name, for example {{ $('Read Claim').first().json.claim }}.",
		],
	])('is told of %s what is wrong', async (_, changed, reason, fix) => {
		const answer = await call(payout(changed));
		expect(answer).toContain(JSON.stringify(reason).slice(1, -1));
		expect(answer).toContain(fix);
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	const SOURCES = ['$json.claim', '$input.item.json.claim', '$node["Start"].json.claim'];
	it.each([...SOURCES, "$fromAI('claim', '', 'string')"])(
		'has no word in a reference: %s',
		async (code) => {
			expect(await call(payout({ orderRef: `={{ ${code} }}` }))).toContain(
				'which an AI agent can set',
			);
			expect(imburse.sandbox.requests).toHaveLength(0);
		},
	);

	it.each<[string, INodeParameters]>([
		['Instruction Reference', { instructionRef: '={{ $json.claim }}' }],
		['Customer Reference', { customerRef: '={{ $json.customer }}' }],
		['Customer Reference', { customerRef: "={{ $('Start').first().json.customer + $json.x }}" }],
		['Direction', { direction: byAgent('direction') }],
		['Currency', { currency: byAgent('currency') }],
		['Country', { country: byAgent('country') }],
		['Scheme', { schemeId: { __rl: true, mode: 'id', value: byAgent('scheme') } }],
		[
			'Financial Instrument ID',
			{ additionalFields: { financialInstrumentId: byAgent('instrument') } },
		],
	])('has no word in %s', async (field, ofPayment) => {
		const answer = await call(payout({}, ofPayment));
		expect(answer).toContain(`Instructions > 1 > ${field}: the expression contains`);
		expect(answer).toContain("$('Read Claim').first().json.claim");
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it('has no word in instructions as JSON, or in the defaults of a customer', async () => {
		const json = {
			instructionsInputMode: 'json',
			instructionsJson: '={{ $fromAI("payments", "", "json") }}',
		};
		expect(await call(payout(json))).toContain('which an AI agent can set');
		const customer = [{ customerRef: byAgent('customer') }];
		const defaults = { additionalFields: { customerDefaults: { customer } } };
		expect(await call(payout(defaults))).toContain('which an AI agent can set');
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it.each<[string, INodeParameters]>([
		['Allow Payments When Used as a Tool', { allowToolPayments: byAgent('allow') }],
		['Max Payments per Execution', { maxPayments: '={{ $json.max }}' }],
		['Max Payments per Execution', { maxPayments: "={{ $('Start').first().json.max }}" }],
		[
			'Max Total per Currency > 1 > Amount',
			{ maxTotals: { total: [{ amount: byAgent('max'), currency: 'EUR' }] } },
		],
		['Allow Changing References', { allowChangingReferences: byAgent('allow') }],
		['Refuse Production in Manual Runs', { refuseManualProduction: byAgent('allow') }],
		['Validate Only', { validateOnly: byAgent('allow') }],
		['If It Already Exists', { ifExists: byAgent('if') }],
		['Approved Fingerprint', { approvedFingerprint: byAgent('if') }],
		['Expected Payments', { expectedPayments: byAgent('max') }],
		[
			'Expected Total per Currency > 1 > Amount',
			{ expectedTotals: { total: [{ amount: byAgent('max'), currency: 'EUR' }] } },
		],
		['Amounts Are Written As', { amountsWrittenAs: byAgent('if') }],
		['Dates Are Written As', { datesWrittenAs: byAgent('if') }],
	])('has no word in the guard %s', async (field, options) => {
		const answer = await call(
			payout({ options: { ...OPTIONS, ...options } }),
			[CLAIM],
			[{ ...EVIL, allow: true, if: 'return' }],
		);
		expect(answer).toContain(`${field}: it is an expression`);
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it.each<[string, INodeParameters]>([
		['Tenant ID', { tenantId: byAgent('tenant') }],
		['Idempotency Key', { idempotencyHeader: 'X-Key', idempotencyKey: byAgent('key') }],
	])('has no word in %s', async (field, options) => {
		const answer = await call(payout({ options: { ...OPTIONS, ...options } }));
		expect(answer).toContain(`${field}: the expression contains`);
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it('has no word in what an update or a claim is about', async () => {
		const update = {
			resource: 'instruction',
			operation: 'update',
			orderRef: byAgent('claim'),
			instructionRef: 'X',
			updateFields: {
				customerRef: byAgent('customer'),
				currency: 'EUR',
				amount: byAgent('amount'),
			},
			options: { ...OPTIONS, waitUntilCreated: undefined },
		} as unknown as INodeParameters;
		const answer = await call(update);
		expect(answer).toContain('Order Reference: the expression contains');
		expect(answer).toContain('Update Fields > Customer Reference: the expression contains');
		expect(answer).not.toContain('Amount: the expression contains');
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it('may choose the metadata', async () => {
		const entry = [{ key: 'note', value: byAgent('note') }];
		await call(payout({ metadata: { entry } }), [CLAIM], [{ ...EVIL, note: 'Urgent' }]);
		expect(imburse.sandbox.store.orders).toMatchObject([{ metadata: { note: 'Urgent' } }]);
	});
});

describe('an agent that is given several items', () => {
	const ITEMS = [CLAIM, { ...CLAIM, claim: 'CLAIM-2' }];

	it.each(["$('Start').first().json.claim", "$('Start').item.json.claim"])(
		'pays none of them under %s, which is the first one for all',
		async (code) => {
			const answer = await call(payout({ orderRef: `={{ ${code} }}` }), ITEMS);
			expect(answer).toContain('has not one item');
			expect(answer).toContain('sub-workflow');
			expect(imburse.sandbox.requests).toHaveLength(0);
		},
	);
});

describe('a cancellation', () => {
	const cancel = (changed: INodeParameters = {}): INodeParameters => ({
		resource: 'instruction',
		operation: 'cancel',
		orderRef: ofNode('claim'),
		instructionRef: ofNode('claim'),
		reason: 'Withdrawn',
		options: { allowToolPayments: true, maxPayments: 1 },
		...changed,
	});
	const isCancelled = () => imburse.sandbox.store.instruction('CLAIM-1', 'CLAIM-1')?.cancellation;

	beforeEach(async () => {
		const client = await ImburseClient.signIn(imburse.sandbox);
		await client.post('/v1/order-management', {
			orderRef: 'CLAIM-1',
			instructions: [instruction(imburse.sandbox, { instructionRef: 'CLAIM-1' })],
		});
		imburse.changeCredential({ accessToken: '' });
	});

	it('is made where a person allows it, within a number and without a total', async () => {
		expect(await call(cancel())).toContain('"result":"cancelled"');
		expect(isCancelled()).toMatchObject({ reason: 'Withdrawn' });
	});

	it.each<[string, INodeParameters, string]>([
		['is not allowed', { options: { maxPayments: 1 } }, 'an AI agent may not move money'],
		['has no limit', { options: { allowToolPayments: true } }, 'only within limits'],
		['names another order', { orderRef: '={{ $json.claim }}' }, 'which an AI agent can set'],
		['names another payment', { instructionRef: byAgent('claim') }, 'which an AI agent can set'],
		['gives a reason of its own', { reason: byAgent('reason') }, 'which an AI agent can set'],
	])('is refused to a model that %s', async (_, changed, words) => {
		expect(await call(cancel(changed))).toContain(words);
		expect(isCancelled()).toBeNull();
	});
});

describe('the limits of an execution', () => {
	const LANGCHAIN = '@n8n/n8n-nodes-langchain';

	it('hold for an agent that calls the tool by itself', async () => {
		const calls = [{ amount: '60.00' }, { amount: '40.01' }];
		const answer = await call(payout(), [CLAIM], calls, `${LANGCHAIN}.agent`);
		expect(answer).toContain('would come to 100.01 EUR, and 100.00 are allowed');
		expect(imburse.sandbox.store.orders).toHaveLength(1);
	});

	it.each([
		['mcpTrigger', 'under the MCP Server Trigger each call is an execution of its own'],
		['openAi', `${LANGCHAIN}.openAi`],
		['agentOfTomorrow', `${LANGCHAIN}.agentOfTomorrow`],
	])('are not known to hold for %s, which may not pay', async (name, reason) => {
		const answer = await call(payout(), [CLAIM], [EVIL], `${LANGCHAIN}.${name}`);
		expect(answer).toContain('Allow Payments When Used as a Tool: ');
		expect(answer).toContain(reason);
		expect(answer).toContain('in which a person approves the payment');
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it('do not hold back a read under the MCP Server Trigger', async () => {
		const get = { resource: 'paymentOrder', operation: 'get', orderRef: byAgent('claim') };
		const answer = await call(get, [CLAIM], [EVIL], `${LANGCHAIN}.mcpTrigger`);
		expect(answer).toContain('Imburse has no Payment Order');
	});
});
