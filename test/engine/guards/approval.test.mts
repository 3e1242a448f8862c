import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startImburse, type ImburseOnEngine, type RunSettings } from '../support/imburse.mts';
import {
	byId,
	callsOf,
	createByColumns,
	failuresOf,
	paired,
	useCredential,
} from '../support/operations.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

let imburse: ImburseOnEngine;
beforeEach(async () => {
	imburse = await startImburse();
});
afterEach(() => imburse.stop());

const ROWS: IDataObject[] = [
	{ order: 'CLM-1', payment: 'CLM-1-1', customer: 'C-1', amount: '1000.00', note: 'a' },
	{ order: 'CLM-2', payment: 'CLM-2-1', customer: 'C-2', amount: '2000.50', note: 'b' },
	{ order: 'CLM-3', payment: 'CLM-3-1', customer: 'C-3', amount: '449.5', note: 'c' },
];

const COLUMNS = {
	orderRef: 'order',
	instructionRef: 'payment',
	customerRef: 'customer',
	amount: 'amount',
};

function create(options: INodeParameters = {}, changed: INodeParameters = {}): INodeParameters {
	return createByColumns(COLUMNS, imburse.sandbox.options.schemeIds.payout, {
		metadataColumns: 'note',
		...changed,
		options,
	});
}

const run = (
	options: INodeParameters = {},
	items: IDataObject[] = ROWS,
	settings: RunSettings = {},
	changed: INodeParameters = {},
) => imburse.run(create(options, changed), { items, ...settings });
const writes = () => callsOf(imburse).filter(({ method }) => method === 'POST');
/** What to do about a run that is not what was approved. */
const APPROVE_AGAIN =
	'Nothing is sent. Check the payments with Validate Only, and have them approved again.';
const errors = { onError: 'continueErrorOutput' } as const;

async function batchOf(items = ROWS, changed: INodeParameters = {}): Promise<IDataObject> {
	const checked = await run({ validateOnly: true }, items, {}, changed);
	expect(checked.error).toBeUndefined();
	const batches = checked.success.map(({ json }) => JSON.stringify(json.batch));
	expect(new Set(batches).size).toBe(1);
	return checked.success[0]!.json.batch as IDataObject;
}
const fingerprintOf = async (items = ROWS, changed: INodeParameters = {}) =>
	(await batchOf(items, changed)).fingerprint as string;

describe('Validate Only', () => {
	it('says of each item what all are together', async () => {
		expect(await batchOf()).toEqual({
			payments: 3,
			totals: { EUR: { CREDIT: '3450.00' } },
			fingerprint: expect.any(String),
		});
		expect(writes()).toEqual([]);
	});

	it('counts every instruction of an order, and an order without any as none', async () => {
		const one = {
			customerRef: 'C',
			direction: 'DEBIT',
			amount: '1.5',
			currency: 'GBP',
			country: 'GB',
		};
		const list = [
			{ ...one, instructionRef: 'A' },
			{ ...one, instructionRef: 'B' },
		];
		const checked = await imburse.run(
			{
				resource: 'paymentOrder',
				operation: 'create',
				orderRef: '={{ $json.order }}',
				instructionsInputMode: 'json',
				instructionsJson: '={{ $json.list }}',
				options: { validateOnly: true },
			},
			{
				items: [
					{ order: 'O-1', list },
					{ order: 'O-2', list: [] },
				],
			},
		);
		expect(checked.success[1]?.json.batch).toMatchObject({
			payments: 2,
			totals: { GBP: { DEBIT: '3.00' } },
		});
	});
});

