import { isJsonObject, type JsonObject } from '../../validation/jsonObject';
import { ownProperty, valueAtPath } from '../jsonValues';

/**
 * The names that a field may have. None is published (API reference 7.2). They are inferred from the
 * API's own models (API reference 5) and from other webhooks.
 */
const KNOWN_NAMES = {
	/** Not `id`: it may be the ID of a customer or a chargeback, which several events share. */
	eventId: ['eventId', 'notificationId', 'messageId'],
	eventType: ['eventType', 'type', 'event', 'eventName'],
	orderRef: ['orderRef', 'orderReference'],
	instructionRef: ['instructionRef', 'instructionReference'],
	customerRef: ['customerRef', 'customerReference'],
	direction: ['direction'],
	amount: ['amount'],
	currency: ['currency'],
	status: ['status', 'instructionStatus'],
	failureReason: ['failureReason'],
	metadata: ['metadata'],
	correlationId: ['correlationId', 'correlation-id'],
	occurredAt: ['occurredAt', 'timestamp', 'eventTime', 'created'],
} as const;

export type EventFieldName = keyof typeof KNOWN_NAMES;
export const EVENT_FIELD_NAMES = Object.keys(KNOWN_NAMES) as EventFieldName[];

/** An object with one of these names is an event, and not a wrapper of several events. */
export const IDENTIFYING_NAMES: readonly string[] = [
	...KNOWN_NAMES.eventType,
	...KNOWN_NAMES.orderRef,
	...KNOWN_NAMES.instructionRef,
	...KNOWN_NAMES.customerRef,
	...KNOWN_NAMES.status,
];

/** An event may keep its fields in one of these objects. */
const WRAPPERS = ['data', 'payload', 'body', 'resource', 'detail', 'instruction', 'order'];

/** Dot paths that the user has set; an empty path counts as not set. */
export type EventPaths = Readonly<Partial<Record<EventFieldName | 'wrapper', string>>>;

/** Values as the body holds them; undefined for a field that is missing. */
export type RawEventFields = Readonly<Record<EventFieldName, unknown>>;

/**
 * Reads the fields of an event from its top level and from one object inside it. Nothing inside
 * `metadata`, `transaction`, `refunds` or `chargebacks` is ever read as a field: what a customer of
 * Imburse writes into metadata must not become a status. A field that has different values in two
 * places counts as missing.
 */
export function readEventFields(event: JsonObject, paths: EventPaths): RawEventFields {
	const wrapped = findWrapper(event, paths.wrapper ?? '');
	return Object.fromEntries(
		EVENT_FIELD_NAMES.map((field) => {
			const path = paths[field];
			return [
				field,
				path ? valueAtPath(event, path) : uniqueValue([event, ...wrapped], KNOWN_NAMES[field]),
			];
		}),
	) as Record<EventFieldName, unknown>;
}

function findWrapper(event: JsonObject, path: string): JsonObject[] {
	const places =
		path === '' ? WRAPPERS.map((name) => ownProperty(event, name)) : [valueAtPath(event, path)];
	const records = places.filter(isJsonObject);
	return records.length === 1 ? records : [];
}

/** The value that all of the names have; undefined if their values differ. */
function uniqueValue(places: readonly JsonObject[], names: readonly string[]): unknown {
	const values = places
		.flatMap((place) => names.map((name) => ownProperty(place, name)))
		.filter((value) => value !== undefined && value !== null);
	const [first] = values;
	const same = values.every((value) => JSON.stringify(value) === JSON.stringify(first));
	return same ? first : undefined;
}
