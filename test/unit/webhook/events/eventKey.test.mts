import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readEvent, type ImburseEvent } from '../../../../nodes/Imburse/webhook/events/event.ts';
import { eventKeyOf } from '../../../../nodes/Imburse/webhook/events/eventKey.ts';

const SCOPE = { environment: 'sandbox', tenantId: 'tenant-1' };

function event(payload: Record<string, unknown>): ImburseEvent {
	return readEvent({ orderRef: 'O-1', instructionRef: 'I-1', ...payload }, {});
}

/** The event after it was confirmed with that status. */
function confirmed(payload: Record<string, unknown>, status: string | null = 'SETTLED') {
	return { ...event(payload), status };
}

function keyOf(given: ImburseEvent, isConfirmed = true, scope = SCOPE) {
	return eventKeyOf(given, isConfirmed, scope);
}

describe('a confirmed state', () => {
	it('is one event, however many events report it', () => {
		const keys = [
			{ eventType: 'INSTRUCTION', status: 'PROCESSING', eventId: '1' },
			{ eventType: 'INSTRUCTION', status: 'SETTLED', eventId: '2' },
			{ eventType: 'INSTRUCTION_SETTLED', status: 'SETTLED', eventId: '3' },
			{ eventType: 'instruction.processing', timestamp: 1569248349 },
			{ eventType: 'ORDER', eventId: '4' },
			{ eventType: 'Payment Settled', eventId: '5' },
			{ status: 'SETTLED' },
			{},
		].map((payload) => keyOf(confirmed(payload)));
		expect(new Set(keys)).toEqual(new Set(['sandbox/tenant-1/O-1/I-1/SETTLED']));
	});

	it('is another event when it changes', () => {
		const statuses = ['READY', 'PROCESSING', 'SETTLED', 'FAILED', 'LATE', 'VOID'];
		const keys = statuses.map((status) => keyOf(confirmed({ eventType: 'INSTRUCTION' }, status)));
		expect(new Set(keys).size).toBe(statuses.length);
	});

	it.each([
		'CHARGEBACK',
		'CHARGEBACK_CREATED',
		'INSTRUCTION_CHARGEBACK',
		'PAYMENT_REFUNDED',
		'ORDER.REFUND',
		'CUSTOMER',
		'MANDATE',
		'INSTRUCTION_REWARD',
		'PAYMENT_INSTRUMENT',
		'ChargebackLost',
		'DISPUTE_OPENED',
		'PAYMENTLINK',
		'ORDER_METADATA_CHANGED',
	])('is never one with %s of the same instruction', (eventType) => {
		const state = keyOf(confirmed({ eventType: 'INSTRUCTION' }));
		const first = keyOf(confirmed({ eventType, eventId: '1' }));
		const second = keyOf(confirmed({ eventType, eventId: '2' }));
		const unnamed = keyOf(confirmed({ eventType, amount: '1' }));
		const other = keyOf(confirmed({ eventType, amount: '2' }));
		expect(new Set([state, first, second, unnamed, other]).size).toBe(5);
	});

	it.each([null, 'InstructionSettled', 'TRANSACTION_SETTLED', 'PAYMENT.PROCESSING', 'Unknown'])(
		'is the same for every late event that reports it: %s',
		(eventType) => {
			const state = keyOf(confirmed({ eventType: 'INSTRUCTION', eventId: '1' }));
			expect(keyOf(confirmed({ eventType, eventId: '2' }))).toBe(state);
		},
	);

	it('needs a status in the answer of Imburse', () => {
		const key = keyOf(confirmed({ eventType: 'INSTRUCTION', eventId: '1' }, null));
		expect(key).toBe('sandbox/tenant-1/O-1/I-1/INSTRUCTION/event/1');
	});
});

