import { describe, expect, it } from '@jest/globals';
import { asJsonObject, isJsonObject } from '../../../nodes/Imburse/validation/jsonObject.ts';

const PROTO: unknown = JSON.parse('{"__proto__":1}');
const OBJECTS: Array<[unknown]> = [[{}], [{ a: 1 }], [PROTO]];
const OTHERS: Array<[unknown]> = [[null], [undefined], [[]], [[{}]], ['{}'], [1], [true]];

describe('isJsonObject', () => {
	it.each(OBJECTS)('takes %j for an object of JSON', (value) => {
		expect(isJsonObject(value)).toBe(true);
	});

	it.each(OTHERS)('takes %j for none', (value) => {
		expect(isJsonObject(value)).toBe(false);
	});
});

describe('asJsonObject', () => {
	it.each(OBJECTS)('returns %j as it is', (value) => {
		expect(asJsonObject(value)).toBe(value);
	});

	it.each(OTHERS)('returns an empty object for %j', (value) => {
		expect(asJsonObject(value)).toEqual({});
	});
});
