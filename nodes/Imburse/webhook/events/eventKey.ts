import { createHash } from 'node:crypto';

import { isJsonObject } from '../../api/jsonObject';
import { isAboutSomethingElse } from './aboutSomethingElse';
import type { ImburseEvent } from './event';

/** Where an event belongs: the same references exist in each environment and tenant. */
export interface EventScope {
	/** `sandbox`, `production`, or the host of a custom one. */
	environment: string;
	tenantId: string;
}

/**
 * What tells an event apart from every other one, for de-duplication.
 *
 * For a confirmed state of an instruction it is that state: two late events that both find the
 * instruction settled are one. Everything else goes by the event's own ID, or by a hash of all of
 * it where it has none. The three have different numbers of parts, so that none is ever another.
 */
export function eventKeyOf(event: ImburseEvent, confirmed: boolean, scope: EventScope): string {
	const { eventId, eventType, orderRef, instructionRef, status } = event;
	const about = [scope.environment, scope.tenantId, orderRef, instructionRef];
	const tellsOfState = status !== null && !isAboutSomethingElse(event);
	if (confirmed && tellsOfState) return joined([...about, status]);
	if (eventId !== null) return joined([...about, eventType, 'event', eventId]);
	return joined([...about, eventType, status, 'hash', hashOf(event)]);
}

function joined(parts: ReadonlyArray<string | null>): string {
	return parts.map((part) => encodeURIComponent((part ?? '').toWellFormed())).join('/');
}

function hashOf({ payload }: ImburseEvent): string {
	return createHash('sha256').update(sortedJson(payload)).digest('hex');
}

/** JSON in which the order of keys says nothing. */
function sortedJson(value: unknown): string {
	return JSON.stringify(value, (_, inner: unknown) => {
		if (!isJsonObject(inner)) return inner;
		const entries = Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1));
		return { keys: entries.map(([key]) => key), values: entries.map(([, entry]) => entry) };
	});
}
