import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitEvents } from '../../../../nodes/Imburse/webhook/events/splitEvents.ts';

const FIRST = { eventType: 'INSTRUCTION', orderRef: 'O-1' };
const SECOND = { eventType: 'CUSTOMER', customerRef: 'C-1' };
const NO_EVENTS = 'its body is neither an event nor a list of events';

function eventsIn(body: unknown, path = '') {
	const split = splitEvents(body, path);
	if (!split.ok) throw new Error(split.reason);
	return split.events;
}

describe('a delivery', () => {
	it('may be one event', () => {
		expect(eventsIn(FIRST)).toEqual([FIRST]);
	});

	it('may be a list', () => {
		expect(eventsIn([FIRST, SECOND])).toEqual([FIRST, SECOND]);
		expect(eventsIn([])).toEqual([]);
	});

	it.each(['events', 'notifications', 'items', 'data', 'toString', '__proto__'])(
		'may be an object with a list under %s',
		(name) => {
			const body = JSON.parse(
				`{"batchId":"b","${name}":${JSON.stringify([FIRST, SECOND])}}`,
			) as object;
			expect(eventsIn(body)).toEqual([FIRST, SECOND]);
		},
	);

	it('may be an object with an empty list', () => {
		expect(eventsIn({ batchId: 'b', events: [] })).toEqual([]);
	});

	it('with a deeper list needs its path', () => {
		const body = { notification: { events: [FIRST, SECOND] }, eventType: 'BATCH' };
		expect(eventsIn(body, 'notification.events')).toEqual([FIRST, SECOND]);
		expect(eventsIn(body)).toEqual([body]);
		expect(eventsIn([{ inner: FIRST }], '0.inner')).toEqual([FIRST]);
	});

	it.each(['notification.event', 'notification', '__proto__', 'constructor', 'batch'])(
		'that has no events under %p is not understood',
		(path) => {
			const body = { notification: 'none', batch: [1, 2] };
			expect(splitEvents(body, path)).toEqual({
				ok: false,
				reason: `there are no events under the path "${path}"`,
			});
		},
	);

	it.each([
		[undefined],
		[null],
		['text'],
		[7],
		[true],
		[[null]],
		[[FIRST, 'text']],
		[[FIRST, [SECOND]]],
		[[[FIRST]]],
	])('is not understood where it is %j', (body) => {
		expect(splitEvents(body, '')).toEqual({ ok: false, reason: NO_EVENTS });
	});
});

describe('an object that identifies itself as an event', () => {
	it.each(['eventType', 'type', 'event', 'orderRef', 'instructionRef', 'customerRef', 'status'])(
		'by %s is one event, whatever lists it holds',
		(name) => {
			const event = { [name]: 'x', events: [FIRST], lines: [SECOND] };
			expect(eventsIn(event)).toEqual([event]);
		},
	);

	it('is one event with several lists', () => {
		const event = { id: 'x', one: [FIRST], two: [SECOND] };
		expect(eventsIn(event)).toEqual([event]);
	});

	it.each(['metadata', 'transaction', 'transactions', 'refunds', 'chargebacks', 'errors'])(
		'is not split at its %s',
		(name) => {
			const event = { id: 'x', [name]: [{ ...FIRST, status: 'SETTLED' }] };
			expect(eventsIn(event)).toEqual([event]);
		},
	);

	it('is not split at a list of anything but objects', () => {
		const event = { id: 'x', tags: ['a', 'b'] };
		expect(eventsIn(event)).toEqual([event]);
	});
});

describe('a hostile delivery', () => {
	it.each([
		['lists', '['.repeat(300_000) + ']'.repeat(300_000)],
		['objects', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)],
		['metadata', `{"orderRef":"O","metadata":{"a":${'['.repeat(101)}${']'.repeat(101)}}}`],
	])('of very deep %s is not understood', (_case, json) => {
		for (const path of ['', 'a.b']) {
			expect(splitEvents(JSON.parse(json), path)).toEqual({
				ok: false,
				reason: 'its body has more than 100 levels',
			});
		}
	});

	it('of a hundred levels is understood', () => {
		const json = '{"a":'.repeat(99) + '{}' + '}'.repeat(99);
		expect(splitEvents(JSON.parse(json), '').ok).toBe(true);
	});

	it('of very many events is split', () => {
		const body = Array.from({ length: 50_000 }, (_, index) => ({ index }));
		expect(eventsIn(body)).toHaveLength(50_000);
	});

	it('never throws, and never gives anything but objects', () => {
		fc.assert(
			fc.property(
				fc.jsonValue({ maxDepth: 5 }),
				fc.constantFrom('', 'a', '0', 'a.b'),
				(body, path) => {
					const split = splitEvents(body, path);
					if (!split.ok) return;
					for (const event of split.events) {
						expect(Object.prototype.toString.call(event)).toBe('[object Object]');
					}
				},
			),
		);
	});
});
