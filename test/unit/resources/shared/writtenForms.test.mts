import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import {
	AMOUNT_FORM,
	DATE_FORM,
	PLAIN_FORMS,
	validateWrittenAmount,
	validateWrittenDate,
	writtenForms,
} from '../../../../nodes/Imburse/resources/shared/writtenForms.ts';
import { operationNamed } from '../../../../nodes/Imburse/resources/index.ts';
import {
	AMOUNT_FORMS,
	type AmountForm,
} from '../../../../nodes/Imburse/validation/writtenAmount.ts';
import { DATE_FORMS, type DateForm } from '../../../../nodes/Imburse/validation/writtenDate.ts';
import { PARAMETERS, SETTING } from '../samples.mts';

const amount = (value: unknown, form: AmountForm, currency = 'EUR') =>
	validateWrittenAmount(value, form, currency, 'Amount');
const date = (value: unknown, form: DateForm) => validateWrittenDate(value, form, 'Day', 'UTC');
const fixOf = (result: ReturnType<typeof amount>) => (result.ok ? 'taken' : result.errors[0]?.fix);

describe('the two options', () => {
	it('offer every form, under names that are stored in workflows', () => {
		const offered = [AMOUNT_FORM, DATE_FORM].map(({ options }) => options.map((one) => one.value));
		expect(offered.map((values) => new Set(values))).toEqual([
			new Set(AMOUNT_FORMS),
			new Set(DATE_FORMS),
		]);
		expect([AMOUNT_FORM.name, DATE_FORM.name]).toEqual(['amountsWrittenAs', 'datesWrittenAs']);
		expect([AMOUNT_FORM.default, DATE_FORM.default]).toEqual(['1234.56', 'iso']);
	});

	it('are plain where nothing, or nothing that is known, is chosen', () => {
		for (const chosen of ['', 'toString', '1.234', null, 5, ['1.234,56']]) {
			const options = { amountsWrittenAs: chosen, datesWrittenAs: chosen };
			expect(writtenForms({ options })).toEqual(PLAIN_FORMS);
		}
		expect(writtenForms({})).toEqual(PLAIN_FORMS);
	});
});

describe('an amount that is refused', () => {
	it.each<[unknown, AmountForm, string]>([
		[
			'1.480,50',
			'1234.56',
			'Write 1480.50. Where all your data is written so, choose 1.234,56 in Options > Amounts Are Written As.',
		],
		[
			'1480,50',
			'1234.56',
			'Write 1480.50. Where all your data is written so, choose 1.234,56 or 1 234,56 in Options > Amounts Are Written As.',
		],
		[
			'1480.50',
			'1.234,56',
			"Correct it in your data. Options > Amounts Are Written As is set to 1.234,56. Where all your data is written so, choose 1234.56 or 1,234.56 or 1'234.56 in Options > Amounts Are Written As.",
		],
		[
			'14.80',
			'minorUnits',
			"Correct it in your data. Options > Amounts Are Written As is set to Minor Units (123456). Where all your data is written so, choose 1234.56 or 1,234.56 or 1'234.56 in Options > Amounts Are Written As.",
		],
	])('%j as %s names the option and the forms that fit', (value, form, fix) => {
		expect(fixOf(amount(value, form))).toBe(fix);
	});

	it.each<[unknown, AmountForm, string, string]>([
		['45,555', '1.234,56', '"45,555" has more decimals than EUR, which has 2', 'Round it'],
		['1.480,500', '1.234,56', '"1.480,500" has more decimals than EUR', 'Leave out the zeros'],
		['1 480,505', '1 234,56', '"1 480,505" has more decimals than EUR', 'Round it'],
		['1.480.500', '1.234,56', 'taken', 'taken'],
		['0,00', '1.234,56', '"0,00" is zero', 'Imburse takes amounts greater than zero'],
		['0.00', "1'234.56", '"0.00" is zero', 'Imburse takes amounts greater than zero'],
		['0', 'minorUnits', '"0" is zero', 'Imburse takes amounts greater than zero'],
		[0, 'minorUnits', '"0" is zero', 'Imburse takes amounts greater than zero'],
		['1.234.567.890.123,45', '1.234,56', 'taken', 'taken'],
		['1.234.567.890.123.456', '1.234,56', '"1.234.567.890.123.456" has more than 15', 'Check'],
	])('%j as %s is shown as the data writes it', (value, form, reason, fix) => {
		const result = amount(value, form);
		expect(result.ok ? 'taken' : result.errors[0]?.reason).toContain(reason);
		expect(fixOf(result)).toContain(fix);
		expect(fixOf(result)).not.toContain('If the point');
	});

	it('names the option wherever a form is chosen', () => {
		for (const value of ['abc', '-5', '0', '1.480,555', '1.480.50', 1.005, {}]) {
			expect(fixOf(amount(value, '1.234,56'))).toContain(
				'Options > Amounts Are Written As is set to 1.234,56.',
			);
		}
	});

	it('does not name it where no form would help', () => {
		for (const value of ['abc', '-5', '', null, '0', '1.2.3', {}]) {
			expect(fixOf(amount(value, '1234.56'))).not.toContain('Options >');
		}
	});
});

