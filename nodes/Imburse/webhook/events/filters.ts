import type { ImburseEvent } from './event';

/** Which events the user wants. An empty filter takes all. */
export interface EventFilters {
	/** Kinds such as `CHARGEBACK`, which also takes `CHARGEBACK_CREATED`, and whole names. */
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
 * Whether an event is of a kind that the user wants; asked before anything is looked up. An event
 * that does not say what it is passes: it would otherwise be lost in silence.
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

/** Whether an event says what the user wants; asked when it has been confirmed. */
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
