import { isJsonObject, type JsonObject } from '../../validation/jsonObject';
import { IDENTIFYING_NAMES } from './eventFields';
import { valueAtPath, isDeeperThan, ownProperty } from '../jsonValues';

export type SplitResult = { ok: true; events: JsonObject[] } | { ok: false; reason: string };

/** Lists inside an event; their entries are no events (API reference 5). */
const LISTS_OF_AN_EVENT: ReadonlySet<string> = new Set([
	'metadata',
	'transaction',
	'transactions',
	'refunds',
	'chargebacks',
	'errors',
]);

/** More than any event needs. A much deeper value can be neither written as JSON again nor stored. */
const MAX_LEVELS = 100;

/**
 * Finds the events in a body: one object, a list, or an object that wraps a list. That a delivery may
 * contain several events is inferred from the batch size that Imburse asks for (API reference 7.1);
 * their form is not published (API reference 7.2).
 *
 * @param path path of the list, such as `notification.events`; empty to search for it
 */
export function splitEvents(body: unknown, path: string): SplitResult {
	if (isDeeperThan(MAX_LEVELS, body)) {
		return { ok: false, reason: `its body has more than ${MAX_LEVELS} levels` };
	}
	const found = path === '' ? findEvents(body) : valueAtPath(body, path);
	const events = Array.isArray(found) ? (found as unknown[]) : [found];
	if (events.length === 0) return { ok: true, events: [] };
	if (events.every(isJsonObject)) return { ok: true, events };
	return {
		ok: false,
		reason:
			path === ''
				? 'its body is neither an event nor a list of events'
				: `there are no events under the path "${path}"`,
	};
}

/** The only list inside a body that is no event itself; otherwise the body. */
function findEvents(body: unknown): unknown {
	if (
		!isJsonObject(body) ||
		IDENTIFYING_NAMES.some((name) => ownProperty(body, name) !== undefined)
	)
		return body;
	const lists = Object.entries(body).filter(
		([name, value]) =>
			Array.isArray(value) && value.every(isJsonObject) && !LISTS_OF_AN_EVENT.has(name),
	);
	return lists.length === 1 ? lists[0]?.[1] : body;
}
