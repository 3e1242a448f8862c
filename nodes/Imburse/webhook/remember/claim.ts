import { createHash } from 'node:crypto';

import { LEASE_MS, type ProcessMemory } from './processMemory';
import type { StoredKeys } from './storedKeys';

/** What is remembered of the trigger's events, in this process and by n8n. */
export interface Remembered {
	memory: ProcessMemory;
	stored: StoredKeys;
}

export interface ClaimRules {
	/** Milliseconds for which an event is remembered. */
	window: number;
	/** Whether an event counts as taken only when the workflow has ended. */
	waitsForEnd: boolean;
}

/** What a delivery brings that was not there before. */
export type Claim =
	{ kind: 'claimed'; fresh: boolean[]; hashes: string[] } | { kind: 'pending'; eventKey: string };

/**
 * Finds out which events of a delivery are new, and marks those as under way. Where one of them is
 * under way already, nothing is marked: the delivery has to come again when that one has ended.
 *
 * @param eventKeys of the events in the order of the delivery
 * @param now milliseconds since 1970
 */
export function claimEvents(
	eventKeys: readonly string[],
	{ memory, stored }: Remembered,
	{ window, waitsForEnd }: ClaimRules,
	now: number,
): Claim {
	takeOver(memory, stored, now - window, now);
	const hashes = eventKeys.map(hashOf);
	const fates = hashes.map((hash) => fateOf(hash, memory, stored, now));
	const pending = fates.indexOf('pending');
	if (pending >= 0) return { kind: 'pending', eventKey: eventKeys[pending] ?? '' };
	const met = new Set<string>();
	const fresh = hashes.map((hash, index) => {
		const isFresh = fates[index] === 'new' && !met.has(hash);
		met.add(hash);
		return isFresh;
	});
	const claimed = hashes.filter((_, index) => fresh[index]);
	for (const hash of claimed) {
		memory.set(hash, 'pending', now);
		(waitsForEnd ? stored.pending : stored.seen).set(hash, toSeconds(now));
	}
	return { kind: 'claimed', fresh, hashes: claimed };
}

function fateOf(
	hash: string,
	memory: ProcessMemory,
	{ seen, pending }: StoredKeys,
	now: number,
): 'pending' | 'seen' | 'new' {
	const here = memory.fateOf(hash, now);
	if (here === 'refused') return 'new';
	if (here !== undefined) return here;
	if (seen.has(hash)) return 'seen';
	const since = pending.get(hash);
	return since !== undefined && now - since * 1000 < LEASE_MS ? 'pending' : 'new';
}

/**
 * Brings what is stored up to what this process has learnt since: two deliveries at the same moment
 * overwrite each other there, and a failure is known only after it was stored.
 */
function takeOver(
	memory: ProcessMemory,
	{ seen, pending }: StoredKeys,
	oldest: number,
	now: number,
): void {
	memory.learnLateAnswers(now);
	memory.tidy(oldest, now);
	for (const [hash, at] of memory.all('seen')) {
		seen.set(hash, toSeconds(at));
		pending.delete(hash);
	}
	for (const [hash, at] of memory.all('refused')) {
		// Another process may have taken since what this one has refused.
		const stored = Math.max(seen.get(hash) ?? 0, pending.get(hash) ?? 0);
		if (stored > toSeconds(at)) memory.forget(hash);
		else {
			seen.delete(hash);
			pending.delete(hash);
		}
	}
	for (const times of [seen, pending]) {
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
