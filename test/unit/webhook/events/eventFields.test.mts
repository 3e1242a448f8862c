import { describe, expect, it } from '@jest/globals';
import {
	EVENT_FIELD_NAMES,
	readEventFields,
	type EventFieldName,
	type EventPaths,
} from '../../../../nodes/Imburse/webhook/events/eventFields.ts';

function read(json: object | string, paths: EventPaths = {}) {
	const event: unknown = typeof json === 'string' ? JSON.parse(json) : json;
	return readEventFields(event as Record<string, unknown>, paths);
}

const KNOWN: ReadonlyArray<[EventFieldName, string[]]> = [
	['eventId', ['eventId', 'notificationId', 'messageId']],
	['eventType', ['eventType', 'type', 'event', 'eventName']],
	['orderRef', ['orderRef', 'orderReference']],
	['instructionRef', ['instructionRef', 'instructionReference']],
	['customerRef', ['customerRef', 'customerReference']],
	['status', ['status', 'instructionStatus']],
	['correlationId', ['correlationId', 'correlation-id']],
	['occurredAt', ['occurredAt', 'timestamp', 'eventTime', 'created']],
];
const spellings = KNOWN.flatMap(([field, names]) => names.map((name) => [field, name] as const));
const WRAPPERS = ['data', 'payload', 'body', 'resource', 'detail', 'instruction', 'order'];

describe('a known name', () => {
	it.each(spellings)('of %s is %s, at the top', (field, name) => {
		expect(read({ [name]: 'x' })[field]).toBe('x');
	});

	it.each(spellings)('of %s is %s, inside a wrapper', (field, name) => {
		expect(read({ data: { [name]: 'x' } })[field]).toBe('x');
	});

	it('is written as it is known', () => {
		expect(read({ Status: 'x', STATUS: 'x', order_ref: 'x', state: 'x' })).toEqual(read({}));
	});

	it('is not "id", which different things have', () => {
		expect(read({ id: 'x', data: { id: 'y' } })).toEqual(read({}));
	});
});

describe('a wrapper', () => {
	it.each(WRAPPERS)('may be called %s', (name) => {
		expect(read({ eventType: 'X', [name]: { status: 'SETTLED' } })).toMatchObject({
			eventType: 'X',
			status: 'SETTLED',
		});
	});

	it.each(['metadata', 'transaction', 'refunds', 'chargebacks', 'foo', 'constructor', '__proto__'])(
		'is not called %s',
		(name) => {
			expect(read(`{"${name}":{"status":"SETTLED"}}`).status).toBeUndefined();
			expect(read(`{"data":{"${name}":{"status":"SETTLED"}}}`).status).toBeUndefined();
		},
	);

	it('counts only if there is exactly one', () => {
		expect(read({ data: { status: 'A' }, order: { status: 'A' } }).status).toBeUndefined();
		expect(read({ data: { data: { status: 'A' } } }).status).toBeUndefined();
	});

	it.each([['text'], [7], [null], [true]])('may be missing beside %j', (data) => {
		expect(read({ data, order: { status: 'A' } }).status).toBe('A');
	});

	it('is no list', () => {
		expect(read({ data: [{ status: 'A' }] }).status).toBeUndefined();
	});

	it('can be named', () => {
		const event = { data: { status: 'A' }, deep: [{ inner: { status: 'B' } }] };
		expect(read(event, { wrapper: 'deep.0.inner' }).status).toBe('B');
		expect(read(event, { wrapper: 'nowhere' }).status).toBeUndefined();
		expect(read(event, { wrapper: '' }).status).toBe('A');
	});
});

describe('two places', () => {
	it.each([
		['top and wrapper', { status: 'A', data: { status: 'B' } }],
		['two names', { status: 'A', instructionStatus: 'B' }],
		['two names of the wrapper', { data: { status: 'A', instructionStatus: 'B' } }],
		['text and number', { status: '1', data: { status: 1 } }],
		['text and list', { status: 'A', data: { status: ['A'] } }],
		['text and nothing', { status: 'A', data: { status: '' } }],
	])('with different values leave the field undefined: %s', (_case, event) => {
		expect(read(event).status).toBeUndefined();
	});

	it.each([
		['top and wrapper', { status: 'A', data: { status: 'A' } }],
		['two names', { status: 'A', instructionStatus: 'A' }],
		['null beside it', { status: null, data: { status: 'A' } }],
	])('with the same value do not: %s', (_case, event) => {
		expect(read(event).status).toBe('A');
	});

	it('leave only their own field undefined', () => {
		const event = { status: 'A', orderRef: 'O', data: { status: 'B', orderRef: 'O' } };
		expect(read(event)).toMatchObject({ status: undefined, orderRef: 'O' });
	});
});

describe('a dot path', () => {
	it.each(EVENT_FIELD_NAMES)('sets the place of %s', (field) => {
		const event = { somewhere: [{ else: 'x' }], [field]: 'y' };
		expect(read(event, { [field]: 'somewhere.0.else' })[field]).toBe('x');
		expect(read(event, { [field]: '' })[field]).toBe('y');
	});

	it('counts alone, even if nothing is there', () => {
		expect(read({ status: 'A' }, { status: 'data.state' }).status).toBeUndefined();
	});

	it.each(['constructor', '__proto__', 'toString', 'constructor.name', 'status.length'])(
		'such as %s finds only what the body contains',
		(path) => {
			expect(read({ status: 'A' }, { status: path }).status).toBeUndefined();
		},
	);
});
