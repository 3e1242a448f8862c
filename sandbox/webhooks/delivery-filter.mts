import type { Delivery, DeliveryState } from './delivery.mts';

export interface DeliveryFilter {
	destinationId?: string;
	state?: DeliveryState;
	eventId?: string;
}

/** Deliveries that meet all that is given. */
export function filterDeliveries(
	deliveries: readonly Delivery[],
	{ destinationId, state, eventId }: DeliveryFilter,
): Delivery[] {
	return deliveries.filter(
		(delivery) =>
			(destinationId === undefined || delivery.destinationId === destinationId) &&
			(state === undefined || delivery.state === state) &&
			(eventId === undefined || delivery.eventIds.includes(eventId)),
	);
}