describe('a date that is refused', () => {
	it.each<[unknown, DateForm, string]>([
		['03/04/2026', 'iso', 'choose DD/MM/YYYY or MM/DD/YYYY in Options > Dates Are Written As.'],
		['31/12/2026', 'iso', 'choose DD/MM/YYYY in Options > Dates Are Written As.'],
		['03.04.2026', 'iso', 'choose DD.MM.YYYY in Options > Dates Are Written As.'],
		[46115, 'iso', 'choose Serial Day of a Spreadsheet (46356) in Options > Dates Are Written As.'],
		['2026-04-03', 'DD.MM.YYYY', 'choose YYYY-MM-DD in Options > Dates Are Written As.'],
		['soon', 'DD.MM.YYYY', 'Options > Dates Are Written As is set to DD.MM.YYYY.'],
	])('%j as %s names the option', (value, form, end) => {
		const fix = fixOf(date(value, form));
		expect(fix?.endsWith(end)).toBe(true);
	});
});

/** What each operation has of an amount or a date that is written in another form. */
const OPERATIONS: ReadonlyArray<
	[resource: string, operation: string, written: IDataObject, understood: string[]]
> = [
	[
		'paymentOrder',
		'create',
		{
			instructionsInputMode: 'fields',
			instructions: {
				instruction: [
					{ ...PARAMETERS, amount: '1.480,50', additionalFields: { settledByDate: '31.12.2030' } },
				],
			},
			metadata: {},
		},
		['"amount":"1480.50"', '"settledByDate":"2030-12-31"'],
	],
	[
		'paymentOrder',
		'create',
		{
			instructionsInputMode: 'json',
			instructionsJson: JSON.stringify([
				{
					instructionRef: 'I-1',
					customerRef: 'C-1',
					direction: 'CREDIT',
					amount: '1.480,50',
					currency: 'EUR',
					country: 'DE',
					settledByDate: '31.12.2030',
				},
			]),
			metadata: {},
		},
		['"amount":"1480.50"', '"settledByDate":"2030-12-31"'],
	],
	[
		'instruction',
		'create',
		{ amount: '1.480,50', additionalFields: { settledByDate: '31.12.2030' } },
		['"amount":"1480.50"', '"settledByDate":"2030-12-31"'],
	],
	[
		'instruction',
		'update',
		{ updateFields: { amount: '1.480,50', currency: 'EUR', settledByDate: '31.12.2030' } },
		['"amount":"1480.50"', '"settledByDate":"2030-12-31"'],
	],
	['scheme', 'getPayoutOptions', { amount: '1.480,50' }, ['"amount":"1480.50"']],
	['reward', 'search', { filters: { amount: '1.480,50' } }, ['"amount":"1480.50"']],
];

describe.each(OPERATIONS)('%s.%s', (resource, name, written, understood) => {
	const operation = operationNamed(resource, name)!;
	const plan = (options: IDataObject) =>
		operation.prepare({ ...PARAMETERS, ...written, options }, SETTING);

	it('understands amounts and dates as the options say', () => {
		const result = plan({ amountsWrittenAs: '1.234,56', datesWrittenAs: 'DD.MM.YYYY' });
		expect(result.ok ? [] : result.errors).toEqual([]);
		const { request, changes } = (result as Extract<typeof result, { ok: true }>).value;
		const told = JSON.stringify([request.query, changes]) + (request.body?.text ?? '');
		for (const text of understood) expect(told).toContain(text);
	});

	it('refuses them without, and names the options', () => {
		const result = plan({});
		const fixes = result.ok ? [] : result.errors.map(({ fix }) => fix);
		expect(fixes).toHaveLength(understood.length);
		for (const fix of fixes) expect(fix).toContain('Written As.');
	});
});

describe('a change of an amount in minor units', () => {
	const update = (updateFields: IDataObject) =>
		operationNamed('instruction', 'update')!.prepare(
			{ ...PARAMETERS, updateFields, options: { amountsWrittenAs: 'minorUnits' } },
			SETTING,
		);

	it('counts with what it is in its currency', () => {
		const result = update({ amount: '148050', currency: 'EUR' });
		expect(result.ok && result.value.money).toEqual([{ amount: '1480.50', currency: 'EUR' }]);
	});

	it('is refused where the currency is not beside it', () => {
		const result = update({ amount: '148050' });
		expect(result.ok ? '' : result.errors[0]?.reason).toContain('without a currency');
	});
});
