import { randomUUID } from 'node:crypto';
import { customerDefaultFor, type Direction, type Metadata, type StatusChange } from '../store.mts';

/**
 * What happened, as the sandbox tells it. That metadata comes back is documented, and so are the
 * fields' names in Imburse's answers (API reference 5). That an event has these fields under these
 * names at all is the sandbox's own guess: nothing of the payload is published (7.2).
 */
export interface WebhookEvent {
	eventId: string;
	eventType: string;
	/** Epoch milliseconds, by the sandbox's clock. */
	timestamp: number;
	orderRef?: string;
	instructionRef?: string;
	customerRef?: string;
	direction?: Direction;
	/** Decimal text. */
	amount?: string;
	currency?: string;
	country?: string;
	status?: string;
	/** Only on an instruction that ended badly. */
	failureReason?: string;
	correlationId?: string;
	metadata?: Metadata;
	/** Fields of an event that a test made up. */
	[field: string]: unknown;
}

/** What is the same for every event of an instruction. */
export interface EventMaking {
	/** `{status}` in it is replaced by the status. */
	eventType: string;
	/** Epoch milliseconds. */
	now: number;
	correlationId: string;
}

/** The event of an instruction that has come to a status. */
export function instructionEvent(change: StatusChange, making: EventMaking): WebhookEvent {
	const { order, instruction } = change;
	const { instructionRef, customerRef, direction, amount, currency, country, status } = instruction;
	return {
		eventId: randomUUID(),
		eventType: making.eventType.replaceAll('{status}', status),
		timestamp: making.now,
		orderRef: order.orderRef,
		instructionRef,
		customerRef,
		direction,
		amount,
		currency,
		country,
		status,
		failureReason: instruction.failure?.reason,
		correlationId: making.correlationId,
		metadata: mergedMetadata(change),
	};
}

/**
 * The customer default's keys stand where the instruction has none (API reference 8, documented).
 * That those of the order come back with an instruction's event too, and give way to both, is inferred.
 */
function mergedMetadata({ order, instruction }: StatusChange): Metadata {
	const ofCustomer = customerDefaultFor(order, instruction.customerRef)?.metadata;
	return { ...order.metadata, ...ofCustomer, ...instruction.metadata };
}
