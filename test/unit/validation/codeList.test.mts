import { describe, expect, it } from '@jest/globals';
import {
	byEnglishName,
	byNumber,
	validateCode,
	byLetterCase,
	type CodeList,
} from '../../../nodes/Imburse/validation/codeList.ts';
import { valueOf, errorsOf } from './outcome.mts';

const NUMBERS = new Map([
	['DE', { numeric: '276' }],
	['AL', { numeric: '008' }],
	['XK', {}],
]);

const LIST: CodeList = {
	label: 'country',
	expected: 'two letters, for example DE',
	has: (code) => NUMBERS.has(code),
	alternatives: [
		{ reason: 'is small', codeFor: byLetterCase((code) => NUMBERS.has(code)) },
		{ reason: 'is a number', codeFor: byNumber(NUMBERS) },
		{ reason: 'is a name', codeFor: byEnglishName(NUMBERS, 'region') },
	],
};

const check = (value: unknown) => validateCode(value, 'Country', LIST);

describe('validateCode', () => {
	it('takes a code of the list', () => {
		expect(valueOf(check('DE'))).toBe('DE');
	});

	it.each([
		[undefined, 'there is no value', 'Give two letters, for example DE.'],
		[null, 'there is no value', 'Give two letters, for example DE.'],
		['', 'there is no value', 'Give two letters, for example DE.'],
		['de', '"de" is small', 'Write DE.'],
		[' De ', '" De " is small', 'Write DE.'],
		[' DE', '" DE" is small', 'Write DE.'],
		[276, '276 is a number', 'Write DE.'],
		['276', '"276" is a number', 'Write DE.'],
		[8, '8 is a number', 'Write AL.'],
		['08 ', '"08 " is a number', 'Write AL.'],
		['germany', '"germany" is a name', 'Write DE.'],
		['ALBANIA', '"ALBANIA" is a name', 'Write AL.'],
		['0276', '"0276" is not the code of a country', 'Give two letters, for example DE.'],
		['276x', '"276x" is not the code of a country', 'Give two letters, for example DE.'],
		['x276', '"x276" is not the code of a country', 'Give two letters, for example DE.'],
		['FR', '"FR" is not the code of a country', 'Give two letters, for example DE.'],
		[true, 'true is not the code of a country', 'Give two letters, for example DE.'],
		[['DE'], 'a list is not the code of a country', 'Give two letters, for example DE.'],
		[{}, 'an object is not the code of a country', 'Give two letters, for example DE.'],
	])('refuses %p', (value, reason, fix) => {
		expect(errorsOf(check(value))).toEqual([{ field: 'Country', reason, fix }]);
	});

	it('takes nothing that is no text, whatever the list has', () => {
		expect(validateCode(276, 'Code', { ...LIST, has: () => true, alternatives: [] }).ok).toBe(
			false,
		);
	});

	it('asks in the order of the list', () => {
		const otherwise = ['first', 'second'].map((reason) => ({ reason, codeFor: () => reason }));
		expect(errorsOf(validateCode('?', 'Code', { ...LIST, alternatives: otherwise }))).toEqual([
			{ field: 'Code', reason: '"?" first', fix: 'Write first.' },
		]);
	});

	it('looks for what is neither a text nor a number under no name', () => {
		const otherwise = [{ reason: 'is', codeFor: (text: string) => `[${text}]` }];
		expect(errorsOf(validateCode(true, 'Code', { ...LIST, alternatives: otherwise }))).toEqual([
			{ field: 'Code', reason: 'true is', fix: 'Write [].' },
		]);
	});
});

describe('byEnglishName', () => {
	it('knows currencies as well', () => {
		const codeFor = byEnglishName(new Map([['CHF', 1]]), 'currency');
		expect(codeFor('swiss franc')).toBe('CHF');
		expect(codeFor('euro')).toBeUndefined();
	});
});
