import { expect, it } from '@jest/globals';
import { isJsonObject } from '../../../nodes/Imburse/api/jsonObject.ts';

const PROTO: unknown = JSON.parse('{"__proto__":1}');

it.each([[{}], [{ a: 1 }], [PROTO]])('%j is an object of JSON', (value) => {
	expect(isJsonObject(value)).toBe(true);
});

it.each([[null], [undefined], [[]], [[{}]], ['{}'], [1], [true]])('%j is none', (value) => {
	expect(isJsonObject(value)).toBe(false);
});
