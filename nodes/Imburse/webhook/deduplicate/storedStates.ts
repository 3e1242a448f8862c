import type { IDataObject } from 'n8n-workflow';

import { asJsonObject } from '../../validation/jsonObject';

/** Hashes of events, with the second since 1970 at which they got their state. */
export type StateTimes = Map<string, number>;

/**
 * What n8n stores for the trigger between processes. n8n 2.x stores it only after it has started the
 * workflow, and n8n 1.x just before. So an event that is stored was handed to n8n.
 */
export interface StoredStates {
	delivered: StateTimes;
	/** Events whose workflow had not ended when n8n stored them. */
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

/** Writes the newest ones. */
export function writeStoredStates(staticData: IDataObject, states: StoredStates): void {
	const { delivered, pending } = states;
	staticData.events = { seen: newest(delivered), pending: newest(pending) };
}

function newest(times: StateTimes): Record<string, number> {
	const oldestFirst = [...times].sort(([, a], [, b]) => a - b);
	return Object.fromEntries(oldestFirst.slice(-MAX_STORED));
}

function parseTimes(value: unknown): StateTimes {
	const entries = Object.entries(asJsonObject(value));
	return new Map(entries.filter((entry): entry is [string, number] => Number.isFinite(entry[1])));
}
