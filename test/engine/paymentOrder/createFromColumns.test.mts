import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { useIdleClock } from '../../support/idleClock.mts';
import {
	CREDENTIAL_ID,
	NODE_TYPE,
	startImburse,
	type ImburseOnEngine,
} from '../support/imburse.mts';
import {
	callsOf,
	dayFromNow,
	failuresOf,
	paired,
	sourceOf,
	useCredential,
	createByColumns,
} from '../support/operations.mts';

useIdleClock();

let imburse: ImburseOnEngine;
beforeEach(async () => {
	imburse = await startImburse();
});
afterEach(() => imburse.stop());

const COLUMNS = {
	orderRef: 'Schaden-Nr.',
	instructionRef: 'Zahlung',
	customerRef: 'Kunde',
	amount: 'Auszahlung (EUR)',
};

function create(changed: INodeParameters = {}): INodeParameters {
	return createByColumns(COLUMNS, imburse.sandbox.options.schemeIds.payout, {
		metadataColumns: 'Police',
		...changed,
	});
}

const automatic = (changed: INodeParameters = {}) =>
	create({ mappingMode: 'autoMapInputData', metadataColumns: '', ...changed });

function row(number: number, changed: IDataObject = {}): IDataObject {
	return {
		row_number: number + 1,
		'Schaden-Nr.': `CLM-${number}`,
		Zahlung: `CLM-${number}-1`,
		Kunde: 4710 + number,
		'Auszahlung (EUR)': '10.50',
		Police: `P-${number}`,
		...changed,
	};
}

const usual = (number: number, changed: IDataObject = {}): IDataObject => ({
	'Claim No': `CLM-${number}`,
	'Payment ID': `CLM-${number}-1`,
	'Customer No.': `CUST-${number}`,
	Amount: 10.5,
	...changed,
});

const without = (column: string, all: IDataObject): IDataObject =>
	Object.fromEntries(Object.entries(all).filter(([name]) => name !== column));

const writes = () => callsOf(imburse).filter(({ method }) => method === 'POST');
const bodies = () => writes().map(({ body }) => JSON.parse(body) as IDataObject);
const errors = { onError: 'continueErrorOutput' } as const;

