import { isJsonObject, type JsonObject } from '../../api/jsonObject';
import { exactDecimalText } from '../../validation/decimalText';
import { readEventFields, type EventPaths, type RawEventFields } from './eventFields';
import { isoInstant } from './instant';

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
export function readEvent(payload: JsonObject, paths: EventPaths): ImburseEvent {
	const fields = readEventFields(payload, paths);
	return {
		...readTexts(fields),
		amount: readAmount(fields.amount),
		metadata: readMetadata(fields.metadata),
		occurredAt: isoInstant(fields.occurredAt),
		payload,
	};
}

function readTexts(fields: RawEventFields) {
	return {
		eventId: readText(fields.eventId),
		eventType: readText(fields.eventType),
		orderRef: readText(fields.orderRef),
		instructionRef: readText(fields.instructionRef),
		customerRef: readText(fields.customerRef),
		direction: readText(fields.direction)?.toUpperCase() ?? null,
		currency: readText(fields.currency),
		status: readText(fields.status)?.toUpperCase() ?? null,
		failureReason: readText(fields.failureReason),
		correlationId: readText(fields.correlationId),
	};
}

function readText(value: unknown): string | null {
	if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** Decimal text; null for a number of which digits may have been lost. */
export function readAmount(value: unknown): string | null {
	if (typeof value === 'number') return exactDecimalText(value) ?? null;
	return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? value.trim() : null;
}

/** Keys and values as text. A key such as `__proto__` is a key like any other. */
export function readMetadata(value: unknown): Record<string, string> {
	if (!isJsonObject(value)) return {};
	const entries = Object.entries(value).filter(([, entry]) => entry !== null);
	return Object.fromEntries(
		entries.map(([key, entry]) => [key, typeof entry === 'string' ? entry : JSON.stringify(entry)]),
	);
}
