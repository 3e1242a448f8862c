import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.mts';
import type { SandboxOptions } from '../options.mts';
import type { StatusChange, Store } from '../store.mts';
import { DeliveryJournal, type Unacknowledged } from './delivery-journal.mts';
import { isPending, type Delivery } from './delivery.mts';
import { changeDestination, createDestination, type Destination } from './destination.mts';
import { instructionEvent, type WebhookEvent } from './event.mts';
import type { ReleaseOrder } from './gate.mts';
import { Outbox } from './outbox.mts';
import type { DestinationSettings } from './vocabulary.mts';
import type { EmittedEvent, WebhookControls } from './webhook-controls.mts';

/** Tells every destination what happens to instructions. */
export class Webhooks implements WebhookControls {
	private readonly journal = new DeliveryJournal();
	private readonly outboxes = new Map<string, Outbox>();
	private readonly fromOptions: readonly Destination[];
	private hasStopped = false;

	/** Throws an Error when a destination of the options makes no sense. */
	constructor(
		private readonly options: SandboxOptions,
		private readonly store: Store,
		private readonly clock: Clock,
		private readonly nextCorrelationId: () => string,
	) {
		this.fromOptions = options.webhooks.map(createDestination);
		for (const destination of this.fromOptions) this.open(destination);
	}

	get destinations(): readonly Destination[] {
		return [...this.outboxes.values()].map(({ destination }) => destination);
	}

	get events(): readonly WebhookEvent[] {
		return this.journal.events;
	}

	get deliveries(): readonly Delivery[] {
		return this.journal.deliveries;
	}

	get unacknowledged(): readonly Unacknowledged[] {
		return this.journal.unacknowledged;
	}

	get isQuiet(): boolean {
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
	 * An instruction has come to a status. It is told a moment later, since an instruction that a
	 * fault takes away in the same breath never was.
	 */
	announce(change: StatusChange): void {
		if (change.previous === null && !this.options.newInstructionEvents) return;
		const event = instructionEvent(change, {
			options: this.options,
			now: this.clock(),
			correlationId: this.nextCorrelationId(),
		});
		queueMicrotask(() => {
			if (this.store.holds(change.instruction)) this.tell(event);
		});
	}

	emit(event: EmittedEvent): WebhookEvent {
		return this.tell({ eventId: randomUUID(), timestamp: this.clock(), ...event });
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
		// What was announced just now is told in the meantime.
		await Promise.resolve();
		await new Promise<void>((resolve, reject) => {
			const look = (): void => {
				try {
					if (condition()) settle(resolve);
					else if (this.hasStopped) throw new Error('The sandbox stopped.');
				} catch (error) {
					settle(() => reject(error instanceof Error ? error : new Error(String(error))));
				}
			};
			const unwatch = this.journal.watch(look);
			const settle = (end: () => void): void => {
				unwatch();
				end();
			};
			look();
		});
	}

	whenQuiet(): Promise<void> {
		return this.until(() => this.isQuiet);
	}

	/** Only the destinations of the options are left, as at the start. */
	reset(): void {
		for (const outbox of this.outboxes.values()) outbox.close();
		this.outboxes.clear();
		this.journal.clear();
		for (const destination of this.fromOptions) this.open(destination);
	}

	/** Nothing is sent any more, and no timer or connection is left. */
	stop(): void {
		for (const outbox of this.outboxes.values()) outbox.close();
		this.outboxes.clear();
		this.hasStopped = true;
		this.journal.noteChange();
	}

	private open(destination: Destination): Destination {
		const outbox = new Outbox(destination, this.journal, this.clock);
		this.outboxes.set(destination.destinationId, outbox);
		return destination;
	}

	private outbox(destinationId: string): Outbox {
		const outbox = this.outboxes.get(destinationId);
		if (!outbox) throw new Error(`There is no webhook ${destinationId}.`);
		return outbox;
	}

	private tell(event: WebhookEvent): WebhookEvent {
		const wanting = [...this.outboxes.values()].filter((outbox) => outbox.wants(event));
		const destinationIds = wanting.map(({ destination }) => destination.destinationId);
		this.journal.addEvent(event, destinationIds);
		for (const outbox of wanting) outbox.add(event);
		return event;
	}
}
