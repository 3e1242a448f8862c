import { expect, it } from '@jest/globals';
import { isRecord } from '../../../nodes/Imburse/api/records.ts';

const PROTO: unknown = JSON.parse('{"__proto__":1}');

it.each([[{}], [{ a: 1 }], [PROTO]])('%j is an object of JSON', (value) => {
	expect(isRecord(value)).toBe(true);
});

it.each([[null], [undefined], [[]], [[{}]], ['{}'], [1], [true]])('%j is none', (value) => {
	expect(isRecord(value)).toBe(false);
});
