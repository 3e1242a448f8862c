import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	readAmount,
	readMetadata,
	readEvent,
	type ImburseEvent,
} from '../../../../nodes/Imburse/webhook/events/event.ts';

const FULL = {
	eventId: '8d1c',
	eventType: 'INSTRUCTION',
	orderRef: 'CLAIM-1',
	instructionRef: 'I-1',
	customerRef: 'C-1',
	direction: 'CREDIT',
	amount: '10.50',
	currency: 'EUR',
	status: 'SETTLED',
	failureReason: 'none',
	metadata: { claim: '17' },
	correlationId: 'corr-1',
	occurredAt: '2026-11-30T12:00:00.000Z',
};

function read(payload: unknown): ImburseEvent {
	return readEvent(payload as Record<string, unknown>, {});
}

/** What is read, without the payload that it was read from. */
function fieldsOf(payload: unknown) {
	const { payload: kept, ...fields } = read(payload);
	expect(kept).toBe(payload);
	return fields;
}

describe('an event', () => {
	it('is read as it was sent', () => {
		expect(fieldsOf(FULL)).toEqual(FULL);
	});

	it('that is empty has null in each field', () => {
		const names = Object.keys(FULL).filter((name) => name !== 'metadata');
		const nothing = Object.fromEntries(names.map((name) => [name, null]));
		expect(fieldsOf({})).toEqual({ ...nothing, metadata: {} });
	});

	it('keeps an unknown type as it is', () => {
		for (const eventType of ['PAYMENT_LINK.Opened', 'x', '支付']) {
			expect(read({ eventType }).eventType).toBe(eventType);
		}
	});

	it('has its status and direction in capitals', () => {
		expect(read({ status: 'Settled', direction: 'credit' })).toMatchObject({
			status: 'SETTLED',
			direction: 'CREDIT',
		});
	});

	it.each([
		[17, '17'],
		[' CLAIM-1 ', 'CLAIM-1'],
		['', null],
		['  ', null],
		[null, null],
		[true, null],
		[1.5, null],
		[2 ** 53, null],
		[['CLAIM-1'], null],
		[{ value: 'CLAIM-1' }, null],
	])('with the order reference %j has %j', (orderRef, text) => {
		expect(read({ orderRef }).orderRef).toBe(text);
	});

	it('has no time where the zone is missing', () => {
		expect(read({ occurredAt: '2026-11-30T12:00:00' }).occurredAt).toBeNull();
		expect(read({ timestamp: 1569248349 }).occurredAt).toBe('2019-09-23T14:19:09.000Z');
	});
});

describe('an amount', () => {
	it.each([
		['10.50', '10.50'],
		[' 10.50 ', '10.50'],
		['0.1', '0.1'],
		['-5.00', '-5.00'],
		['12345678901234567890.123456789', '12345678901234567890.123456789'],
		[10.5, '10.5'],
		[10, '10'],
		[0, '0'],
		[-5, '-5'],
		[123456789.12, '123456789.12'],
	])('%j is %j', (value, text) => {
		expect(readAmount(value)).toBe(text);
	});

	it.each([
		[0.1 + 0.2],
		[2 ** 53],
		[1e21],
		[NaN],
		[Infinity],
		['1e3'],
		['1,000.00'],
		['1.000,00'],
		['10.'],
		['.5'],
		['+5'],
		['--5'],
		['10 EUR'],
		['0x10'],
		['١٠'],
		[''],
		[null],
		[undefined],
		[true],
		[['10']],
		[{ value: '10' }],
	])('%j is none', (value) => {
		expect(readAmount(value)).toBeNull();
	});

	it('in a text comes out digit by digit', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^\d{1,25}(\.\d{1,10})?$/), (text) => {
				expect(read({ amount: text }).amount).toBe(text);
			}),
		);
	});

	it('in a number comes out as the number that was sent, or not at all', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^(0|[1-9]\d{0,18})(\.\d{1,4})?$/), (sent) => {
				const { amount } = JSON.parse(`{"amount":${sent}}`) as { amount: number };
				const text = read({ amount }).amount;
				const short = sent.includes('.') ? sent.replace(/\.?0+$/, '') : sent;
				if (text !== null) expect(text).toBe(short);
				if (sent.replace('.', '').length <= 15) expect(text).toBe(short);
			}),
		);
	});
});

