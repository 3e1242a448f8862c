import { FINAL_STATUSES, isSameState, KNOWN_STATUSES } from '../../validation/status';
import { reportsInstructionState, type ImburseEvent } from './event';

/** Which events the user wants. An empty filter matches all. */
export interface EventFilters {
	/** `CHARGEBACK` also matches `CHARGEBACK_CREATED`. */
	eventTypes: readonly string[];
	/** In capitals. */
	statuses: readonly string[];
	/** `CREDIT`, `DEBIT`, or empty. */
	direction: string;
	orderRefPrefix: string;
	metadataKey: string;
	/** Empty for any value under the key. */
	metadataValue: string;
}

/**
 * Whether an event has a type that the user wants; checked before the look-ups. An event without a
 * type passes, because it would otherwise be lost without a notice.
 */
export function matchesEventTypes(
	{ eventType }: ImburseEvent,
	{ eventTypes }: EventFilters,
): boolean {
	return eventTypes.length === 0 || eventTypes.some((wanted) => isOfType(eventType, wanted));
}

function isOfType(eventType: string | null, wanted: string): boolean {
	if (eventType === null) return true;
	const named = eventType.toUpperCase();
	const kind = wanted.trim().toUpperCase();
	return named === kind || (named.startsWith(kind) && /^[^A-Z0-9]/.test(named.slice(kind.length)));
}

/**
 * Whether a wanted type that names a status, such as `INSTRUCTION_SETTLED`, agrees with the confirmed
 * one. The type of an event is the sender's word.
 */
export function matchesConfirmedStatus(event: ImburseEvent, { eventTypes }: EventFilters): boolean {
	const { eventType, status } = event;
	if (eventTypes.length === 0 || status === null || !reportsInstructionState(event)) return true;
	return eventTypes.some((wanted) => {
		const named = statusNamedBy(wanted) ?? status;
		return isOfType(eventType, wanted) && isSameState(named, status);
	});
}

/** Whether the type of a confirmed event names an end that Imburse does not know of yet. */
export function isAheadOfImburse({ eventType, status }: ImburseEvent): boolean {
	const named = eventType === null ? undefined : statusNamedBy(eventType);
	return isFinal(named) && !isFinal(status ?? undefined);
}

function isFinal(status: string | undefined): boolean {
	return FINAL_STATUSES.includes(status ?? '');
}

/** The status of the instruction in the name of a type; orders and transactions have their own. */
function statusNamedBy(eventType: string): string | undefined {
	if (/ORDER|TRANSACTION/i.test(eventType) || !reportsInstructionState({ eventType }))
		return undefined;
	const words = eventType.toUpperCase().split(/[^A-Z]+/);
	return words.find((word) => KNOWN_STATUSES.includes(word));
}

/** Whether an event matches the other filters; checked after the event was confirmed. */
export function matchesFilters(event: ImburseEvent, filters: EventFilters): boolean {
	const { statuses, direction, orderRefPrefix } = filters;
	return (
		(statuses.length === 0 || event.status === null || statuses.includes(event.status)) &&
		(direction === '' || event.direction === null || event.direction === direction) &&
		(event.orderRef === null || event.orderRef.startsWith(orderRefPrefix)) &&
		hasMetadata(event, filters)
	);
}

function hasMetadata(
	{ metadata }: ImburseEvent,
	{ metadataKey, metadataValue }: EventFilters,
): boolean {
	if (metadataKey === '') return true;
	if (!Object.hasOwn(metadata, metadataKey)) return false;
	return metadataValue === '' || metadata[metadataKey] === metadataValue;
}
