import { isJsonObject, type JsonObject } from '../../api/jsonObject';
import { atPath, own } from './records';

/**
 * The names under which a field is looked for. None is published (API reference 7.2); they are those
 * of the API's own models (API reference 5) and what is usual for webhooks: inferred.
 */
const NAMES = {
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

export type FieldName = keyof typeof NAMES;
export const FIELD_NAMES = Object.keys(NAMES) as FieldName[];

/** What shows that an object is an event, and not what wraps several. */
export const RECOGNISED_NAMES: readonly string[] = [
	...NAMES.eventType,
	...NAMES.orderRef,
	...NAMES.instructionRef,
	...NAMES.customerRef,
	...NAMES.status,
];

/** Objects in which an event may keep its fields, at most one of them. */
const WRAPPERS = ['data', 'payload', 'body', 'resource', 'detail', 'instruction', 'order'];

/** Where the user says that something stands, as dot paths; an empty one says nothing. */
export type FieldPaths = Readonly<Partial<Record<FieldName | 'wrapper', string>>>;

/** The fields of an event as they stand in its body; undefined where there is none. */
export type RawFields = Readonly<Record<FieldName, unknown>>;

/**
 * Reads the fields of an event, from its top level and from one object inside it. Nothing inside
 * `metadata`, `transaction`, `refunds` or `chargebacks` is ever taken for a field: what a customer
 * of Imburse writes into metadata must not pass for a status. Where two places say different things
 * the field is left open.
 */
export function readFields(event: JsonObject, paths: FieldPaths): RawFields {
	const wrapped = wrapperOf(event, paths.wrapper ?? '');
	return Object.fromEntries(
		FIELD_NAMES.map((field) => {
			const path = paths[field];
			return [field, path ? atPath(event, path) : agreedValue([event, ...wrapped], NAMES[field])];
		}),
	) as Record<FieldName, unknown>;
}

function wrapperOf(event: JsonObject, path: string): JsonObject[] {
	const places = path === '' ? WRAPPERS.map((name) => own(event, name)) : [atPath(event, path)];
	const records = places.filter(isJsonObject);
	return records.length === 1 ? records : [];
}

/** The one value that stands under any of the names; undefined where there are several. */
function agreedValue(places: readonly JsonObject[], names: readonly string[]): unknown {
	const values = places
		.flatMap((place) => names.map((name) => own(place, name)))
		.filter((value) => value !== undefined && value !== null);
	const [first] = values;
	const same = values.every((value) => JSON.stringify(value) === JSON.stringify(first));
	return same ? first : undefined;
}
