import { describe, expect, it } from '@jest/globals';
import { compareDecimals, DecimalNumber } from '../../sandbox/decimal.mts';
import { toJson } from '../../sandbox/json.mts';

describe('comparing decimals', () => {
	it.each([
		['1', '1.00', 0],
		['0.10', '0.1', 0],
		['1.01', '1.1', -1],
		['10', '9.99', 1],
		['9007199254740993', '9007199254740992', 1],
		['0.30000000000000004', '0.3', 1],
		['-1', '0', -1],
	])('%s and %s: %d', (left, right, order) => {
		expect(compareDecimals(left, right)).toBe(order);
	});
});

describe('writing JSON', () => {
	it('writes the same as JSON.stringify', () => {
		const value = {
			text: 'a "quoted"\n\u2028 ë',
			list: [1, null, true, [], {}],
			nothing: undefined,
			'a key': { nested: 'x' },
		};
		expect(toJson(value)).toBe(JSON.stringify(value));
	});

	it('keeps every digit of a decimal', () => {
		const amount = new DecimalNumber('9007199254740993.10');
		expect(toJson({ amount, all: [amount] })).toBe(
			'{"amount":9007199254740993.10,"all":[9007199254740993.10]}',
		);
	});
});