describe('metadata', () => {
	it('is text under text', () => {
		const metadata = { a: 'x', b: 1, c: true, d: null, e: ['y'], f: { g: 'z' }, h: '' };
		expect(readMetadata(metadata)).toEqual({
			a: 'x',
			b: '1',
			c: 'true',
			e: '["y"]',
			f: '{"g":"z"}',
			h: '',
		});
	});

	it.each([[undefined], [null], ['text'], [7], [[]], [[{ key: 'a' }]]])(
		'is empty where it is %j',
		(value) => {
			expect(readMetadata(value)).toEqual({});
		},
	);

	it('keeps every key, and touches nothing else', () => {
		const json = '{"__proto__":{"polluted":"yes"},"constructor":"c","status":"FAILED"}';
		const metadata = readMetadata(JSON.parse(json));
		expect(Object.entries(metadata)).toEqual([
			['__proto__', '{"polluted":"yes"}'],
			['constructor', 'c'],
			['status', 'FAILED'],
		]);
		expect(Object.getPrototypeOf(metadata)).toBe(Object.prototype);
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});
});

/** Names that mean something to the trigger or to JavaScript. */
const names = fc.constantFrom(
	'status',
	'instructionStatus',
	'orderRef',
	'orderReference',
	'instructionRef',
	'customerRef',
	'eventType',
	'type',
	'event',
	'eventId',
	'amount',
	'currency',
	'direction',
	'failureReason',
	'correlationId',
	'occurredAt',
	'timestamp',
	'metadata',
	'data',
	'payload',
	'instruction',
	'order',
	'transaction',
	'refunds',
	'chargebacks',
	'__proto__',
	'constructor',
	'toString',
	'prototype',
);

const leaves = fc.oneof(
	fc.constantFrom('FAILED', 'VOID', 'CLAIM-2', 'DEBIT', '999999.99', 'CHARGEBACK'),
	fc.double({ noNaN: true }),
	fc.boolean(),
	fc.constant(null),
);

/** A tree as an enemy would write it, parsed from JSON so that `__proto__` is a key of its own. */
const hostile = fc
	.letrec<{ tree: unknown }>((tie) => ({
		tree: fc.oneof(
			{ depthSize: 'small', withCrossShrink: true },
			leaves,
			fc.array(tie('tree'), { maxLength: 3 }),
			fc
				.array(fc.tuple(names, tie('tree')), { maxLength: 5 })
				.map((pairs) => Object.fromEntries(pairs)),
		),
	}))
	.tree.map((tree) => JSON.parse(JSON.stringify(tree)) as unknown);

describe('what stands inside an event', () => {
	it.each(['transaction', 'refunds', 'chargebacks', 'unknown', 'customerDefaults', '__proto__'])(
		'%s changes no field',
		(name) => {
			fc.assert(
				fc.property(hostile, (tree) => {
					const payload = Object.fromEntries([...Object.entries(FULL), [name, tree]]);
					expect(fieldsOf(payload)).toEqual(FULL);
					expect(fieldsOf(Object.fromEntries([[name, tree]]))).toEqual(fieldsOf({}));
				}),
			);
		},
	);

	it('metadata changes nothing but the metadata', () => {
		fc.assert(
			fc.property(hostile, (metadata) => {
				const same = { metadata: {} };
				expect({ ...fieldsOf({ ...FULL, metadata }), ...same }).toEqual({ ...FULL, ...same });
				expect({ ...fieldsOf({ metadata }), ...same }).toEqual(fieldsOf({}));
			}),
		);
	});

	it('makes a field null if the wrapper has another value, or leaves it', () => {
		fc.assert(
			fc.property(hostile, (data) => {
				const fields: Record<string, unknown> = fieldsOf({ ...FULL, data });
				for (const [name, value] of Object.entries(FULL)) {
					if (name !== 'metadata') expect([value, null]).toContainEqual(fields[name]);
				}
			}),
		);
	});

	it('never throws, and every field is a text or null', () => {
		fc.assert(
			fc.property(hostile, hostile, (tree, data) => {
				const payload = { ...Object(tree), data } as Record<string, unknown>;
				const { metadata, ...fields } = fieldsOf(payload);
				for (const value of Object.values(fields)) {
					expect(value === null || typeof value === 'string').toBe(true);
				}
				for (const value of Object.values(metadata)) expect(typeof value).toBe('string');
			}),
			{ numRuns: 1000 },
		);
	});
});
