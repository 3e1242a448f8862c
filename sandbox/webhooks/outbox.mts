import type { Clock } from '../clock.mts';
import { Batch } from './batch.mts';
import { Courier } from './courier.mts';
import type { DeliveryJournal } from './delivery-journal.mts';
import type { Delivery } from './delivery.mts';
import type { Destination } from './destination.mts';
import type { WebhookEvent } from './event.mts';
import { Gate, type ReleaseOrder } from './gate.mts';
import { bodyOf } from './payload.mts';

/** Everything on its way to one destination: batched, held back, then with the courier. */
export class Outbox {
	private readonly batch: Batch;
	private readonly gate: Gate;
	private readonly courier: Courier;

	/** @param destination may be replaced while events are on their way */
	constructor(
		public destination: Destination,
		private readonly journal: DeliveryJournal,
		clock: Clock,
	) {
		this.courier = new Courier(() => this.destination, journal, clock);
		this.gate = new Gate(
			() => this.destination.reverseEvery,
			(deliveries) => this.courier.send(deliveries),
		);
		this.batch = new Batch(
			() => this.destination,
			(events) => this.dispatch(events),
		);
	}

	get hasBatch(): boolean {
		return !this.batch.isEmpty;
	}

	wants({ eventType }: WebhookEvent): boolean {
		return this.destination.eventTypes?.includes(eventType) ?? true;
	}

	add(event: WebhookEvent): void {
		this.batch.add(event);
	}

	flush(): void {
		this.batch.flush();
	}

	hold(): void {
		this.gate.close();
	}

	release(order: ReleaseOrder): void {
		this.gate.release(order);
	}

	/** Byte for byte as its first attempt was. Throws an Error when there was none yet. */
	replay(delivery: Delivery): Delivery {
		const headers = delivery.attempts[0]?.headers;
		if (!headers) throw new Error(`Delivery ${delivery.deliveryId} has not been sent yet.`);
		const replayed = this.repeat(delivery, 'replay');
		this.courier.sendOnce(replayed, headers);
		return replayed;
	}

	/** Ends everything at once; what was not acknowledged by now never will be. */
	close(): void {
		this.courier.close();
		this.gate.clear();
		this.batch.clear();
		for (const delivery of this.journal.deliveries) {
			const isOwn = delivery.destinationId === this.destination.destinationId;
			if (isOwn && isOpen(delivery)) delivery.state = 'cancelled';
		}
		this.journal.noteChange();
	}

	private dispatch(events: readonly WebhookEvent[]): void {
		const { destinationId, url, copies } = this.destination;
		const original = this.journal.addDelivery({
			destinationId,
			url,
			cause: 'events',
			of: null,
			eventIds: events.map(({ eventId }) => eventId),
			body: bodyOf(events, this.destination),
			state: 'held',
		});
		const repetitions = Array.from({ length: copies - 1 }, () => this.repeat(original, 'copy'));
		this.gate.take([original, ...repetitions]);
	}

	private repeat({ deliveryId, ...delivery }: Delivery, cause: 'copy' | 'replay'): Delivery {
		return this.journal.addDelivery({ ...delivery, cause, of: deliveryId, state: 'held' });
	}
}

function isOpen({ state }: Delivery): boolean {
	return state === 'held' || state === 'waiting' || state === 'sending';
}
