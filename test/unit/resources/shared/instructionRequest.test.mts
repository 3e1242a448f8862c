import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { sameAmount } from '../../../../nodes/Imburse/validation/amount.ts';
import { valid, type ValidationResult } from '../../../../nodes/Imburse/validation/result.ts';
import {
	validateChanges,
	parseInstruction,
	type InstructionInput,
	type InstructionRequest,
} from '../../../../nodes/Imburse/resources/shared/instructionRequest.ts';
import { toRequestFields } from '../../../../nodes/Imburse/resources/instruction/requestFields.ts';
import { INSTRUCTION } from '../samples.mts';

const GOOD: InstructionInput = {
	instructionRef: 'I-1',
	customerRef: 'C-1',
	direction: 'CREDIT',
	amount: '10.00',
	currency: 'EUR',
	country: 'DE',
};

const ALLOWED = 'abcxyzABCXYZ019-_.';
const reference = fc
	.string({ unit: fc.constantFrom(...ALLOWED), minLength: 1, maxLength: 50 })
	.filter((text) => !['.', '..'].includes(text));
const identifier = fc.constantFrom('D0000000000000000000000000000002', 'guid-like-1', 'x');
const cents = fc
	.tuple(fc.integer({ min: 0, max: 999_999_999 }), fc.integer({ min: 0, max: 99 }))
	.filter(([whole, rest]) => whole + rest > 0)
	.map(([whole, rest]) => `${whole}.${String(rest).padStart(2, '0')}`);
const day = fc
	.date({ min: new Date('2020-01-01'), max: new Date('2090-12-31'), noInvalidDate: true })
	.map((date) => date.toISOString().slice(0, 10));

/** An instruction that keeps every rule. */
const instruction = fc.record(
	{
		instructionRef: reference,
		customerRef: reference,
		direction: fc.constantFrom('CREDIT', 'DEBIT'),
		amount: cents,
		currency: fc.constantFrom('EUR', 'GBP', 'USD'),
		country: fc.constantFrom('DE', 'GB', 'IE'),
		schemeId: identifier,
		financialInstrumentId: identifier,
		settledByDate: day,
	},
	{ requiredKeys: ['instructionRef', 'customerRef', 'direction', 'amount', 'currency', 'country'] },
);
const metadata = fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), fc.string(), { maxKeys: 3 });

function valueOf<T>(checked: ValidationResult<T>): T {
	if (!checked.ok) throw new Error(JSON.stringify(checked.errors));
	return checked.value;
}

/** What Imburse answers of an instruction (API reference 5; 9, rows 12 and 23). */
function answerFor({ schemeId, financialInstrumentId, ...flat }: InstructionRequest) {
	return {
		...flat,
		amount: Number(flat.amount),
		settledByDate: flat.settledByDate ? `${flat.settledByDate}T00:00:00.000Z` : null,
		scheme: { schemeId: schemeId ?? null, source: schemeId ? 'MANUALLY_SET' : 'NONE' },
		financialInstrument: {
			financialInstrumentId: financialInstrumentId ?? null,
			source: financialInstrumentId ? 'TRANSACTION' : 'NONE',
		},
	};
}

describe('an instruction request', () => {
	it('has what was given, as it was given, and nothing else', () => {
		fc.assert(
			fc.property(instruction, metadata, (input, own) => {
				const request = valueOf(parseInstruction(input, valid(own), '', 'UTC'));
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
				const checked = parseInstruction(input, valid({}), '', 'UTC');
				if (!checked.ok) return expect(checked.errors.length).toBeGreaterThan(0);
				for (const value of Object.values(checked.value)) expect(typeof value).toBe('string');
			}),
		);
	});

	it.each(['schemeId', 'financialInstrumentId', 'settledByDate'])(
		'leaves %s out where it is empty',
		(name) => {
			for (const empty of ['', null, undefined]) {
				const input = { ...GOOD, [name]: empty };
				expect(valueOf(parseInstruction(input, valid({}), '', 'UTC'))).toEqual(GOOD);
			}
		},
	);

	it('names every field that is wrong at once, with its place', () => {
		const checked = parseInstruction({}, valid({}), 'Instructions > 2', 'UTC');
		expect(checked.ok ? [] : checked.errors.map(({ field }) => field)).toEqual(
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

describe('changes of an instruction', () => {
	it('are checked as far as they are given', () => {
		fc.assert(
			fc.property(instruction, fc.subarray(Object.keys(GOOD)), (input, names) => {
				const changes = Object.fromEntries(
					names.map((name) => [name, input[name as keyof typeof input]]),
				);
				expect(validateChanges(changes, 'Update Fields', 'UTC').ok).toBe(true);
			}),
		);
	});

	it.each([...Object.keys(GOOD), 'schemeId', 'financialInstrumentId', 'settledByDate'])(
		'cannot make %s empty',
		(name) => {
			for (const empty of ['', null, undefined]) {
				const checked = validateChanges({ [name]: empty }, 'Update Fields', 'UTC');
				expect(checked.ok ? [] : checked.errors.map(({ reason }) => reason)).toEqual([
					'there is no value',
				]);
			}
		},
	);

	it('are judged with the currency that is given with them', () => {
		const decimals = (currency?: string) =>
			validateChanges({ amount: '1.50', ...(currency ? { currency } : {}) }, 'U', 'UTC').ok;
		expect([decimals(), decimals('EUR'), decimals('JPY')]).toEqual([true, true, false]);
	});
});

describe('the terms of an instruction that was read', () => {
	it('ask for the same instruction again', () => {
		fc.assert(
			fc.property(instruction, metadata, (input, own) => {
				const request = valueOf(parseInstruction(input, valid(own), '', 'UTC'));
				const terms = {
					...toRequestFields(answerFor(request)),
					instructionRef: request.instructionRef,
				};
				const again = valueOf(parseInstruction(terms, valid(own), '', 'UTC'));
				expect(sameAmount(again.amount, request.amount)).toBe(true);
				expect({ ...again, amount: '' }).toEqual({ ...request, amount: '' });
			}),
		);
	});

	it.each(['NONE', 'CUSTOMER_DEFAULT', 'CUSTOMER', 'TENANT', 'SYSTEM_GENERATED'])(
		'leave out what comes from %s, so that it stays inherited',
		(source) => {
			const scheme = { schemeId: 'D-1', source };
			const financialInstrument = { financialInstrumentId: 'F-1', source };
			const terms = toRequestFields({ ...INSTRUCTION, scheme, financialInstrument });
			expect(Object.keys(terms)).not.toContain('schemeId');
			expect(Object.keys(terms)).not.toContain('financialInstrumentId');
		},
	);

	it.each([undefined, 'MANUALLY_SET', 'TRANSACTION', 'NEW_SOURCE'])(
		'keep what comes from %s',
		(source) => {
			expect(
				toRequestFields({ ...INSTRUCTION, scheme: { schemeId: 'D-1', source } }).schemeId,
			).toBe('D-1');
		},
	);

	it.each(['2030-12-31', '2030-12-31T00:00:00.000Z', '2030-12-31T23:59:59+14:00'])(
		'have the day that %s says',
		(settledByDate) => {
			expect(toRequestFields({ ...INSTRUCTION, settledByDate }).settledByDate).toBe('2030-12-31');
		},
	);

	it('have nothing that the answer lacks', () => {
		expect(JSON.stringify(toRequestFields({}))).toBe('{}');
	});
});
