import type { Delivery } from './delivery.mts';
import type { Unacknowledged } from './delivery-journal.mts';
import type { Destination } from './destination.mts';
import type { WebhookEvent } from './event.mts';
import type { ReleaseOrder } from './gate.mts';
import type { DestinationSettings } from './vocabulary.mts';

/** An event that a test makes up: any type and any fields; ID and timestamp are added when left out. */
export type EmittedEvent = Partial<WebhookEvent> & Pick<WebhookEvent, 'eventType'>;

/** What one can see and do about webhooks; `admin-routes.mts` offers the same over HTTP. */
export interface WebhookControls {
	/** With their settings, defaults included, and their verification keys. */
	readonly destinations: readonly Destination[];
	/**
	 * Every event that there was, whether anybody wanted it or not. That of an instruction is there a
	 * moment after its status has changed, not in the same breath: `await` something before.
	 */
	readonly events: readonly WebhookEvent[];
	/** Every delivery in the order in which they were made, with all attempts. */
	readonly deliveries: readonly Delivery[];
	/** Which events have not reached which of the destinations that wanted them, answered 2xx. */
	readonly unacknowledged: readonly Unacknowledged[];
	/** Whether nothing is on its way or waits for its time. What is held counts as quiet. */
	readonly isQuiet: boolean;
	/** Throws an Error that says what is wrong with the settings. */
	addDestination(settings: DestinationSettings): Destination;
	/**
	 * Holds for what is sent from now on, further attempts included; the ID stays. Throws an Error when
	 * there is no such destination, or the settings make no sense.
	 */
	changeDestination(destinationId: string, changes: Partial<DestinationSettings>): Destination;
	/** What is on its way there is cancelled. Throws an Error when there is no such destination. */
	removeDestination(destinationId: string): void;
	/** Sends an event of which no instruction knows. */
	emit(event: EmittedEvent): WebhookEvent;
	/** Sends batches although they are not full and have not waited long enough. */
	flush(): void;
	/** From now on deliveries wait before their first attempt. */
	hold(): void;
	/** Lets them go, in their order or last first, and holds no more. */
	release(order?: ReleaseOrder): void;
	/**
	 * Sends a delivery once more, byte for byte as its first attempt was, old signature and all. Throws
	 * an Error when there is no such delivery or it has not been sent yet.
	 */
	replay(deliveryId: number): Delivery;
	/**
	 * Resolves as soon as the condition holds, which is looked at after every event and every change of
	 * a delivery. Rejects when the sandbox stops before.
	 */
	until(condition: () => boolean): Promise<void>;
	/** `until` nothing is on its way any more. */
	whenQuiet(): Promise<void>;
}