describe('rows that are read by the names of their columns', () => {
	it.each(['1', '2'] as const)('are paid, each once, on n8n %s', async (generation) => {
		await imburse.stop();
		imburse = await startImburse({ generation });
		const items = [row(1), row(2, { Police: '' })];
		const run = await imburse.run(create(), { items });
		expect(run.error).toBeUndefined();
		expect(paired(run, 'result')).toEqual([
			['created', 0],
			['created', 1],
		]);
		expect(run.success.map(({ json }) => json.instructionRef)).toEqual(['CLM-1-1', 'CLM-2-1']);
		expect(bodies()[0]).toEqual({
			orderRef: 'CLM-1',
			instructions: [
				{
					instructionRef: 'CLM-1-1',
					customerRef: '4711',
					direction: 'CREDIT',
					amount: '10.50',
					currency: 'EUR',
					country: 'DE',
					schemeId: imburse.sandbox.options.schemeIds.payout,
				},
			],
			metadata: { Police: 'P-1' },
		});
		expect(bodies()[1]).not.toHaveProperty('metadata');
		const again = await imburse.run(create(), { items });
		expect(paired(again, 'result')).toEqual([
			['alreadyExisted', 0],
			['alreadyExisted', 1],
		]);
		expect(imburse.sandbox.store.orders).toHaveLength(2);
	});

	it('are paid where the names of their columns say what they hold', async () => {
		const soon = dayFromNow(30);
		const items = [usual(1), usual(2, { settledByDate: soon })].map((one) => ({
			settledByDate: '',
			...one,
		}));
		const run = await imburse.run(automatic(), { items });
		expect(run.error).toBeUndefined();
		expect(bodies()).toMatchObject([
			{ orderRef: 'CLM-1', instructions: [{ customerRef: 'CUST-1', amount: '10.5' }] },
			{ orderRef: 'CLM-2', instructions: [{ settledByDate: soon }] },
		]);
		expect(run.hints.map(({ message }) => message)).toEqual([
			'2 payments made, 21.00 EUR paid out.',
			'Columns: Order Reference from "Claim No", Instruction Reference from "Payment ID", Customer Reference from "Customer No.", Amount from "Amount", Settled By Date from "settledByDate". The same for all rows: Direction "CREDIT", Currency "EUR", Country "DE" and Scheme "D0000000000000000000000000000002".',
		]);
	});

	it('are shown with their columns before anything is sent', async () => {
		const run = await imburse.run(create({ options: { validateOnly: true } }), { items: [row(1)] });
		expect(run.success[0]?.json).toMatchObject({
			validateOnly: true,
			columns: { ...COLUMNS, metadata: { Police: 'Police' } },
		});
		expect(run.hints.map(({ message }) => message).join()).toContain('Not used: "row_number".');
		expect(writes()).toEqual([]);
	});

	it('are told apart: the good ones are paid, the others named', async () => {
		const items = [
			row(1),
			without('Kunde', row(2)),
			row(3, { 'Auszahlung (EUR)': '1.234,50', 'Schaden-Nr.': null }),
			row(4, { Kunde: 'unknown' }),
			without('Zahlung', row(5)),
		];
		const run = await imburse.run(create(), { items, ...errors });
		expect(paired(run, 'orderRef')).toEqual([['CLM-1', 0]]);
		expect(run.failed.map(sourceOf)).toEqual([1, 2, 3, 4]);
		const messages = failuresOf(run).map(({ message, description }) => `${message} ${description}`);
		expect(messages[0]).toContain(
			'Customer Reference (column "Kunde"): there is no value: this item has no column "Kunde"',
		);
		expect(messages[0]).toContain('Include Empty Cells');
		expect(messages[1]).toContain('Order Reference (column "Schaden-Nr."): there is no value');
		expect(messages[1]).toContain('Amount (column "Auszahlung (EUR)"): "1.234,50" has separators');
		expect(messages[2]).toContain('Customer Reference (column "Kunde"): "unknown" stands for');
		expect(messages[3]).toContain('Instruction Reference (column "Zahlung"): there is no value');
	});

	it('are all held back where one is bad and nothing takes errors', async () => {
		const run = await imburse.run(create(), { items: [row(1), row(2, { Kunde: '' })] });
		expect(run.error?.message).toBe('1 of 2 items cannot be sent');
		expect(run.error?.description).toContain(
			'Item 2: Customer Reference (column "Kunde"): there is no value',
		);
		expect(callsOf(imburse)).toEqual([]);
	});

	it('are refused where two of them are one payment', async () => {
		const run = await imburse.run(create(), { items: [row(1), row(1)], ...errors });
		expect(failuresOf(run).map(({ message }) => message)).toEqual([
			expect.stringContaining('Order Reference'),
			expect.stringContaining('Order Reference'),
		]);
		expect(callsOf(imburse)).toEqual([]);
	});

	it('count against the limits', async () => {
		const run = await imburse.run(create({ options: { maxPayments: 1 } }), {
			items: [row(1), row(2)],
			...errors,
		});
		expect(run.success.map(sourceOf)).toEqual([0]);
		expect(failuresOf(run)[0]?.message).toContain('Max Payments per Execution');
	});

	it('hold data alone: an expression in a cell is not evaluated', async () => {
		const run = await imburse.run(create({ metadataColumns: 'Police' }), {
			items: [
				row(1, { Police: '={{ 1 + 1 }}' }),
				row(2, { 'Schaden-Nr.': "={{ 'CLM-' + 2 }}" }),
				row(3, { Kunde: '{{ $json.Police }}' }),
			],
			...errors,
		});
		expect(run.success.map(({ json }) => json.metadata)).toEqual([{ Police: '={{ 1 + 1 }}' }]);
		expect(run.failed.map(sourceOf)).toEqual([1, 2]);
	});

	it.each(['__proto__', 'constructor', 'toString'])(
		'have no column that JavaScript brings: %s',
		async (name) => {
			const run = await imburse.run(create({ columns: { ...COLUMNS, customerRef: name } }), {
				items: [row(1)],
			});
			expect(run.error?.message).toContain(`no row has a column "${name}"`);
		},
	);

	it('cannot be sent in a form-encoded body', async () => {
		useCredential(imburse, { bodyFormat: 'form' });
		const run = await imburse.run(create(), { items: [row(1)] });
		expect(run.error?.message).toContain('form-encoded');
	});
});

describe('a mapping that is not clear is refused for all rows', () => {
	it.each<[string, () => INodeParameters, IDataObject[], string]>([
		[
			'two columns for one field',
			automatic,
			[usual(1), usual(2, { 'Order Number': 'x' })],
			'Order Reference: it can be the column "Claim No" or "Order Number"',
		],
		[
			'a column in two spellings',
			automatic,
			[usual(1), { ...without('Amount', usual(2)), amount: 5 }],
			'Amount: it can be the column "Amount" or "amount"',
		],
		[
			'an amount under a name of its own',
			automatic,
			[{ ...without('Amount', usual(1)), 'Claim Amount': 5 }],
			'Amount: no column has a name that says it, and nothing is guessed',
		],
		[
			'a column that no row has',
			() => create({ columns: { ...COLUMNS, amount: 'Betrag' } }),
			[row(1)],
			'Columns > Amount: no row has a column "Betrag"',
		],
		[
			'a currency in a column and for all rows',
			automatic,
			[usual(1, { Currency: 'USD' })],
			'Currency: it is given twice',
		],
	])('%s', async (_, parameters, items, reason) => {
		const run = await imburse.run(parameters(), { items, ...errors });
		expect(run.success).toEqual([]);
		expect(
			failuresOf(run).map(({ message, outcome }) => [message.includes(reason), outcome]),
		).toEqual(items.map(() => [true, 'invalid']));
		expect(callsOf(imburse)).toEqual([]);
	});
});

