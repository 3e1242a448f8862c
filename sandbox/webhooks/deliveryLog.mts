import type { Delivery } from './delivery.mts';
import type { WebhookEvent } from './event.mts';

/** An event that a destination has not answered with 2xx (yet). */
export interface Unacknowledged {
	eventId: string;
	destinationId: string;
}

/** All events and all deliveries in their order, and the listeners for their changes. */
export class DeliveryLog {
	readonly events: WebhookEvent[] = [];
	readonly deliveries: Delivery[] = [];
	private readonly recipients: Unacknowledged[] = [];
	private readonly listeners = new Set<() => void>();
	private isNotifying = false;

	/** @param destinationIds the destinations of the event */
	addEvent(event: WebhookEvent, destinationIds: readonly string[]): void {
		this.events.push(event);
		const { eventId } = event;
		this.recipients.push(...destinationIds.map((destinationId) => ({ eventId, destinationId })));
		this.notifyChange();
	}

	addDelivery(delivery: Omit<Delivery, 'deliveryId' | 'createdAt' | 'attempts'>): Delivery {
		const deliveryId = this.deliveries.length + 1;
		const added: Delivery = { deliveryId, ...delivery, createdAt: Date.now(), attempts: [] };
		this.deliveries.push(added);
		this.notifyChange();
		return added;
	}

	get unacknowledged(): Unacknowledged[] {
		const acknowledged = this.deliveries.filter(({ state }) => state === 'acknowledged');
		const acknowledgedKeys = new Set(
			acknowledged.flatMap(({ destinationId, eventIds }) =>
				eventIds.map((eventId) => `${destinationId} ${eventId}`),
			),
		);
		return this.recipients.filter(
			({ destinationId, eventId }) => !acknowledgedKeys.has(`${destinationId} ${eventId}`),
		);
	}

	/** Calls the listener soon after every change. Returns a function that removes it. */
	onChange(listener: () => void): () => void {
		this.listeners.add(listener);
		return () => void this.listeners.delete(listener);
	}

	/** Listeners are called once for many changes, and never in the middle of one. */
	notifyChange(): void {
		if (this.isNotifying) return;
		this.isNotifying = true;
		queueMicrotask(() => {
			this.isNotifying = false;
			for (const listener of [...this.listeners]) listener();
		});
	}

	clear(): void {
		this.events.length = 0;
		this.deliveries.length = 0;
		this.recipients.length = 0;
		this.notifyChange();
	}
}
