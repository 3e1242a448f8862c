import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { valid } from '../../../../nodes/Imburse/validation/result.ts';
import {
	parseChanges,
	parseInstruction,
	parseNewInstruction,
	type InstructionInput,
} from '../../../../nodes/Imburse/resources/shared/instructionRequest.ts';
import { valueOf } from '../../validation/outcome.mts';
import { instruction, metadata } from '../instructions.mts';
import { PLAIN_FORMS } from '../../../../nodes/Imburse/resources/shared/writtenForms.ts';
import { SETTING } from '../samples.mts';

const READING = { ...SETTING, forms: PLAIN_FORMS };

const GOOD: InstructionInput = {
	instructionRef: 'I-1',
	customerRef: 'C-1',
	direction: 'CREDIT',
	amount: '10.00',
	currency: 'EUR',
	country: 'DE',
};

describe('an instruction request', () => {
	it('has what was given, as it was given, and nothing else', () => {
		fc.assert(
			fc.property(instruction, metadata, (input, own) => {
				const request = valueOf(parseNewInstruction(input, valid(own), '', READING));
				const { metadata: sent = {}, ...fields } = request;
				expect(fields).toEqual(input);
				expect(Object.entries(sent)).toEqual(Object.entries(own));
				expect('metadata' in request).toBe(Object.keys(own).length > 0);
			}),
		);
	});

	it('never takes anything but texts into its fields', () => {
		const hostile = fc.dictionary(fc.constantFrom(...Object.keys(GOOD), 'schemeId'), fc.anything());
		fc.assert(
			fc.property(hostile, (changed) => {
				const input = { ...GOOD, ...changed } as InstructionInput;
				const result = parseNewInstruction(input, valid({}), '', READING);
				if (!result.ok) return expect(result.errors.length).toBeGreaterThan(0);
				for (const value of Object.values(result.value)) expect(typeof value).toBe('string');
			}),
		);
	});

	it.each(['schemeId', 'financialInstrumentId', 'settledByDate'])(
		'leaves %s out where it is empty',
		(name) => {
			for (const empty of ['', null, undefined]) {
				const input = { ...GOOD, [name]: empty };
				expect(valueOf(parseNewInstruction(input, valid({}), '', READING))).toEqual(GOOD);
			}
		},
	);

	it('names every field that is wrong at once, with its place', () => {
		const result = parseNewInstruction({}, valid({}), 'Instructions > 2', READING);
		expect(result.ok ? [] : result.errors.map(({ field }) => field)).toEqual(
			[
				'Instruction Reference',
				'Customer Reference',
				'Direction',
				'Currency',
				'Amount',
				'Country',
			].map((name) => `Instructions > 2 > ${name}`),
		);
	});
});

describe('the day by which an instruction is to settle', () => {
	const FORMS = { ...PLAIN_FORMS, dates: 'DD.MM.YYYY' } as const;

	it.each([
		['01.01.2030', []],
		['31.12.2029', ['Instructions > 2 > Settled By Date: 2029-12-31 has passed.']],
		['03.01.2032', []],
		[
			'04.01.2032',
			['Instructions > 2 > Settled By Date: 2032-01-04 is more than two years ahead.'],
		],
	])('is %s: a hint only where a person should look again', (settledByDate, hints) => {
		const context = { ...READING, today: '2030-01-02', forms: FORMS };
		const input = { ...GOOD, settledByDate };
		const made = parseNewInstruction(input, valid({}), 'Instructions > 2', context);
		const changed = parseChanges({ settledByDate }, 'Instructions > 2', context);
		for (const result of [made, changed]) {
			const given = result.ok ? result.hints : ['refused'];
			expect(given.map((hint) => hint.replace(/ Check .*/, ''))).toEqual(hints);
		}
	});

	it('is not looked at in what Imburse holds', () => {
		const held = { ...GOOD, settledByDate: '2020-01-01' };
		expect(parseInstruction(held, valid({}), '', 'UTC')).toMatchObject({ ok: true, hints: [] });
	});
});

describe('changes of an instruction', () => {
	it('are validated as far as they are given', () => {
		fc.assert(
			fc.property(instruction, fc.subarray(Object.keys(GOOD)), (input, names) => {
				const changes = Object.fromEntries(
					names.map((name) => [name, input[name as keyof typeof input]]),
				);
				expect(parseChanges(changes, 'Update Fields', { ...SETTING, forms: PLAIN_FORMS }).ok).toBe(
					true,
				);
			}),
		);
	});

	it.each([...Object.keys(GOOD), 'schemeId', 'financialInstrumentId', 'settledByDate'])(
		'cannot make %s empty',
		(name) => {
			for (const empty of ['', null, undefined]) {
				const result = parseChanges({ [name]: empty }, 'Update Fields', {
					...SETTING,
					forms: PLAIN_FORMS,
				});
				expect(result.ok ? [] : result.errors.map(({ reason }) => reason)).toEqual([
					'there is no value',
				]);
			}
		},
	);

	it('are judged with the currency that is given with them', () => {
		const decimals = (currency?: string) =>
			parseChanges({ amount: '1.50', ...(currency ? { currency } : {}) }, 'U', {
				...SETTING,
				forms: PLAIN_FORMS,
			}).ok;
		expect([decimals(), decimals('EUR'), decimals('JPY')]).toEqual([true, true, false]);
	});
});
