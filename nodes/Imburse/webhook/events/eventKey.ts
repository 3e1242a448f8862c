import { createHash } from 'node:crypto';

import { isJsonObject } from '../../validation/jsonObject';
import { reportsInstructionState, type ImburseEvent } from './event';

/** Where an event belongs: environments and tenants may use the same references. */
export interface EventScope {
	/** `sandbox`, `production`, or the host of a custom environment. */
	environment: string;
	tenantId: string;
}

/**
 * Identifies an event for de-duplication.
 *
 * The key of a confirmed instruction state is that state: two late events that both find the
 * instruction settled are the same event. Any other key contains the event's own ID, or a hash of the
 * whole event if it has no ID. The three kinds of keys have different numbers of parts, so no key of
 * one kind equals a key of another.
 */
export function eventKeyOf(event: ImburseEvent, confirmed: boolean, scope: EventScope): string {
	const { eventId, eventType, orderRef, instructionRef, status } = event;
	const subject = [scope.environment, scope.tenantId, orderRef, instructionRef];
	const hasState = status !== null && reportsInstructionState(event);
	if (confirmed && hasState) return joinParts([...subject, status]);
	if (eventId !== null) return joinParts([...subject, eventType, 'event', eventId]);
	return joinParts([...subject, eventType, status, 'hash', hashPayload(event)]);
}

function joinParts(parts: ReadonlyArray<string | null>): string {
	return parts.map((part) => encodeURIComponent((part ?? '').toWellFormed())).join('/');
}

function hashPayload({ payload }: ImburseEvent): string {
	return createHash('sha256').update(sortedJson(payload)).digest('hex');
}

/** The same JSON for any order of keys. */
function sortedJson(value: unknown): string {
	return JSON.stringify(value, (_, inner: unknown) => {
		if (!isJsonObject(inner)) return inner;
		const entries = Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1));
		return { keys: entries.map(([key]) => key), values: entries.map(([, entry]) => entry) };
	});
}
