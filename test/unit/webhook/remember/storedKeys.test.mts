import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	readStoredKeys,
	writeStoredKeys,
} from '../../../../nodes/Imburse/webhook/remember/storedKeys.ts';

const SECOND = 1_796_040_000;

describe('stored keys', () => {
	it('come back as they were written, by way of JSON', () => {
		const stored = { seen: new Map([['a', SECOND]]), pending: new Map([['b', SECOND + 1]]) };
		const staticData = { registration: { url: 'kept' } };
		writeStoredKeys(staticData, stored);
		expect(readStoredKeys(JSON.parse(JSON.stringify(staticData)) as never)).toEqual(stored);
		expect(staticData.registration).toEqual({ url: 'kept' });
	});

	it('are the newest thousand of each kind', () => {
		const times = Array.from(
			{ length: 1500 },
			(_, index) => [`k${index}`, SECOND - index] as const,
		);
		const staticData = {};
		writeStoredKeys(staticData, { seen: new Map(times), pending: new Map(times) });
		const { seen, pending } = readStoredKeys(staticData);
		const newest = times.slice(0, 1000).map(([key]) => key);
		expect([...seen.keys()].sort()).toEqual([...newest].sort());
		expect(pending.size).toBe(1000);
	});

	it('are none where anything else stands there', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (events) => {
				const { seen, pending } = readStoredKeys({ events });
				for (const time of [...seen.values(), ...pending.values()]) {
					expect(Number.isFinite(time)).toBe(true);
				}
			}),
		);
		expect(readStoredKeys({})).toEqual({ seen: new Map(), pending: new Map() });
	});
});
