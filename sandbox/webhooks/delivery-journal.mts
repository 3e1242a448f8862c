import type { Delivery } from './delivery.mts';
import type { WebhookEvent } from './event.mts';

/** An event that a destination has not answered with 2xx (yet). */
export interface Unacknowledged {
	eventId: string;
	destinationId: string;
}

/** All events and all deliveries in their order, and who waits for news of them. */
export class DeliveryJournal {
	readonly events: WebhookEvent[] = [];
	readonly deliveries: Delivery[] = [];
	private readonly addressees: Unacknowledged[] = [];
	private readonly watchers = new Set<() => void>();
	private hasNews = false;

	/** @param destinationIds where it is to go */
	addEvent(event: WebhookEvent, destinationIds: readonly string[]): void {
		this.events.push(event);
		const { eventId } = event;
		this.addressees.push(...destinationIds.map((destinationId) => ({ eventId, destinationId })));
		this.noteChange();
	}

	addDelivery(delivery: Omit<Delivery, 'deliveryId' | 'createdAt' | 'attempts'>): Delivery {
		const deliveryId = this.deliveries.length + 1;
		const added: Delivery = { deliveryId, ...delivery, createdAt: Date.now(), attempts: [] };
		this.deliveries.push(added);
		this.noteChange();
		return added;
	}

	get unacknowledged(): Unacknowledged[] {
		const acknowledged = this.deliveries.filter(({ state }) => state === 'acknowledged');
		const known = new Set(
			acknowledged.flatMap(({ destinationId, eventIds }) =>
				eventIds.map((eventId) => `${destinationId} ${eventId}`),
			),
		);
		return this.addressees.filter(
			({ destinationId, eventId }) => !known.has(`${destinationId} ${eventId}`),
		);
	}

	/** Calls back soon after every change. Returns how to end that. */
	watch(watcher: () => void): () => void {
		this.watchers.add(watcher);
		return () => void this.watchers.delete(watcher);
	}

	/** Nobody is told half-way through a change, and many changes are told at once. */
	noteChange(): void {
		if (this.hasNews) return;
		this.hasNews = true;
		queueMicrotask(() => {
			this.hasNews = false;
			for (const watcher of [...this.watchers]) watcher();
		});
	}

	clear(): void {
		this.events.length = 0;
		this.deliveries.length = 0;
		this.addressees.length = 0;
		this.noteChange();
	}
}
