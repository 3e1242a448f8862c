import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { PAYMENT_COLUMNS } from '../../../../nodes/Imburse/resources/shared/columnMapping.ts';
import { errorsOf, hintsOf, reasonsOf, valueOf } from '../../validation/outcome.mts';

const SAME = { direction: 'CREDIT', currency: 'EUR', country: 'DE' };
const ODD = ['Schaden-Nr.', 'Zahlung', 'Kunde', 'Betrag', 'Notiz'];
const ODD_COLUMNS = {
	orderRef: 'Schaden-Nr.',
	instructionRef: 'Zahlung',
	customerRef: 'Kunde',
	amount: 'Betrag',
};

function manual(changed: IDataObject = {}, headers = ODD, rest: IDataObject = {}) {
	const columns = { ...ODD_COLUMNS, ...changed };
	return PAYMENT_COLUMNS.map(
		{ mappingMode: 'defineBelow', columns, sameForAllRows: SAME, ...rest },
		headers,
	);
}

function automatic(headers: string[], same: IDataObject = SAME, rest: IDataObject = {}) {
	return PAYMENT_COLUMNS.map(
		{ mappingMode: 'autoMapInputData', sameForAllRows: same, ...rest },
		headers,
	);
}

const USUAL = ['Claim No', 'Payment Ref', 'Customer ID', 'Amount'];

describe('columns that are named', () => {
	it('are found, in any spelling of their name', () => {
		expect(valueOf(manual()).fields).toEqual(ODD_COLUMNS);
		expect(valueOf(manual({ amount: 'BETRAG ', orderRef: "['Schaden-Nr.']" })).fields).toEqual(
			ODD_COLUMNS,
		);
	});

	it('may hold what could be the same for all rows, and what is optional', () => {
		const headers = [...ODD, 'CCY', 'Fällig'];
		const changed = { currency: 'ccy', settledByDate: 'fällig', schemeId: '' };
		const rest = { sameForAllRows: { ...SAME, currency: '' } };
		expect(valueOf(manual(changed, headers, rest)).fields).toEqual({
			...ODD_COLUMNS,
			currency: 'CCY',
			settledByDate: 'Fällig',
		});
	});

	it.each<[string, IDataObject, string[], string[]]>([
		[
			'that no row has',
			{ amount: 'Summe' },
			ODD,
			['Columns > Amount: no row has a column "Summe"'],
		],
		['that was left empty', { amount: ' ' }, ODD, ['Columns > Amount: no column is named']],
		['that is no text', { amount: 5 }, ODD, ['Columns > Amount: 5 is not the name of a column']],
		[
			'that another has in another spelling',
			{},
			[...ODD, 'betrag'],
			['Columns > Amount: it can be the column "Betrag" or "betrag"'],
		],
		[
			'that is that of another field',
			{ amount: 'Kunde' },
			ODD,
			['Columns > Amount: the column "Kunde" is also that of Customer Reference'],
		],
		[
			'inside an object',
			{ amount: 'betrag.brutto' },
			ODD,
			['Columns > Amount: no row has a column "betrag.brutto"'],
		],
	])('are refused: one %s', (_, changed, headers, reasons) => {
		expect(reasonsOf(manual(changed, headers))).toEqual(reasons);
	});

	it('may be one for several references', () => {
		const changed = { instructionRef: 'Schaden-Nr.', customerRef: 'Schaden-Nr.' };
		expect(valueOf(manual(changed)).fields).toEqual({ ...ODD_COLUMNS, ...changed });
	});

	it('are refused together with what is missing', () => {
		const rest = { sameForAllRows: { direction: '', country: 'DE' } };
		expect(reasonsOf(manual({ orderRef: 'x', amount: '' }, ODD, rest))).toEqual([
			'Columns > Order Reference: no row has a column "x"',
			'Columns > Amount: no column is named',
			'Columns > Direction: it is neither here nor under Same for All Rows',
			'Columns > Currency: it is neither here nor under Same for All Rows',
		]);
	});

	it('tell of names that look alike, or of all that there are', () => {
		const [similar] = errorsOf(manual({ amount: 'Betrag.' }));
		expect(similar?.fix).toMatch(/^There is "Betrag"\. /);
		const [none] = errorsOf(manual({ amount: 'Summe' }));
		expect(none?.fix).toMatch(
			/^Found: "Schaden-Nr\.", "Zahlung", "Kunde", "Betrag" and "Notiz"\. /,
		);
		const [many] = errorsOf(
			manual({ amount: 'Summe' }, [...ODD, ...Array.from({ length: 30 }, (_, n) => `c${n}`)]),
		);
		expect(many?.fix).toContain('and 15 more. ');
	});
});

