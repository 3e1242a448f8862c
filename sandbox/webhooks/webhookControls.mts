import type { Delivery } from './delivery.mts';
import type { Unacknowledged } from './deliveryLog.mts';
import type { Destination } from './destination.mts';
import type { WebhookEvent } from './event.mts';
import type { ReleaseOrder } from './holdQueue.mts';
import type { DestinationSettings } from './destinationSchema.mts';

/** An event that a test composes: any type and any fields; ID and timestamp are added when left out. */
export type EmittedEvent = Partial<WebhookEvent> & Pick<WebhookEvent, 'eventType'>;

/** Inspects and steers the webhooks; `adminRoutes.mts` offers the same over HTTP. */
export interface WebhookControls {
	/** With their settings, defaults included, and their verification keys. */
	readonly destinations: readonly Destination[];
	/**
	 * Every event, whether a destination subscribes to it or not. The event of an instruction is added
	 * in a microtask after its status has changed: `await` something before.
	 */
	readonly events: readonly WebhookEvent[];
	/** Every delivery in the order of creation, with all attempts. */
	readonly deliveries: readonly Delivery[];
	/** The events that a subscribed destination has not answered with 2xx. */
	readonly unacknowledged: readonly Unacknowledged[];
	/** Whether nothing is in flight or waits for its time. Deliveries that are held do not count. */
	readonly isIdle: boolean;
	/** Throws an Error that says what is wrong with the settings. */
	addDestination(settings: DestinationSettings): Destination;
	/**
	 * Applies to what is sent from now on, further attempts included; the ID stays. Throws an Error when
	 * there is no such destination or a setting is invalid.
	 */
	changeDestination(destinationId: string, changes: Partial<DestinationSettings>): Destination;
	/** Cancels what is on its way there. Throws an Error when there is no such destination. */
	removeDestination(destinationId: string): void;
	/** Sends an event that belongs to no instruction. */
	emit(event: EmittedEvent): WebhookEvent;
	/** Sends all batches now, full or not. */
	flush(): void;
	/** From now on deliveries are held before their first attempt. */
	hold(): void;
	/** Releases what is held, in order or last first, and holds no more. */
	release(order?: ReleaseOrder): void;
	/**
	 * Sends the bytes of the first attempt of a delivery again, with the old signature. Throws an Error
	 * when there is no such delivery or it has not been sent yet.
	 */
	replay(deliveryId: number): Delivery;
	/**
	 * Resolves as soon as the condition is true. It is checked after every event and every change of a
	 * delivery. Rejects when the sandbox stops before.
	 */
	until(condition: () => boolean): Promise<void>;
	/** Resolves when nothing is on its way any more. */
	whenIdle(): Promise<void>;
}
