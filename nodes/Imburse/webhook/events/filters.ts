import type { ImburseEvent } from './event';

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
	if (eventTypes.length === 0 || eventType === null) return true;
	const named = eventType.toUpperCase();
	return eventTypes.some((wanted) => {
		const kind = wanted.trim().toUpperCase();
		return (
			named === kind || (named.startsWith(kind) && /^[^A-Z0-9]/.test(named.slice(kind.length)))
		);
	});
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
