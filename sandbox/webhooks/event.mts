import { randomUUID } from 'node:crypto';
import type { SandboxOptions } from '../options.mts';
import { collectSchemes, payoutSchemes } from '../scheme-list.mts';
import { customerDefaultFor, type Direction, type Metadata, type StatusChange } from '../store.mts';

/**
 * What happened, as the sandbox tells it. That metadata and the code of the scheme come back is
 * documented (API reference 7.1), and most names are those of Imburse's answers (API reference 5).
 * That an event has these fields under these names at all is the sandbox's own guess: no payload is
 * published (API reference 7.2).
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
	/** Only on an instruction that ended badly. */
	failureReason?: string;
	correlationId?: string;
	metadata?: Metadata;
	/** Fields of an event that a test made up. */
	[field: string]: unknown;
}

/** What an event needs to know besides the instruction. */
export interface EventMaking {
	options: SandboxOptions;
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
		eventType: making.options.webhookEventType.replaceAll('{status}', status),
		timestamp: making.now,
		orderRef: order.orderRef,
		instructionRef,
		customerRef,
		direction,
		amount,
		currency,
		country,
		schemeCode: schemeCode(change, making.options),
		status,
		failureReason: instruction.failure?.reason,
		correlationId: making.correlationId,
		metadata: mergedMetadata(change),
	};
}

/**
 * The customer default's keys stand where the instruction has none (API reference 8, documented).
 * That those of the order come back with an instruction's event too, and give way to both, is
 * inferred (API reference 5, unknown).
 */
function mergedMetadata({ order, instruction }: StatusChange): Metadata {
	const ofCustomer = customerDefaultFor(order, instruction.customerRef)?.metadata;
	return { ...order.metadata, ...ofCustomer, ...instruction.metadata };
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