describe('an approved fingerprint', () => {
	it('lets through what was approved, in whatever order, notation and metadata', async () => {
		const approvedFingerprint = await fingerprintOf();
		const items = [...ROWS].reverse().map((row) => ({
			...row,
			note: 'other',
			amount: Number(row.amount),
		}));
		const sent = await run({ approvedFingerprint }, items);
		expect(sent.error).toBeUndefined();
		expect(paired(sent, 'result').map(([result]) => result)).toEqual(Array(3).fill('created'));
	});

	it.each<[string, IDataObject[], INodeParameters, string]>([
		[
			'an amount',
			[{ ...ROWS[0], amount: '1000.01' }, ROWS[1]!, ROWS[2]!],
			{},
			'amounts, currencies',
		],
		[
			'a customer',
			[{ ...ROWS[0], customer: 'C-9' }, ROWS[1]!, ROWS[2]!],
			{},
			'references or customers',
		],
		['a row less', ROWS.slice(1), {}, 'references or customers'],
		['a row more', [...ROWS, { ...ROWS[0], order: 'CLM-9', payment: 'P' }], {}, 'references'],
		[
			'the country',
			ROWS,
			{
				sameForAllRows: {
					direction: 'CREDIT',
					currency: 'EUR',
					country: 'AT',
					schemeId: byId('D0000000000000000000000000000002'),
				},
			},
			'countries, schemes',
		],
	])(
		'refuses the whole run before its first call where %s differs',
		async (_, items, changed, what) => {
			const approvedFingerprint = await fingerprintOf();
			const sent = await run({ approvedFingerprint }, items, errors, changed);
			expect(sent.success).toEqual([]);
			expect(failuresOf(sent).map(({ outcome }) => outcome)).toEqual(items.map(() => 'invalid'));
			const { message } = failuresOf(sent)[0]!;
			expect(message).toContain(
				'Approved Fingerprint: what is to be sent differs from what was approved',
			);
			expect(message).toContain(what);
			expect(failuresOf(sent)[0]?.description).toContain(APPROVE_AGAIN);
			expect(imburse.sandbox.requests).toHaveLength(0);
		},
	);

	it('is of one tenant and one account', async () => {
		const approvedFingerprint = await fingerprintOf();
		const tenantId = '99999999-6666-4777-8888-999999999999';
		const other = await run({ approvedFingerprint, tenantId });
		expect(other.error?.description).toContain('the environment, the account or the tenant');
		useCredential(imburse, { accountId: '99999999-6666-4777-8888-999999999999' });
		const account = await run({ approvedFingerprint });
		expect(account.error?.description).toContain('the environment, the account or the tenant');
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it('refuses the good items, too, where one is invalid, also with Continue On Fail', async () => {
		const approvedFingerprint = await fingerprintOf(ROWS.slice(0, 2));
		const items = [ROWS[0]!, ROWS[1]!, { ...ROWS[2], amount: 'much' }];
		const sent = await run({ approvedFingerprint }, items, errors);
		expect([sent.success.length, sent.failed.length]).toEqual([0, 3]);
		expect(failuresOf(sent)[0]?.message).toContain(
			'Approved Fingerprint: other items of the run cannot be sent, so it is not the batch that was approved',
		);
		expect(failuresOf(sent)[0]?.description).toContain(
			'Correct or remove those items, and have the payments approved again.',
		);
		expect(failuresOf(sent)[2]?.message).toContain('"much" is not an amount');
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it.each(['', 'abc', '={{ $json.none ?? "" }}', '={{ null }}', '={{ 5 }}'])(
		'refuses everything where it is none: %p',
		async (approvedFingerprint) => {
			const sent = await run({ approvedFingerprint });
			expect(sent.error?.description).toMatch(
				/Approved Fingerprint: .+ is not a fingerprint of this node\. Take it from the node that checked the payments with Validate Only, for example \{\{ \$\('Check'\)\.first\(\)\.json\.batch\.fingerprint \}\}, or remove the option\./,
			);
			expect(imburse.sandbox.requests).toHaveLength(0);
		},
	);

	it('comes by an expression, and has to be the same for all items', async () => {
		const approved = await fingerprintOf();
		const other = await fingerprintOf(ROWS.slice(1));
		const byItem = { approvedFingerprint: '={{ $json.approved }}' };
		const mixed = ROWS.map((row, index) => ({ ...row, approved: index === 1 ? other : approved }));
		const refused = await run(byItem, mixed);
		expect(refused.error?.description).toContain('not the same for all items');
		expect(imburse.sandbox.requests).toHaveLength(0);
		const sent = await run(
			byItem,
			ROWS.map((row) => ({ ...row, approved })),
		);
		expect(sent.success).toHaveLength(3);
	});

	it('lets a second run find what the first has made', async () => {
		const approvedFingerprint = await fingerprintOf();
		await run({ approvedFingerprint });
		const again = await run({ approvedFingerprint });
		expect(paired(again, 'result').map(([result]) => result)).toEqual(
			Array(3).fill('alreadyExisted'),
		);
	});

	it('works with Retry On Fail', async () => {
		const approvedFingerprint = await fingerprintOf();
		imburse.sandbox.setFaults([
			{
				kind: 'answer',
				at: 'beforeWrite',
				status: 403,
				reference: 'CLM-2',
				calls: { from: 1, to: 1 },
			},
		]);
		const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const sent = await run({ approvedFingerprint }, ROWS, retry);
		expect(sent.executions).toBe(2);
		expect(sent.error).toBeUndefined();
		expect(sent.success).toHaveLength(3);
	});
});

describe('expected figures', () => {
	const expected = (amount: string, direction = 'CREDIT', currency = 'EUR') => ({
		expectedTotals: { total: [{ amount, currency, direction }] },
	});

	it('let through what comes to them', async () => {
		const sent = await run({ expectedPayments: 3, ...expected('3450') });
		expect(sent.error).toBeUndefined();
		expect(sent.success).toHaveLength(3);
	});

	it('may come from the step of the approval', async () => {
		const batch = await batchOf();
		const items = ROWS.map((row) => ({ ...row, batch }));
		const sent = await run(
			{
				approvedFingerprint: '={{ $json.batch.fingerprint }}',
				expectedPayments: '={{ $json.batch.payments }}',
				...expected('={{ $json.batch.totals.EUR.CREDIT }}'),
			},
			items,
		);
		expect(sent.error).toBeUndefined();
		expect(sent.success).toHaveLength(3);
	});

	it.each<[string, () => INodeParameters, string]>([
		[
			'another number',
			() => ({ expectedPayments: 2 }),
			`Expected Payments: the items come to 3 payments, and 2 are expected. ${APPROVE_AGAIN}`,
		],
		[
			'no number',
			() => ({ expectedPayments: '={{ null }}' }),
			'Expected Payments: nothing is not a number from 0 upwards. Enter a number, or an expression that gives one.',
		],
		[
			'another total',
			() => expected('3450.01'),
			`Expected Total per Currency: the items come to 3450.00 EUR CREDIT, and 3450.01 is expected. ${APPROVE_AGAIN}`,
		],
		[
			'another direction',
			() => expected('3450', 'DEBIT'),
			`Expected Total per Currency: the items come to 0 EUR DEBIT, and 3450 is expected. ${APPROVE_AGAIN}`,
		],
		[
			'another currency',
			() => expected('3450', 'CREDIT', 'GBP'),
			`Expected Total per Currency: the items come to 3450.00 EUR CREDIT, and none is expected. ${APPROVE_AGAIN}`,
		],
		[
			'a total in another form',
			() => expected('3.450,00'),
			'Expected Total per Currency > Amount: "3.450,00" has separators between thousands. Write 3450.00.',
		],
		[
			'no total',
			() => ({ expectedTotals: {} }),
			'Expected Total per Currency: there is no total in it. Add one, or remove the option.',
		],
		[
			'a total twice',
			() => ({
				expectedTotals: {
					total: [
						{ amount: '3450', currency: 'EUR', direction: 'CREDIT' },
						{ amount: '1', currency: 'EUR', direction: 'CREDIT' },
					],
				},
			}),
			'Expected Total per Currency: there are two for EUR and CREDIT. Keep one total for each currency and direction.',
		],
	])('refuse the whole run for %s', async (_, options, message) => {
		const sent = await run(options());
		expect(sent.error?.description).toContain(message);
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it('count a single payment as one', async () => {
		const sent = await run({ expectedPayments: 2 }, ROWS.slice(0, 1));
		expect(sent.error?.message).toBe(
			'Expected Payments: the items come to 1 payment, and 2 are expected',
		);
	});
});
