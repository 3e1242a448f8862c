import { isJsonObject, type JsonObject } from '../../api/jsonObject';
import { valueAtPath, ownProperty } from '../jsonValues';

/**
 * The names under which a field is looked for. None is published (API reference 7.2); they are those
 * of the API's own models (API reference 5) and what is usual for webhooks: inferred.
 */
const KNOWN_NAMES = {
	/** A bare `id` may be that of a customer or a chargeback, of which several events tell. */
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

/** What shows that an object is an event, and not what wraps several. */
export const IDENTIFYING_NAMES: readonly string[] = [
	...KNOWN_NAMES.eventType,
	...KNOWN_NAMES.orderRef,
	...KNOWN_NAMES.instructionRef,
	...KNOWN_NAMES.customerRef,
	...KNOWN_NAMES.status,
];

/** Objects in which an event may keep its fields, at most one of them. */
const WRAPPERS = ['data', 'payload', 'body', 'resource', 'detail', 'instruction', 'order'];

/** Where the user says that something stands, as dot paths; an empty one says nothing. */
export type EventPaths = Readonly<Partial<Record<EventFieldName | 'wrapper', string>>>;

/** The fields of an event as they stand in its body; undefined where there is none. */
export type RawEventFields = Readonly<Record<EventFieldName, unknown>>;

/**
 * Reads the fields of an event, from its top level and from one object inside it. Nothing inside
 * `metadata`, `transaction`, `refunds` or `chargebacks` is ever taken for a field: what a customer
 * of Imburse writes into metadata must not pass for a status. Where two places say different things
 * the field is left open.
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

/** The one value that stands under any of the names; undefined where there are several. */
function uniqueValue(places: readonly JsonObject[], names: readonly string[]): unknown {
	const values = places
		.flatMap((place) => names.map((name) => ownProperty(place, name)))
		.filter((value) => value !== undefined && value !== null);
	const [first] = values;
	const same = values.every((value) => JSON.stringify(value) === JSON.stringify(first));
	return same ? first : undefined;
}
