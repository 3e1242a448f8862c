import { expect, it } from '@jest/globals';
import { digest } from '../../../../nodes/Imburse/n8n/digest.ts';
import {
	deduplicateEvents,
	statesToStore,
} from '../../../../nodes/Imburse/webhook/deduplicate/deduplicateEvents.ts';
import { InMemoryStates } from '../../../../nodes/Imburse/webhook/deduplicate/inMemoryStates.ts';
import {
	readStoredStates,
	writeStoredStates,
} from '../../../../nodes/Imburse/webhook/deduplicate/storedStates.ts';
import { NOW } from '../deliveries.mts';

const HOUR = 3_600_000;
const OPTIONS = { windowMs: 72 * HOUR, waitsForWorkflow: false };
const DELIVERIES = 50;

/** The least milliseconds of a delivery, from reading what is stored to writing it, if so many are known. */
function timeOfDelivery(known: number): number {
	const inMemory = new InMemoryStates();
	for (let index = 0; index < known; index++)
		inMemory.set(digest(`old ${index}`), 'delivered', NOW);
	let database = '{}';
	const deliver = (key: string, now: number) => {
		const stored = readStoredStates(JSON.parse(database) as Record<string, never>);
		const states = { inMemory, stored };
		const result = deduplicateEvents([digest(key)], states, OPTIONS.windowMs, now);
		if (result.kind === 'pending') throw new Error('It is pending');
		const staticData = {};
		writeStoredStates(staticData, () => statesToStore(result.newHashes, states, OPTIONS, now));
		database = JSON.stringify(staticData);
		for (const hash of result.newHashes) inMemory.set(hash, 'delivered', now);
	};
	const times = Array.from({ length: DELIVERIES }, (_, index) => {
		const started = performance.now();
		deliver(`new ${index}`, NOW + index);
		return performance.now() - started;
	});
	return Math.min(...times);
}

it('takes a delivery no more time with 20,000 known events than with 1,000', () => {
	timeOfDelivery(1_000);
	const few = timeOfDelivery(1_000);
	const many = timeOfDelivery(20_000);
	expect(many).toBeLessThan(3 * few + 1);
});
