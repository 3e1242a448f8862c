import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { RunResult } from '../harness/index.mts';
import {
	CREDENTIAL_ID,
	NODE_TYPE,
	startImburse,
	type ImburseOnEngine,
} from '../support/imburse.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

let imburse: ImburseOnEngine;

beforeEach(async () => {
	imburse = await startImburse();
});

afterEach(async () => {
	await imburse.stop();
});

/** A payout whose reference and amount come from the item, or from the AI agent. */
function payout(options: INodeParameters, from = (name: string) => `={{ $json.${name} }}`) {
	return {
		resource: 'paymentOrder',
		operation: 'create',
		orderRef: from('ref'),
		instructions: {
			instruction: [
				{
					instructionRef: from('ref'),
					customerRef: 'CUST-1',
					direction: 'CREDIT',
					amount: from('amount'),
					currency: 'EUR',
					country: 'DE',
					schemeId: { __rl: true, mode: 'id', value: imburse.sandbox.options.schemeIds.payout },
				},
			],
		},
		options: { waitUntilCreated: false, ...options },
	};
}

const TOTAL = { total: [{ amount: '100.00', currency: 'EUR' }] };

function inCurrency(currency: string) {
	const { instruction } = payout({}).instructions;
	return { instruction: instruction.map((payment) => ({ ...payment, currency })) };
}

