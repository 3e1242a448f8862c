import { describe, expect, it } from '@jest/globals';

import {
	describeSimilarNames,
	similarNames,
} from '../../../nodes/Imburse/validation/similarNames.ts';

describe('similarNames', () => {
	it.each(['Due', 'due ', ' due', '\uFEFFdue', 'DUE', 'du\u200Be', 'd-ue', 'd_u e', 'ｄｕｅ'])(
		'takes %j for one that looks like "due"',
		(other) => {
			expect(similarNames('due', ['x', other])).toEqual([other]);
		},
	);

	it.each(['due', 'dues', 'du', ''])('does not take %j for one', (other) => {
		expect(similarNames('due', [other])).toEqual([]);
	});
});

describe('describeSimilarNames', () => {
	it('says how each differs, where that does not show', () => {
		expect(describeSimilarNames('due', ['due ', ' due', '\uFEFFdue', 'Due'])).toBe(
			'"due " (with a space at its end), " due" (with a space at its beginning) and "\\u{FEFF}due" (with a mark at its beginning that does not show)',
		);
	});

	it('says of a mark in the middle that it is there', () => {
		expect(describeSimilarNames('due', ['du\u200Be'])).toBe(
			'"du\\u{200B}e" (with a mark that does not show)',
		);
	});

	it('names one that differs in what shows, and no more', () => {
		expect(describeSimilarNames('due', ['Due'])).toBe('"Due"');
	});

	it('is empty where there is none', () => {
		expect(describeSimilarNames('due', ['date'])).toBe('');
	});
});
