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
const DELIVERIES = 100;

/** A trigger that knows so many events, and delivers new ones from reading what is stored to writing it. */
class KnowingTrigger {
	private readonly inMemory = new InMemoryStates();
	private database = '{}';
	/** The least milliseconds of a delivery. */
	least = Infinity;

	constructor(known: number) {
		for (let index = 0; index < known; index++) {
			this.inMemory.set(digest(`old ${index}`), 'delivered', NOW);
		}
	}

	deliver(key: string, now: number): void {
		const started = performance.now();
		const stored = readStoredStates(JSON.parse(this.database) as Record<string, never>);
		const states = { inMemory: this.inMemory, stored };
		const result = deduplicateEvents([digest(key)], states, OPTIONS.windowMs, now);
		if (result.kind === 'pending') throw new Error('It is pending');
		const staticData = {};
		writeStoredStates(staticData, () => statesToStore(result.newHashes, states, OPTIONS, now));
		this.database = JSON.stringify(staticData);
		for (const hash of result.newHashes) this.inMemory.set(hash, 'delivered', now);
		this.least = Math.min(this.least, performance.now() - started);
	}
}

it('takes a delivery no more time with 20,000 known events than with 1,000', () => {
	const few = new KnowingTrigger(1_000);
	const many = new KnowingTrigger(20_000);
	// In turns, so that a busy machine slows both.
	for (let index = 0; index < DELIVERIES; index++) {
		for (const trigger of [few, many]) trigger.deliver(`new ${index}`, NOW + index);
	}
	expect(many.least).toBeLessThan(3 * few.least + 1);
});
