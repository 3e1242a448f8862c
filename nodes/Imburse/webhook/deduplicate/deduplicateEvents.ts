import { LEASE_MS, type InMemoryStates } from './inMemoryStates';
import type { StoredStates, StateTimes } from './storedStates';

/** What this process and n8n know of the trigger's events. */
export interface EventStates {
	inMemory: InMemoryStates;
	stored: StoredStates;
}

export interface StoreOptions {
	/** How long an event is known. Milliseconds. */
	windowMs: number;
	/** Whether an event counts as delivered only when the workflow has ended. */
	waitsForWorkflow: boolean;
}

export type DeduplicationResult =
	/** Which events are new, in the order of the delivery, and the hashes of the new ones. */
	| { kind: 'deduplicated'; isNew: boolean[]; newHashes: string[] }
	/** The event at that place of the delivery is pending. */
	| { kind: 'pending'; index: number };

/**
 * Finds the new events of a delivery and marks them as pending. If one of the events is pending
 * already, none is marked: the delivery has to come again when that one has ended.
 *
 * @param hashes of the events' keys, in the order of the delivery
 * @param windowMs how long an event is known; milliseconds
 * @param now milliseconds since 1970
 */
export function deduplicateEvents(
	hashes: readonly string[],
	known: EventStates,
	windowMs: number,
	now: number,
): DeduplicationResult {
	dropOutdated(known, now - windowMs, now);
	const states = hashes.map((hash) => stateOf(hash, known, now));
	const index = states.indexOf('pending');
	if (index >= 0) return { kind: 'pending', index };
	const newHashes = new Set<string>();
	const isNew = hashes.map((hash, place) => {
		if (states[place] !== 'new' || newHashes.has(hash)) return false;
		newHashes.add(hash);
		return true;
	});
	for (const hash of newHashes) known.inMemory.set(hash, 'pending', now);
	return { kind: 'deduplicated', isNew, newHashes: [...newHashes] };
}

/**
 * What n8n is to store of a delivery, at the moment at which it stores it: all that this process knows
 * by then, so that deliveries at the same moment do not overwrite each other's states. n8n 2.x stores
 * only after it has started the workflow, and n8n 1.x just before: the delivery's own events count as
 * delivered from then on. Events of other deliveries that n8n has not stored yet stay pending.
 *
 * @param newHashes of the delivery
 * @param now milliseconds since 1970
 */
export function statesToStore(
	newHashes: readonly string[],
	known: EventStates,
	{ windowMs, waitsForWorkflow }: StoreOptions,
	now: number,
): StoredStates {
	const { inMemory, stored } = known;
	if (!waitsForWorkflow) for (const hash of newHashes) inMemory.set(hash, 'delivered', now);
	dropOutdated(known, now - windowMs, now);
	for (const [hash, at] of inMemory.recentlyDelivered()) {
		// In the order of time, so that what is stored needs no sorting.
		stored.delivered.delete(hash);
		stored.delivered.set(hash, toSeconds(at));
		stored.pending.delete(hash);
	}
	for (const [hash, at] of inMemory.entriesIn('pending')) {
		if (!stored.delivered.has(hash)) stored.pending.set(hash, toSeconds(at));
	}
	return stored;
}

function stateOf(
	hash: string,
	{ inMemory, stored }: EventStates,
	now: number,
): 'pending' | 'delivered' | 'new' {
	const state = inMemory.get(hash, now);
	if (state === 'failed') return 'new';
	if (state !== undefined) return state;
	if (stored.delivered.has(hash)) return 'delivered';
	const since = stored.pending.get(hash);
	return since !== undefined && now - since * 1000 < LEASE_MS ? 'pending' : 'new';
}

/**
 * Drops what is older than the window, and of the stored states what this process knows better: a
 * failure is known only after n8n has stored the event.
 */
function dropOutdated({ inMemory, stored }: EventStates, oldest: number, now: number): void {
	inMemory.readLateResponses(now);
	inMemory.prune(oldest, now);
	for (const times of [stored.delivered, stored.pending]) {
		for (const [hash, at] of times) if (at * 1000 < oldest) times.delete(hash);
		dropFailed(times, inMemory);
	}
}

/** Drops what has failed in this process, unless another process has taken it since. */
function dropFailed(stored: StateTimes, inMemory: InMemoryStates): void {
	for (const [hash, storedAt] of stored) {
		const failedAt = inMemory.timeOf(hash, 'failed');
		if (failedAt === undefined) continue;
		if (storedAt > toSeconds(failedAt)) inMemory.delete(hash);
		else stored.delete(hash);
	}
}

function toSeconds(milliseconds: number): number {
	return Math.floor(milliseconds / 1000);
}