describe('columns that are found by their names', () => {
	it('are those that say what they hold', () => {
		const headers = [...USUAL, 'Settled By Date', 'Notes'];
		expect(valueOf(automatic(headers)).fields).toEqual({
			orderRef: 'Claim No',
			instructionRef: 'Payment Ref',
			customerRef: 'Customer ID',
			amount: 'Amount',
			settledByDate: 'Settled By Date',
		});
	});

	it("are those with Imburse's own names", () => {
		const all = {
			orderRef: 'orderRef',
			instructionRef: 'instructionRef',
			customerRef: 'customerRef',
			direction: 'direction',
			amount: 'amount',
			currency: 'currency',
			country: 'country',
			schemeId: 'schemeId',
			settledByDate: 'settledByDate',
			financialInstrumentId: 'financialInstrumentId',
		};
		expect(valueOf(automatic(Object.keys(all), {})).fields).toEqual(all);
	});

	it.each<[string, string[], IDataObject, string[]]>([
		[
			'two that say the same',
			[...USUAL, 'Order Number'],
			SAME,
			['Order Reference: it can be the column "Claim No" or "Order Number"'],
		],
		[
			'two spellings of an amount',
			[...USUAL, 'a-mount'],
			SAME,
			['Amount: it can be the column "Amount" or "a-mount"'],
		],
		[
			'an amount under another name',
			['Claim No', 'Payment Ref', 'Customer ID', 'Total'],
			SAME,
			['Amount: no column has a name that says it, and nothing is guessed'],
		],
		[
			'a currency and a direction under another name',
			[...USUAL, 'Ccy', 'Type'],
			{ country: 'DE' },
			[
				'Direction: no column has a name that says it, and nothing is guessed',
				'Currency: no column has a name that says it, and nothing is guessed',
			],
		],
		[
			'a currency in a column and for all rows',
			[...USUAL, 'Currency'],
			SAME,
			['Currency: it is given twice: under Same for All Rows, and by the column "Currency"'],
		],
		[
			'rows without columns',
			[],
			SAME,
			['Order Reference', 'Instruction Reference', 'Customer Reference', 'Amount'].map(
				(field) => `${field}: no column has a name that says it, and nothing is guessed`,
			),
		],
	])('are refused: %s', (_, headers, same, reasons) => {
		expect(reasonsOf(automatic(headers, same))).toEqual(reasons);
	});

	it('tell which columns there are', () => {
		const [error] = errorsOf(automatic(['Claim No', 'Payment Ref', 'Customer ID', 'Total']));
		expect(error?.fix).toBe(
			'Found: "Claim No", "Payment Ref", "Customer ID" and "Total". Name the column that holds it "amount", or choose Map Each Column Manually.',
		);
	});
});

describe('columns of metadata', () => {
	const metadata = (metadataColumns: unknown, headers = ODD) =>
		manual({}, headers, { metadataColumns: metadataColumns as string });

	it.each<[string, Record<string, string>]>([
		['Notiz, schaden_nr.', { Notiz: 'Notiz', 'schaden_nr.': 'Schaden-Nr.' }],
		["['Notiz'], Kunde", { Notiz: 'Notiz', Kunde: 'Kunde' }],
		['Nowhere', { Nowhere: 'Nowhere' }],
		['', {}],
		['__proto__', { ['__proto__']: '__proto__' }],
	])('are keys under the names that were written: %s', (written, expected) => {
		expect(valueOf(metadata(written)).metadata).toEqual(expected);
	});

	it.each<[unknown, string[], string]>([
		['Notiz, Notiz', ODD, 'Metadata Columns > Notiz: the column is named twice'],
		[
			'Notiz',
			[...ODD, 'notiz'],
			'Metadata Columns > Notiz: it can be the column "Notiz" or "notiz"',
		],
		[5, ODD, 'Metadata Columns: 5 is not a text with names of fields'],
	])('are refused: %j', (written, headers, reason) => {
		expect(reasonsOf(metadata(written, headers))).toEqual([reason]);
	});
});

describe('the hint', () => {
	it('says which column goes where, what is the same for all, and what is not used', () => {
		expect(hintsOf(manual({}, [...ODD, 'x'], { metadataColumns: 'Kunde, Zahlung' }))).toEqual([
			'Columns: Order Reference from "Schaden-Nr.", Instruction Reference from "Zahlung", Customer Reference from "Kunde", Amount from "Betrag". Metadata from "Kunde" and "Zahlung". The same for all rows: Direction "CREDIT", Currency "EUR" and Country "DE". Not used: "Notiz" and "x".',
		]);
		expect(hintsOf(automatic([...USUAL, 'direction', 'currency', 'country'], {}))[0]).toMatch(
			/^Columns: .*"country"\.$/,
		);
	});

	it('warns of a reference that is the place of a row', () => {
		expect(hintsOf(manual({ orderRef: 'row_number' }, [...ODD, 'row_number']))[1]).toMatch(
			/^Order Reference: the column "row_number" looks like the place of a row\. /,
		);
	});
});

it('what is the same for all rows has no empty fields, and the ID of a scheme', () => {
	const schemeId = { __rl: true, mode: 'list', value: 'D-1' };
	const same = (more: IDataObject) =>
		valueOf(manual({}, ODD, { sameForAllRows: { ...SAME, ...more } })).same;
	expect(same({ schemeId })).toEqual({ ...SAME, schemeId: 'D-1' });
	expect(same({ schemeId: { ...schemeId, value: '' } })).toEqual(SAME);
});
