import type { IDataObject } from 'n8n-workflow';
import { isJsonObject } from '../../api/jsonObject';

/**
 * What n8n keeps for the trigger between processes. n8n stores it only after it has started the
 * workflow (2.x), or just before (1.x), so that an event stands here only when it was handed over.
 */
export interface StoredStates {
	/** Hashes of events that were taken, with the second since 1970. */
	delivered: Map<string, number>;
	/** The same for events whose workflow had not ended when n8n stored them. */
	pending: Map<string, number>;
}

/** Most events that are stored of each kind: n8n writes all of them at every delivery. */
const MAX_STORED = 1000;
const STORED_KEY = 'events';

/** Reads what `writeStoredKeys` wrote; anything else counts as nothing. */
export function readStoredStates(staticData: IDataObject): StoredStates {
	const { seen, pending } = recordOf(staticData[STORED_KEY]);
	return { delivered: parseTimes(seen), pending: parseTimes(pending) };
}

/** Writes the newest ones. */
export function writeStoredStates(
	staticData: IDataObject,
	{ delivered, pending }: StoredStates,
): void {
	staticData[STORED_KEY] = { seen: newest(delivered), pending: newest(pending) };
}

function newest(times: ReadonlyMap<string, number>): Record<string, number> {
	const entries = [...times].sort(([, a], [, b]) => a - b);
	return Object.fromEntries(entries.slice(-MAX_STORED));
}

function parseTimes(value: unknown): Map<string, number> {
	const entries = Object.entries(recordOf(value));
	return new Map(entries.filter((entry): entry is [string, number] => Number.isFinite(entry[1])));
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
	return isJsonObject(value) ? value : {};
}
