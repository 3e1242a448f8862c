import type { Clock } from '../time.mts';
import { EventBatch } from './eventBatch.mts';
import { DeliverySender } from './deliverySender.mts';
import type { DeliveryLog } from './deliveryLog.mts';
import type { Delivery } from './delivery.mts';
import type { Destination } from './destination.mts';
import type { WebhookEvent } from './event.mts';
import { HoldQueue, type ReleaseOrder } from './holdQueue.mts';
import { deliveryBody } from './payload.mts';

/** Everything on its way to one destination: first in a batch, then held, then with the sender. */
export class Outbox {
	private readonly batch: EventBatch;
	private readonly holdQueue: HoldQueue;
	private readonly sender: DeliverySender;

	/** @param destination may be replaced while events are on their way */
	constructor(
		public destination: Destination,
		private readonly log: DeliveryLog,
		clock: Clock,
	) {
		this.sender = new DeliverySender(() => this.destination, log, clock);
		this.holdQueue = new HoldQueue(
			() => this.destination.reverseEvery,
			(deliveries) => this.sender.send(deliveries),
		);
		this.batch = new EventBatch(
			() => this.destination,
			(events) => this.dispatch(events),
		);
	}

	get hasBatch(): boolean {
		return !this.batch.isEmpty;
	}

	isSubscribedTo({ eventType }: WebhookEvent): boolean {
		return this.destination.eventTypes?.includes(eventType) ?? true;
	}

	add(event: WebhookEvent): void {
		this.batch.add(event);
	}

	flush(): void {
		this.batch.flush();
	}

	hold(): void {
		this.holdQueue.hold();
	}

	release(order: ReleaseOrder): void {
		this.holdQueue.release(order);
	}

	/** Sends the bytes of the first attempt again. Throws an Error when there was none yet. */
	replay(delivery: Delivery): Delivery {
		const headers = delivery.attempts[0]?.headers;
		if (!headers) throw new Error(`Delivery ${delivery.deliveryId} has not been sent yet.`);
		const replayed = this.repeat(delivery, 'replay');
		this.sender.sendOnce(replayed, headers);
		return replayed;
	}

	/** Ends everything at once; what is not acknowledged by now is cancelled. */
	close(): void {
		this.sender.close();
		this.holdQueue.clear();
		this.batch.clear();
		for (const delivery of this.log.deliveries) {
			const isOwn = delivery.destinationId === this.destination.destinationId;
			if (isOwn && hasNotEnded(delivery)) delivery.state = 'cancelled';
		}
		this.log.notifyChange();
	}

	private dispatch(events: readonly WebhookEvent[]): void {
		const { destinationId, url, copies } = this.destination;
		const original = this.log.addDelivery({
			destinationId,
			url,
			cause: 'events',
			originalId: null,
			eventIds: events.map(({ eventId }) => eventId),
			body: deliveryBody(events, this.destination),
			state: 'held',
		});
		const repetitions = Array.from({ length: copies - 1 }, () => this.repeat(original, 'copy'));
		this.holdQueue.add([original, ...repetitions]);
	}

	private repeat({ deliveryId, ...delivery }: Delivery, cause: 'copy' | 'replay'): Delivery {
		return this.log.addDelivery({ ...delivery, cause, originalId: deliveryId, state: 'held' });
	}
}

function hasNotEnded({ state }: Delivery): boolean {
	return state === 'held' || state === 'waiting' || state === 'sending';
}
