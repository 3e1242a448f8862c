import { randomUUID } from 'node:crypto';
import type { SandboxOptions } from '../options.mts';
import { collectSchemes, payoutSchemes } from '../schemes.mts';
import { customerDefaultFor, type Direction, type Metadata, type StatusChange } from '../store.mts';

/**
 * An event as the sandbox sends it. It is documented that metadata and the code of the scheme come
 * back (API reference 7.1), and most names are those of Imburse's responses (API reference 5). That an
 * event has these fields under these names is the sandbox's own guess: no payload is published (API
 * reference 7.2).
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
	/** The label of the scheme's draft. */
	schemeCode?: string;
	status?: string;
	/** Only for an instruction that failed. */
	failureReason?: string;
	correlationId?: string;
	metadata?: Metadata;
	/** Fields of an event that a test has composed. */
	[field: string]: unknown;
}

/** What an event is made from besides the instruction. */
export interface EventContext {
	options: SandboxOptions;
	/** Epoch milliseconds. */
	now: number;
	correlationId: string;
}

/** The event for an instruction that has a new status. */
export function createInstructionEvent(change: StatusChange, context: EventContext): WebhookEvent {
	const { order, instruction } = change;
	const { instructionRef, customerRef, direction, amount, currency, country, status } = instruction;
	return {
		eventId: randomUUID(),
		eventType: context.options.webhookEventType.replaceAll('{status}', status),
		timestamp: context.now,
		orderRef: order.orderRef,
		instructionRef,
		customerRef,
		direction,
		amount,
		currency,
		country,
		schemeCode: schemeCode(change, context.options),
		status,
		failureReason: instruction.failure?.reason,
		correlationId: context.correlationId,
		metadata: mergedMetadata(change),
	};
}

/**
 * The instruction's keys win over those of the customer default (API reference 8, documented). It is
 * inferred that those of the order come back with the event of an instruction too, and lose against
 * both (API reference 5, unknown).
 */
function mergedMetadata({ order, instruction }: StatusChange): Metadata {
	const customerMetadata = customerDefaultFor(order, instruction.customerRef)?.metadata;
	return { ...order.metadata, ...customerMetadata, ...instruction.metadata };
}

function schemeCode(
	{ order, instruction }: StatusChange,
	options: SandboxOptions,
): string | undefined {
	const schemeId =
		instruction.schemeId ?? customerDefaultFor(order, instruction.customerRef)?.schemeId;
	const schemes = [...collectSchemes(options), ...payoutSchemes(options)];
	return schemes.find((scheme) => scheme.schemeId === schemeId)?.code;
}
