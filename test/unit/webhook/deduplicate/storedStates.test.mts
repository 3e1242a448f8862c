import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import {
	readStoredStates,
	writeStoredStates,
} from '../../../../nodes/Imburse/webhook/deduplicate/storedStates.ts';

const SECOND = 1_796_040_000;

/** What n8n reads at the next call. */
const asStored = (staticData: object) => JSON.parse(JSON.stringify(staticData)) as IDataObject;

describe('stored states', () => {
	it('come back from JSON, and leave the other stored keys alone', () => {
		const stored = { delivered: new Map([['a', SECOND]]), pending: new Map([['b', SECOND + 1]]) };
		const staticData = { registration: { url: 'kept' } };
		writeStoredStates(staticData, () => stored);
		expect(readStoredStates(asStored(staticData))).toEqual(stored);
		expect(asStored(staticData)).toEqual({
			events: { seen: { a: SECOND }, pending: { b: SECOND + 1 } },
			registration: { url: 'kept' },
		});
	});

	it('are those that are known when n8n stores them', () => {
		const delivered = new Map<string, number>();
		const staticData = {};
		writeStoredStates(staticData, () => ({ delivered, pending: new Map() }));
		delivered.set('later', SECOND);
		expect(readStoredStates(asStored(staticData)).delivered).toEqual(delivered);
	});

	it('are the newest thousand of each state', () => {
		const times = Array.from(
			{ length: 1500 },
			(_, index) => [`k${index}`, SECOND - index] as const,
		);
		const staticData = {};
		writeStoredStates(staticData, () => ({
			delivered: new Map(times),
			pending: new Map(times),
		}));
		const { delivered, pending } = readStoredStates(asStored(staticData));
		const newest = times.slice(0, 1000).map(([key]) => key);
		expect([...delivered.keys()].sort()).toEqual([...newest].sort());
		expect(pending.size).toBe(1000);
	});

	it('are empty where anything else is stored', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (events) => {
				const { delivered, pending } = readStoredStates({ events });
				for (const time of [...delivered.values(), ...pending.values()]) {
					expect(Number.isFinite(time)).toBe(true);
				}
			}),
		);
		expect(readStoredStates({})).toEqual({ delivered: new Map(), pending: new Map() });
	});
});