describe('a form that names columns holds no expression', () => {
	it.each<[string, INodeParameters]>([
		['Columns > Amount', { columns: { ...COLUMNS, amount: '={{ $json.Zahlung }}' } }],
		['Same for All Rows > Currency', { sameForAllRows: { currency: '={{ $json.ccy }}' } }],
		['Metadata Columns', { metadataColumns: "={{ ['Police'] }}" }],
	])('%s', async (field, changed) => {
		const run = await imburse.run(create(changed), { items: [row(1)] });
		expect(run.error?.message).toContain(`${field}: it is an expression`);
		expect(callsOf(imburse)).toEqual([]);
	});

	it.each<[string, INodeParameters]>([
		['Specify Payment', { inputMode: "={{ 'columns' }}" }],
		['Mapping Column Mode', { mappingMode: "={{ 'autoMapInputData' }}" }],
	])('%s neither: n8n takes its default in the place of one', async (_, changed) => {
		const run = await imburse.run(create({ columns: {}, ...changed }), { items: [usual(1)] });
		expect(run.status).toBe('error');
		expect(callsOf(imburse)).toEqual([]);
	});

	it('but its options may', async () => {
		const options = { correlationId: '={{ $json.Zahlung }}', waitUntilCreated: false };
		await imburse.run(create({ options }), { items: [row(1)] });
		expect(writes().map(({ headers }) => headers['x-correlation-id'])).toEqual(['CLM-1-1']);
	});
});

it('is no tool of an AI agent, which sets the columns', async () => {
	const options = { allowToolPayments: true, allowChangingReferences: true, maxPayments: 5 };
	const run = await imburse.engine.runTool({
		node: {
			type: `${NODE_TYPE}Tool`,
			credentials: { imburseApi: CREDENTIAL_ID },
			parameters: create({ options }),
		},
		calls: [row(2)],
		items: [row(1)],
	});
	expect(JSON.stringify(run.answers)).toContain(
		'Specify Payment: an AI agent can set every column',
	);
	expect(callsOf(imburse)).toEqual([]);
});

describe('figures as the sheet writes them', () => {
	const german = { amountsWrittenAs: '1.234,56', datesWrittenAs: 'DD.MM.YYYY' };
	const columns = { ...COLUMNS, settledByDate: 'Bis' };
	const figures = { 'Auszahlung (EUR)': '1.480,50', Bis: '01.12.2030' };

	it('are paid as they are meant', async () => {
		const run = await imburse.run(create({ columns, options: german }), {
			items: [row(1, figures)],
		});
		expect(run.error).toBeUndefined();
		expect(bodies()[0]?.instructions).toEqual([
			expect.objectContaining({ amount: '1480.50', settledByDate: '2030-12-01' }),
		]);
	});

	it('are shown by Validate Only as they were understood', async () => {
		const run = await imburse.run(create({ columns, options: { ...german, validateOnly: true } }), {
			items: [row(1, figures)],
		});
		const { body } = run.success[0]!.json.request as IDataObject;
		expect(body).toContain('"amount":"1480.50"');
		expect(body).toContain('"settledByDate":"2030-12-01"');
	});

	it('are paid on a day that has passed or is far ahead, which is said once with its rows', async () => {
		const tomorrow = dayFromNow(1).split('-').reverse().join('.');
		const days = ['01.02.2020', tomorrow, '01.02.2020', '01.12.2206', ''];
		const items = days.map((Bis, index) => row(index + 1, { ...figures, Bis }));
		const run = await imburse.run(create({ columns, options: german }), { items });

		expect(run.success).toHaveLength(items.length);
		expect(run.hints.map(({ message }) => message).filter((text) => /^Items? /.test(text))).toEqual(
			[
				'Item 4: Settled By Date: 2206-12-01 is more than two years ahead. Check the year.',
				'Items 1 and 3: Settled By Date: 2020-02-01 has passed. Check that it is the day that you mean: whether Imburse takes such a day is not documented.',
			],
		);
	});

	it('are refused where no form is chosen, and the options are named with the column', async () => {
		const run = await imburse.run(create({ columns }), { items: [row(1, figures)] });
		expect(run.error?.description).toContain('Amount (column "Auszahlung (EUR)")');
		expect(run.error?.description).toContain('choose 1.234,56 in Options > Amounts Are Written As');
		expect(run.error?.description).toContain('choose DD.MM.YYYY in Options > Dates Are Written As');
		expect(writes()).toEqual([]);
	});

	it('are held to limits that are written plainly', async () => {
		const maxTotals = { total: [{ amount: '1480.49', currency: 'EUR' }] };
		const run = await imburse.run(create({ columns, options: { ...german, maxTotals } }), {
			items: [row(1, figures)],
		});
		expect(run.error?.message).toContain('would come to 1480.5 EUR, and 1480.49 are allowed');
		expect(writes()).toEqual([]);
	});
});