describe('any other event', () => {
	it('is identified by its ID, whatever else has changed', () => {
		const first = event({ eventType: 'CHARGEBACK', eventId: '1', attempt: 1 });
		const again = event({ eventType: 'CHARGEBACK', eventId: '1', attempt: 2 });
		expect(keyOf(again, false)).toBe(keyOf(first, false));
		const changed = { ...again, status: 'FAILED' };
		expect(keyOf(changed)).toBe(keyOf({ ...first, status: 'SETTLED' }));
	});

	it('without an ID is identified by all of it', () => {
		const payload = { eventType: 'CUSTOMER', data: { a: 1, b: [1, 2] } };
		const same = { data: { b: [1, 2], a: 1 }, eventType: 'CUSTOMER' };
		expect(keyOf(event(payload), false)).toBe(keyOf(event(same), false));
		for (const other of [
			{ ...payload, data: { a: 1, b: [2, 1] } },
			{ ...payload, data: { a: 1 } },
			{ ...payload, data: { a: '1', b: [1, 2] } },
			{ ...payload, extra: null },
		]) {
			expect(keyOf(event(other), false)).not.toBe(keyOf(event(payload), false));
		}
	});

	it('of the same thing in another state is another', () => {
		const keys = ['PROCESSING', 'SETTLED'].map((status) =>
			keyOf(event({ eventType: 'INSTRUCTION', data: { id: 'instruction-1' }, status }), false),
		);
		expect(new Set(keys).size).toBe(2);
	});

	it('with the ID of a customer is not lost', () => {
		const keys = ['ACTIVE', 'FORGOTTEN'].map((state) =>
			keyOf(event({ type: 'CUSTOMER', id: 'customer-1', data: { state } }), false),
		);
		expect(new Set(keys).size).toBe(2);
	});

	it('is never equal to a confirmed one', () => {
		const payload = { eventType: 'INSTRUCTION', status: 'SETTLED', eventId: '1' };
		expect(keyOf(event(payload), false)).not.toBe(keyOf(event(payload), true));
	});
});

const texts = fc.oneof(
	fc.constantFrom('', '-', '/', '//', '%2F', 'a/b', 'a', 'b', 'event', 'hash', 'SETTLED', 'null'),
	fc.string({ maxLength: 8, unit: 'grapheme' }),
);
const parts = fc.record({
	environment: texts,
	tenantId: texts,
	orderRef: fc.option(texts),
	instructionRef: fc.option(texts),
	status: fc.option(texts),
	eventType: fc.option(fc.oneof(fc.constantFrom('INSTRUCTION', 'CHARGEBACK'), texts)),
	eventId: fc.option(texts),
	isConfirmed: fc.boolean(),
});
type Parts = typeof parts extends fc.Arbitrary<infer T> ? T : never;

function keyOfParts({ environment, tenantId, isConfirmed, ...fields }: Parts): string {
	return eventKeyOf({ ...readEvent({}, {}), ...fields }, isConfirmed, { environment, tenantId });
}

/** An empty text never stands in an event; it counts as nothing. */
function placeOf({ environment, tenantId, orderRef, instructionRef }: Parts): string {
	return JSON.stringify([environment, tenantId, orderRef || null, instructionRef || null]);
}

describe('a key', () => {
	it('is never shared by two environments, tenants, orders or instructions', () => {
		const differing = fc
			.tuple(parts, parts, fc.subarray(['environment', 'tenantId', 'orderRef', 'instructionRef']))
			.map(([one, other, names]) => {
				const same = Object.fromEntries(names.map((name) => [name, one[name as keyof Parts]]));
				return [one, { ...other, ...same }] as [Parts, Parts];
			});
		fc.assert(
			fc.property(differing, ([one, other]) => {
				if (placeOf(one) === placeOf(other)) return;
				expect(keyOfParts(one)).not.toBe(keyOfParts(other));
			}),
			{ numRuns: 5000 },
		);
	});

	it('is never shared by a state and an event, whatever they are called', () => {
		fc.assert(
			fc.property(parts, parts, (one, other) => {
				const state = keyOfParts({ ...one, isConfirmed: true, eventType: null, status: 'SETTLED' });
				expect(keyOfParts({ ...other, isConfirmed: false })).not.toBe(state);
			}),
			{ numRuns: 2000 },
		);
	});

	it('is made of parts that can be taken apart again', () => {
		fc.assert(
			fc.property(parts, (given) => {
				const [environment, tenantId, orderRef, instructionRef] = keyOfParts(given)
					.split('/')
					.map(decodeURIComponent);
				expect(environment).toBe(given.environment);
				expect(tenantId).toBe(given.tenantId);
				expect(orderRef).toBe(given.orderRef ?? '');
				expect(instructionRef).toBe(given.instructionRef ?? '');
			}),
		);
	});

	it('can be made of text that is no Unicode', () => {
		expect(keyOf(event({ orderRef: '\ud800', eventId: '\udc00' }), false)).toMatch(/%EF%BF%BD/);
	});
});
