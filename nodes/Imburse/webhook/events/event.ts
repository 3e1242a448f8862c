import { isJsonObject, type JsonObject } from '../../api/jsonObject';
import { exactDecimalText } from '../../validation/decimalText';
import { readFields, type FieldPaths, type RawFields } from './eventFields';
import { instantText } from './instant';

/** What an event says of itself. Null where it says nothing, or nothing that can be relied on. */
export interface ImburseEvent {
	/** Only to tell one event from another. */
	eventId: string | null;
	eventType: string | null;
	orderRef: string | null;
	instructionRef: string | null;
	customerRef: string | null;
	direction: string | null;
	/** Decimal text. */
	amount: string | null;
	currency: string | null;
	/** An open list (API reference 5). */
	status: string | null;
	failureReason: string | null;
	metadata: Record<string, string>;
	correlationId: string | null;
	/** ISO 8601 in UTC. */
	occurredAt: string | null;
	/** The event as it came. */
	payload: JsonObject;
}

/** Reads one event of a delivery. */
export function readEvent(payload: JsonObject, paths: FieldPaths): ImburseEvent {
	const fields = readFields(payload, paths);
	return {
		...textsOf(fields),
		amount: amountText(fields.amount),
		metadata: metadataOf(fields.metadata),
		occurredAt: instantText(fields.occurredAt),
		payload,
	};
}

function textsOf(fields: RawFields) {
	return {
		eventId: text(fields.eventId),
		eventType: text(fields.eventType),
		orderRef: text(fields.orderRef),
		instructionRef: text(fields.instructionRef),
		customerRef: text(fields.customerRef),
		direction: text(fields.direction)?.toUpperCase() ?? null,
		currency: text(fields.currency),
		status: text(fields.status)?.toUpperCase() ?? null,
		failureReason: text(fields.failureReason),
		correlationId: text(fields.correlationId),
	};
}

function text(value: unknown): string | null {
	if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** Decimal text; null for a number of which digits may have been lost. */
export function amountText(value: unknown): string | null {
	if (typeof value === 'number') return exactDecimalText(value) ?? null;
	return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? value.trim() : null;
}

/** Keys and values as text. A key such as `__proto__` is a key like any other. */
export function metadataOf(value: unknown): Record<string, string> {
	if (!isJsonObject(value)) return {};
	const entries = Object.entries(value).filter(([, entry]) => entry !== null);
	return Object.fromEntries(
		entries.map(([key, entry]) => [key, typeof entry === 'string' ? entry : JSON.stringify(entry)]),
	);
}
