import { createHash } from 'node:crypto';

import { LEASE_MS, type InMemoryStates } from './inMemoryStates';
import type { StoredStates } from './storedStates';

/** What is remembered of the trigger's events, in this process and by n8n. */
export interface EventStates {
	inMemory: InMemoryStates;
	stored: StoredStates;
}

export interface DeduplicationOptions {
	/** Milliseconds for which an event is remembered. */
	windowMs: number;
	/** Whether an event counts as taken only when the workflow has ended. */
	waitsForWorkflow: boolean;
}

/** What a delivery brings that was not there before. */
export type DeduplicationResult =
	| { kind: 'deduplicated'; isNew: boolean[]; hashes: string[] }
	| { kind: 'pending'; eventKey: string };

/**
 * Finds out which events of a delivery are new, and marks those as under way. Where one of them is
 * under way already, nothing is marked: the delivery has to come again when that one has ended.
 *
 * @param eventKeys of the events in the order of the delivery
 * @param now milliseconds since 1970
 */
export function deduplicateEvents(
	eventKeys: readonly string[],
	{ inMemory: memory, stored }: EventStates,
	{ windowMs: window, waitsForWorkflow: waitsForEnd }: DeduplicationOptions,
	now: number,
): DeduplicationResult {
	updateStored(memory, stored, now - window, now);
	const hashes = eventKeys.map(hashOf);
	const states = hashes.map((hash) => stateOf(hash, memory, stored, now));
	const pending = states.indexOf('pending');
	if (pending >= 0) return { kind: 'pending', eventKey: eventKeys[pending] ?? '' };
	const known = new Set<string>();
	const fresh = hashes.map((hash, index) => {
		const isFresh = states[index] === 'new' && !known.has(hash);
		known.add(hash);
		return isFresh;
	});
	const newHashes = hashes.filter((_, index) => fresh[index]);
	for (const hash of newHashes) {
		memory.set(hash, 'pending', now);
		(waitsForEnd ? stored.pending : stored.delivered).set(hash, toSeconds(now));
	}
	return { kind: 'deduplicated', isNew: fresh, hashes: newHashes };
}

function stateOf(
	hash: string,
	memory: InMemoryStates,
	{ delivered, pending }: StoredStates,
	now: number,
): 'pending' | 'delivered' | 'new' {
	const here = memory.get(hash, now);
	if (here === 'failed') return 'new';
	if (here !== undefined) return here;
	if (delivered.has(hash)) return 'delivered';
	const since = pending.get(hash);
	return since !== undefined && now - since * 1000 < LEASE_MS ? 'pending' : 'new';
}

/**
 * Brings what is stored up to what this process has learnt since: two deliveries at the same moment
 * overwrite each other there, and a failure is known only after it was stored.
 */
function updateStored(
	memory: InMemoryStates,
	{ delivered, pending }: StoredStates,
	oldest: number,
	now: number,
): void {
	memory.readLateResponses(now);
	memory.prune(oldest, now);
	for (const [hash, at] of memory.entriesIn('delivered')) {
		delivered.set(hash, toSeconds(at));
		pending.delete(hash);
	}
	for (const [hash, at] of memory.entriesIn('failed')) {
		// Another process may have taken since what this one has refused.
		const stored = Math.max(delivered.get(hash) ?? 0, pending.get(hash) ?? 0);
		if (stored > toSeconds(at)) memory.delete(hash);
		else {
			delivered.delete(hash);
			pending.delete(hash);
		}
	}
	for (const times of [delivered, pending]) {
		for (const [hash, at] of times) if (at * 1000 < oldest) times.delete(hash);
	}
}

/** Short, and the same length whatever an event holds. */
function hashOf(eventKey: string): string {
	return createHash('sha256').update(eventKey).digest('base64url').slice(0, 22);
}

function toSeconds(milliseconds: number): number {
	return Math.floor(milliseconds / 1000);
}
