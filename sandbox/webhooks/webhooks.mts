import { randomUUID } from 'node:crypto';
import type { Clock } from '../time.mts';
import type { SandboxOptions } from '../options.mts';
import type { StatusChange, Store } from '../store.mts';
import { DeliveryLog, type Unacknowledged } from './deliveryLog.mts';
import { isPending, type Delivery } from './delivery.mts';
import { changeDestination, createDestination, type Destination } from './destination.mts';
import { createInstructionEvent, type WebhookEvent } from './event.mts';
import type { ReleaseOrder } from './holdQueue.mts';
import { Outbox } from './outbox.mts';
import type { DestinationSettings } from './destinationSchema.mts';
import type { EmittedEvent, WebhookControls } from './webhookControls.mts';

/** Sends the events of instructions to every destination. */
export class Webhooks implements WebhookControls {
	private readonly log = new DeliveryLog();
	private readonly outboxes = new Map<string, Outbox>();
	private readonly configured: readonly Destination[];
	private hasStopped = false;

	/** Throws an Error when a destination of the options is invalid. */
	constructor(
		private readonly options: SandboxOptions,
		private readonly store: Store,
		private readonly clock: Clock,
		private readonly nextCorrelationId: () => string,
	) {
		this.configured = options.webhooks.map(createDestination);
		for (const destination of this.configured) this.open(destination);
	}

	get destinations(): readonly Destination[] {
		return [...this.outboxes.values()].map(({ destination }) => destination);
	}

	get events(): readonly WebhookEvent[] {
		return this.log.events;
	}

	get deliveries(): readonly Delivery[] {
		return this.log.deliveries;
	}

	get unacknowledged(): readonly Unacknowledged[] {
		return this.log.unacknowledged;
	}

	get isIdle(): boolean {
		const hasBatch = [...this.outboxes.values()].some((outbox) => outbox.hasBatch);
		return !hasBatch && !this.deliveries.some(isPending);
	}

	addDestination(settings: DestinationSettings): Destination {
		return this.open(createDestination(settings));
	}

	changeDestination(destinationId: string, changes: Partial<DestinationSettings>): Destination {
		const outbox = this.outbox(destinationId);
		outbox.destination = changeDestination(outbox.destination, changes);
		return outbox.destination;
	}

	removeDestination(destinationId: string): void {
		this.outbox(destinationId).close();
		this.outboxes.delete(destinationId);
	}

	/**
	 * Publishes the new status of an instruction in a microtask, since a fault may remove the instruction
	 * right after its creation; then there is no event.
	 */
	onStatusChange(change: StatusChange): void {
		if (change.previous === null && !this.options.newInstructionEvents) return;
		const event = createInstructionEvent(change, {
			options: this.options,
			now: this.clock(),
			correlationId: this.nextCorrelationId(),
		});
		queueMicrotask(() => {
			if (this.store.contains(change.instruction)) this.publish(event);
		});
	}

	emit(event: EmittedEvent): WebhookEvent {
		return this.publish({ eventId: randomUUID(), timestamp: this.clock(), ...event });
	}

	flush(): void {
		for (const outbox of this.outboxes.values()) outbox.flush();
	}

	hold(): void {
		for (const outbox of this.outboxes.values()) outbox.hold();
	}

	release(order: ReleaseOrder = 'inOrder'): void {
		for (const outbox of this.outboxes.values()) outbox.release(order);
	}

	replay(deliveryId: number): Delivery {
		const delivery = this.deliveries.find((one) => one.deliveryId === deliveryId);
		if (!delivery) throw new Error(`There is no delivery ${deliveryId}.`);
		return this.outbox(delivery.destinationId).replay(delivery);
	}

	async until(condition: () => boolean): Promise<void> {
		// Events of status changes just now are published in the meantime.
		await Promise.resolve();
		await new Promise<void>((resolve, reject) => {
			const check = (): void => {
				try {
					if (condition()) settle(resolve);
					else if (this.hasStopped) throw new Error('The sandbox stopped.');
				} catch (error) {
					settle(() => reject(error instanceof Error ? error : new Error(String(error))));
				}
			};
			const removeListener = this.log.onChange(check);
			const settle = (action: () => void): void => {
				removeListener();
				action();
			};
			check();
		});
	}

	whenIdle(): Promise<void> {
		return this.until(() => this.isIdle);
	}

	/** Keeps only the destinations of the options, as at the start. */
	reset(): void {
		for (const outbox of this.outboxes.values()) outbox.close();
		this.outboxes.clear();
		this.log.clear();
		for (const destination of this.configured) this.open(destination);
	}

	/** Sends nothing any more; no timer or connection is left. */
	stop(): void {
		for (const outbox of this.outboxes.values()) outbox.close();
		this.outboxes.clear();
		this.hasStopped = true;
		this.log.notifyChange();
	}

	private open(destination: Destination): Destination {
		const outbox = new Outbox(destination, this.log, this.clock);
		this.outboxes.set(destination.destinationId, outbox);
		return destination;
	}

	private outbox(destinationId: string): Outbox {
		const outbox = this.outboxes.get(destinationId);
		if (!outbox) throw new Error(`There is no webhook ${destinationId}.`);
		return outbox;
	}

	private publish(event: WebhookEvent): WebhookEvent {
		const subscribed = [...this.outboxes.values()].filter((outbox) => outbox.isSubscribedTo(event));
		const destinationIds = subscribed.map(({ destination }) => destination.destinationId);
		this.log.addEvent(event, destinationIds);
		for (const outbox of subscribed) outbox.add(event);
		return event;
	}
}
