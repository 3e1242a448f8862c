import { isJsonObject, type JsonObject } from '../../validation/jsonObject';
import { exactDecimalText } from '../../validation/decimalText';
import { readEventFields, type EventPaths, type RawEventFields } from './eventFields';
import { isoInstant } from './instant';

/** What an event reports. A field is null if it is missing or cannot be relied on. */
export interface ImburseEvent {
	/** Used only to tell events apart. */
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

/** Decimal text; null for a number that may have lost digits. */
export function readAmount(value: unknown): string | null {
	if (typeof value === 'number') return exactDecimalText(value) ?? null;
	return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? value.trim() : null;
}

/** Keys and values as text. A key such as `__proto__` is kept like any other. */
export function readMetadata(value: unknown): Record<string, string> {
	if (!isJsonObject(value)) return {};
	const entries = Object.entries(value).filter(([, entry]) => entry !== null);
	return Object.fromEntries(
		entries.map(([key, entry]) => [key, typeof entry === 'string' ? entry : JSON.stringify(entry)]),
	);
}

/**
 * What has a life of its own beside the instruction. Chargebacks, customers and financial instruments
 * are documented as kinds of events (API reference 7.1); the others are inferred.
 */
const OTHER_SUBJECTS =
	/CHARGE_?BACK|DISPUTE|REFUND|REVERS|RETURN|REWARD|MANDATE|CUSTOMER|INSTRUMENT|LINK|SESSION|METADATA|BATCH/i;

/**
 * Whether an event reports the state of its instruction. An event about anything else is never a
 * duplicate of that state, and reading the instruction does not confirm it.
 */
export function reportsInstructionState({ eventType }: Pick<ImburseEvent, 'eventType'>): boolean {
	return eventType === null || !OTHER_SUBJECTS.test(eventType);
}