describe('the limits of an execution', () => {
	it('refuse the payments beyond their number', async () => {
		const run = await imburse.run(payout({ maxPayments: 1 }), {
			items: [
				{ ref: 'A', amount: '1.00' },
				{ ref: 'B', amount: '1.00' },
			],
			onError: 'continueErrorOutput',
		});
		expect(run.success.map(({ json }) => json.orderRef)).toEqual(['A']);
		expect((run.failed[0]?.json.error as IDataObject).message).toContain(
			'Max Payments per Execution: this would be payment 2, and 1 are allowed',
		);
	});

	const OTHERS = [2, 3, 4].map((n) => `cccccccc-0000-4000-8000-00000000000${n}`);
	it.each([
		['their number', { maxPayments: 1 }, 'this would be payment 2, and 1 are allowed'],
		[
			'their total',
			{ maxTotals: { total: [{ amount: '1.00', currency: 'EUR' }] } },
			'would come to 2 EUR, and 1.00 are allowed',
		],
	])('hold %s over all tenants together', async (_, limit, reason) => {
		const run = await imburse.run(payout({ ...limit, tenantId: '={{ $json.tenant }}' }), {
			items: [imburse.sandbox.options.tenantId, ...OTHERS].map((tenant, index) => ({
				ref: `A${index}`,
				amount: '1.00',
				tenant,
			})),
			onError: 'continueErrorOutput',
		});
		const messages = run.failed.map(({ json }) => (json.error as IDataObject).message);
		expect(messages).toEqual(OTHERS.map(() => expect.stringContaining(reason)));
		expect(run.success.map(({ json }) => json.orderRef)).toEqual(['A0']);
	});

	it('refuse the payment that would pass the total of its currency, before any is sent', async () => {
		const run = await imburse.run(payout({ maxTotals: TOTAL }), {
			items: [
				{ ref: 'A', amount: '60.00' },
				{ ref: 'B', amount: '40.01' },
			],
		});
		expect(run.error?.description).toContain('would come to 100.01 EUR, and 100.00 are allowed');
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it('do not count a payment twice when Retry On Fail runs the node again', async () => {
		imburse.sandbox.options.roles = ['tenant-app-read'];
		const run = await imburse.run(payout({ maxPayments: 1 }), {
			items: [{ ref: 'A', amount: '1.00' }],
			retryOnFail: true,
			maxTries: 2,
			waitBetweenTries: 1,
		});
		expect(run.executions).toBe(2);
		expect(run.error?.message).toContain('this key may not do that');
	});

	it.each([
		['maxPayments', '={{ $json.nope }}', 'Max Payments per Execution'],
		['maxPayments', '={{ "1 payment" }}', 'Max Payments per Execution'],
		['maxPayments', -1, 'Max Payments per Execution'],
		['validateOnly', '={{ "true" }}', 'Validate Only'],
		['validateOnly', '={{ 1 }}', 'Validate Only'],
		['refuseManualProduction', '={{ "yes" }}', 'Refuse Production in Manual Runs'],
		['sensitiveData', '={{ "Refuse" }}', 'Sensitive Data in Metadata'],
		['ifExists', '={{ "Fail" }}', 'If It Already Exists'],
	])(
		'an option %s of %p is refused, and not taken for switched off',
		async (name, value, field) => {
			const run = await imburse.run(payout({ [name]: value }), {
				items: [{ ref: 'A', amount: '1.00' }],
			});
			expect(run.error?.message).toMatch(new RegExp(`^${field}: `));
			expect(imburse.sandbox.requests).toHaveLength(0);
		},
	);

	it('must be the same for all items', async () => {
		const run = await imburse.run(payout({ maxPayments: '={{ $json.most }}' }), {
			items: [
				{ ref: 'A', amount: '1.00', most: 5 },
				{ ref: 'B', amount: '1.00', most: 1 },
			],
		});
		expect(run.error?.description).toContain(
			'the limits and guards are not the same for all items',
		);
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it.each<[string, Array<[string | number, string]>, RegExp]>([
		['not money', [['much', 'EUR']], /^Max Total per Currency > Amount: "much" is not an amount/],
		['empty', [['', 'EUR']], /^Max Total per Currency > Amount: there is no value/],
		['zero', [['0.00', 'EUR']], /^Max Total per Currency > Amount: "0.00" is no total/],
		['the number zero', [[0, 'EUR']], /^Max Total per Currency > Amount: 0 is no total/],
		['in small letters', [['5.00', 'eur']], /^Max Total per Currency > Currency: "eur" .*letters/],
		['with a space', [['5.00', ' EUR']], /^Max Total per Currency > Currency: " EUR" /],
		['without a currency', [['5.00', '']], /^Max Total per Currency > Currency: there is no value/],
		[
			'given twice',
			[
				['100.00', 'EUR'],
				['100000.00', 'EUR'],
			],
			/^Max Total per Currency: there are two for EUR/,
		],
	])('refuse a total that is %s', async (_, totals, message) => {
		const total = totals.map(([amount, currency]) => ({ amount, currency }));
		const run = await imburse.run(payout({ maxTotals: { total } }), {
			items: [{ ref: 'A', amount: '1.00' }],
		});
		expect(run.error?.message).toMatch(message);
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it.each<[INodeParameters | string]>([['={{ $json.totals }}'], [{}], [{ total: [] }]])(
		'are not switched off by an option without a total: %j',
		async (maxTotals) => {
			const run = await imburse.run(payout({ maxTotals }), {
				items: [{ ref: 'A', amount: '1.00', totals: TOTAL }],
			});
			expect(run.error?.message).toBe('Max Total per Currency: there is no total in it');
			expect(imburse.sandbox.requests).toHaveLength(0);
		},
	);

	it('refuse a currency without a total, where another has one', async () => {
		const pounds = { ...payout({ maxTotals: TOTAL }), instructions: inCurrency('GBP') };
		const run = await imburse.run(pounds, { items: [{ ref: 'A', amount: '5000.00' }] });
		expect(run.error?.message).toBe('Max Total per Currency: there is none for GBP');
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it('refuse an order of which one payment is in such a currency', async () => {
		const [euros] = inCurrency('EUR').instruction;
		const [pounds] = inCurrency('GBP').instruction;
		const instruction = [euros!, { ...pounds!, instructionRef: 'SECOND' }];
		const run = await imburse.run(
			{ ...payout({ maxTotals: TOTAL }), instructions: { instruction } },
			{ items: [{ ref: 'A', amount: '1.00' }] },
		);
		expect(run.error?.message).toBe('Max Total per Currency: there is none for GBP');
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it('are not used up by items that are only checked', async () => {
		const options = { maxPayments: 1, validateOnly: '={{ $json.only }}' };
		const run = await imburse.run(payout(options), {
			items: [
				{ ref: 'A', amount: '1.00', only: true },
				{ ref: 'B', amount: '1.00', only: false },
			],
			onError: 'continueErrorOutput',
		});
		expect(run.success.map(({ json }) => json.orderRef)).toEqual(['B']);
		expect(imburse.sandbox.store.orders.map(({ orderRef }) => orderRef)).toEqual(['B']);
		expect((run.failed[0]?.json.error as IDataObject).message).toContain(
			'this would be payment 2, and 1 are allowed',
		);
	});

	it('hold what is only checked, all of it together', async () => {
		const run = await imburse.run(payout({ maxTotals: TOTAL, validateOnly: true }), {
			items: [
				{ ref: 'A', amount: '60.00' },
				{ ref: 'B', amount: '40.01' },
			],
		});
		expect(run.error?.description).toContain('would come to 100.01 EUR');
	});
});

describe('a manual run with a production credential', () => {
	it('sends nothing where the user wants it so', async () => {
		imburse.engine.credentials.change(CREDENTIAL_ID, { environment: 'production' });
		const run = await imburse.run(payout({ refuseManualProduction: true }), {
			items: [{ ref: 'A', amount: '1.00' }],
		});
		expect(run.error?.message).toContain(
			'this is a manual run, and the credential is for production',
		);
		expect(imburse.storedCredential().accessToken).toBeFalsy();
	});

	it('counts a custom address as production', async () => {
		imburse.engine.credentials.change(CREDENTIAL_ID, { baseUrl: 'https://imburse.example.com' });
		const run = await imburse.run(payout({ refuseManualProduction: true }), {
			items: [{ ref: 'A', amount: '1.00' }],
		});
		expect(run.error?.message).toContain('this is a manual run, and the credential is for');
	});

	it('counts this machine as a place to try things out', async () => {
		const run = await imburse.run(payout({ refuseManualProduction: true }), {
			items: [{ ref: 'A', amount: '1.00' }],
		});
		expect([run.success.length, run.hints]).toEqual([1, []]);
	});

	it('lets a run through that is to validate only', async () => {
		imburse.engine.credentials.change(CREDENTIAL_ID, { environment: 'production' });
		const run = await imburse.run(payout({ refuseManualProduction: true, validateOnly: true }), {
			items: [{ ref: 'A', amount: '1.00' }],
		});
		expect(run.success[0]?.json).toMatchObject({ validateOnly: true });
		expect(hintsOf(run)).toEqual(['Nothing was sent for 1 items: Validate Only is on.']);
	});
});

function hintsOf({ hints }: RunResult): string[] {
	return hints.map(({ message }) => message);
}

describe('as a tool of an AI agent', () => {
	const byAgent = (name: string) => `={{ $fromAI('${name}', '', 'string') }}`;

	async function call(options: INodeParameters, ...calls: IDataObject[]) {
		return await imburse.engine.runTool({
			node: {
				type: `${NODE_TYPE}Tool`,
				credentials: { imburseApi: CREDENTIAL_ID },
				parameters: payout({ allowChangingReferences: true, ...options }, byAgent),
			},
			calls,
		});
	}

	it('moves no money unless a person has allowed it', async () => {
		const run = await call({}, { ref: 'A', amount: '1.00' });
		expect(JSON.stringify(run.answers)).toContain('an AI agent may not move money with this node');
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it('moves no money without limits', async () => {
		const noNumber = await call({ allowToolPayments: true }, { ref: 'A', amount: '1.00' });
		expect(JSON.stringify(noNumber.answers)).toContain('only within limits');
		const noTotal = await call(
			{ allowToolPayments: true, maxPayments: 5 },
			{ ref: 'A', amount: '1.00' },
		);
		expect(JSON.stringify(noTotal.answers)).toContain('there is none for EUR');
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it('pays within the limits, counted over all its calls', async () => {
		const run = await call(
			{ allowToolPayments: true, maxPayments: 5, maxTotals: TOTAL },
			{ ref: 'A', amount: '60.00' },
			{ ref: 'B', amount: '40.01' },
			{ ref: 'C', amount: '40.00' },
		);
		expect(imburse.sandbox.store.orders.map(({ orderRef }) => orderRef)).toEqual(['A', 'C']);
		expect(JSON.stringify(run.answers[1])).toContain('would come to 100.01 EUR');
	});

	it('moves no money whose amount is not known before', async () => {
		const claim: INodeParameters = {
			resource: 'reward',
			operation: 'claim',
			orderRef: 'A',
			instructionRef: 'A',
			rewardId: 'REWARD-COFFEE-10',
			options: { allowToolPayments: true, maxPayments: 5, maxTotals: TOTAL },
		};
		const run = await imburse.engine.runTool({
			node: {
				type: `${NODE_TYPE}Tool`,
				credentials: { imburseApi: CREDENTIAL_ID },
				parameters: claim,
			},
			calls: [{}],
		});
		expect(JSON.stringify(run.answers)).toContain('how much this pays is not known');
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it('makes no further payment once it is not known what became of one', async () => {
		imburse.sandbox.setFaults([
			{ kind: 'answer', at: 'beforeWrite', status: 500, route: ['createOrder', 'getOrder'] },
		]);
		const run = await call(
			{ allowToolPayments: true, maxPayments: 5, maxTotals: TOTAL },
			{ ref: 'A', amount: '1.00' },
			{ ref: 'B', amount: '1.00' },
		);
		expect(imburse.sandbox.counts.byRoute.createOrder).toBe(1);
		const [first, second] = run.answers.map((answer) => JSON.stringify(answer));
		const [create] = imburse.sandbox.requests.filter(({ name }) => name === 'createOrder');
		expect(first).toContain('It is not known whether Payment Order');
		expect(first).toContain('Run it again with the same reference');
		expect(first).toContain(create?.correlationId);
		expect(first).toContain(create?.headers['x-correlation-id']);
		expect(second).toContain('it is not known what became of an earlier payment');
	});

	it('cannot make room by naming a payment again with a smaller amount', async () => {
		await call(
			{ allowToolPayments: true, maxPayments: 9, maxTotals: TOTAL },
			{ ref: 'A', amount: '100.00' },
			{ ref: 'A', amount: '0.01' },
			{ ref: 'B', amount: '99.99' },
		);
		expect(imburse.sandbox.store.orders.map(({ orderRef }) => orderRef)).toEqual(['A']);
	});

	it('cannot raise the amount of a payment beyond the limit', async () => {
		await imburse.run(payout({}), { items: [{ ref: 'A', amount: '1.00' }] });
		const run = await imburse.engine.runTool({
			node: {
				type: `${NODE_TYPE}Tool`,
				credentials: { imburseApi: CREDENTIAL_ID },
				parameters: {
					resource: 'instruction',
					operation: 'update',
					orderRef: 'A',
					instructionRef: 'A',
					updateFields: { amount: byAgent('amount'), currency: 'EUR' },
					options: { allowToolPayments: true, maxPayments: 9, maxTotals: TOTAL },
				},
			},
			calls: [{ amount: '1000000.00' }],
		});
		expect(JSON.stringify(run.answers)).toContain('would come to 1000000 EUR');
	});

	it('reads without being asked', async () => {
		await imburse.run(payout({}), { items: [{ ref: 'A', amount: '1.00' }] });
		const run = await imburse.engine.runTool({
			node: {
				type: `${NODE_TYPE}Tool`,
				credentials: { imburseApi: CREDENTIAL_ID },
				parameters: {
					resource: 'paymentOrder',
					operation: 'get',
					orderRef: byAgent('ref'),
				},
			},
			calls: [{ ref: 'A' }],
		});
		expect(JSON.stringify(run.answers)).toContain('instructions');
	});
});
