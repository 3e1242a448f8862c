import type { IDataObject } from 'n8n-workflow';

import { asJsonObject } from '../../validation/jsonObject';

/** Hashes of events, with the second since 1970 at which they got their state. */
export type StateTimes = Map<string, number>;

/** What n8n stores for the trigger between processes. */
export interface StoredStates {
	delivered: StateTimes;
	/** Events that n8n had not started a workflow for, or whose workflow had not ended. */
	pending: StateTimes;
}

/** Of each state: n8n writes all of them at every delivery. */
const MAX_STORED = 1000;

/** Reads what `writeStoredStates` wrote; anything else counts as nothing. */
export function readStoredStates(staticData: IDataObject): StoredStates {
	// The keys `events`, `seen` and `pending` are stored in users' n8n: they must not change.
	const { seen, pending } = asJsonObject(staticData.events);
	return { delivered: parseTimes(seen), pending: parseTimes(pending) };
}

/** Writes the newest ones, of those that are known at the moment at which n8n stores them. */
export function writeStoredStates(staticData: IDataObject, statesNow: () => StoredStates): void {
	staticData.events = {
		toJSON() {
			const { delivered, pending } = statesNow();
			return { seen: newest(delivered), pending: newest(pending) };
		},
	};
}

/** They are in the order of time already, unless another process has stored some meanwhile. */
function newest(times: StateTimes): Record<string, number> {
	const oldestFirst = [...times];
	const isInOrder = oldestFirst.every(([, at], index) => at >= (oldestFirst[index - 1]?.[1] ?? at));
	if (!isInOrder) oldestFirst.sort(([, a], [, b]) => a - b);
	return Object.fromEntries(oldestFirst.slice(-MAX_STORED));
}

function parseTimes(value: unknown): StateTimes {
	const entries = Object.entries(asJsonObject(value));
	return new Map(entries.filter((entry): entry is [string, number] => Number.isFinite(entry[1])));
}
