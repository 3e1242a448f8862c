import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { SentFields } from '../../../nodes/Imburse/validation/compareFields.ts';
import {
	differingAspects,
	fingerprintSteps,
	isFingerprint,
	type BatchEntry,
} from '../../../nodes/Imburse/validation/fingerprint.ts';

/** All steps in one go. */
function batchFingerprint(entries: readonly BatchEntry[]): string {
	const steps = fingerprintSteps(entries);
	let step = steps.next();
	while (step.done !== true) step = steps.next();
	return step.value;
}

const id = fc.stringMatching(/^[0-9A-F]{32}$/);
const sent: fc.Arbitrary<SentFields> = fc.record(
	{
		instructionRef: fc.stringMatching(/^[A-Z0-9-]{1,8}$/),
		customerRef: fc.stringMatching(/^[A-Z0-9-]{1,8}$/),
		direction: fc.constantFrom('CREDIT', 'DEBIT'),
		amount: fc.integer({ min: 1, max: 1e9 }).map((cents) => (cents / 100).toFixed(2)),
		currency: fc.constantFrom('EUR', 'GBP', 'USD'),
		country: fc.constantFrom('DE', 'GB', 'US'),
		schemeId: id,
		financialInstrumentId: id,
		settledByDate: fc.constantFrom('2030-01-01', '2030-01-02'),
		metadata: fc.dictionary(fc.constantFrom('a', 'b'), fc.string()),
		customerDefaults: fc.dictionary(
			fc.constantFrom('C-1', 'C-2'),
			fc.record({ schemeId: id, financialInstrumentId: id }),
		),
	},
	{ requiredKeys: ['instructionRef'] },
);
const entry: fc.Arbitrary<BatchEntry> = fc.record({
	call: fc.constantFrom('createOrder', 'createInstruction'),
	place: fc.tuple(
		fc.constantFrom('sandbox', 'production'),
		fc.constantFrom('host', 'other'),
		fc.uuid(),
		fc.uuid(),
	),
	orderRef: fc.stringMatching(/^[A-Z0-9-]{1,8}$/),
	sent,
});
const batch = fc.array(entry, { minLength: 1, maxLength: 6 });

/** What decides about money, with another value for each, by the aspect that has to be named. */
const CHANGES: ReadonlyArray<
	[name: string, aspect: RegExp, change: (one: BatchEntry) => BatchEntry]
> = [
	['the call', /references/, (one) => ({ ...one, call: `${one.call}!` })],
	['the order', /references/, (one) => ({ ...one, orderRef: `${one.orderRef}!` })],
	...(['instructionRef', 'customerRef'] as const).map(changed(/references or customers/)),
	...(['direction', 'amount', 'currency'] as const).map(changed(/amounts/)),
	...(['country', 'schemeId', 'financialInstrumentId', 'settledByDate'] as const).map(
		changed(/^countries, schemes, financial instruments, dates or customer defaults$/),
	),
	...[0, 1, 2, 3].map((index): (typeof CHANGES)[number] => [
		`place ${index}`,
		/environment/,
		(one) => ({
			...one,
			place: one.place.map((text, at) => (at === index ? `${text}!` : text)),
		}),
	]),
	[
		'the scheme of a customer',
		/customer defaults/,
		(one) => ({
			...one,
			sent: {
				...one.sent,
				customerDefaults: { ...one.sent.customerDefaults, NEW: { schemeId: 'S' } },
			},
		}),
	],
];

function changed(aspect: RegExp) {
	return (name: keyof SentFields): (typeof CHANGES)[number] => [
		name,
		aspect,
		(one) => ({
			...one,
			sent: {
				...one.sent,
				[name]:
					name === 'amount'
						? `7${String(one.sent.amount ?? '')}`
						: `${String((one.sent[name] as string | undefined) ?? '')}!`,
			},
		}),
	];
}

describe('the fingerprint of a batch', () => {
	it.each(CHANGES)('changes with %s, and says so', (_, aspect, change) => {
		fc.assert(
			fc.property(batch, fc.nat(), (entries, place) => {
				const before = batchFingerprint(entries);
				const at = place % entries.length;
				const after = batchFingerprint(
					entries.map((one, index) => (index === at ? change(one) : one)),
				);
				expect(after.slice(0, 64)).not.toBe(before.slice(0, 64));
				expect(differingAspects(before, after).join()).toMatch(aspect);
			}),
		);
	});

	it('changes with a field that is left out, and with a row more, less or twice', () => {
		fc.assert(
			fc.property(batch, entry, (entries, more) => {
				const all = [entries.slice(1), [...entries, more], [...entries, entries[0]!]];
				for (const other of all) {
					expect(batchFingerprint(other)).not.toBe(batchFingerprint(entries));
				}
				for (const name of Object.keys(entries[0]!.sent) as Array<keyof SentFields>) {
					if (name === 'metadata' || name === 'customerDefaults') continue;
					const rest = { ...entries[0]!.sent };
					delete rest[name];
					const without = [{ ...entries[0]!, sent: rest }, ...entries.slice(1)];
					expect(batchFingerprint(without)).not.toBe(batchFingerprint(entries));
				}
			}),
		);
	});

	it('is the same in every order', () => {
		const shuffled = batch.chain((entries) =>
			fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })),
		);
		fc.assert(
			fc.property(shuffled, ([entries, others]) => {
				expect(batchFingerprint(others)).toBe(batchFingerprint(entries));
			}),
		);
	});

	it('does not change with metadata, nor with how amounts and IDs are written', () => {
		fc.assert(
			fc.property(batch, (entries) => {
				const others = entries.map((one) => {
					const { amount, schemeId, customerDefaults, ...rest } = one.sent;
					const written = {
						...rest,
						...(amount ? { amount: `${amount}0` } : {}),
						...(schemeId ? { schemeId: schemeId.toLowerCase() } : {}),
						customerDefaults: { ...customerDefaults, NEW: { metadata: { a: 'b' } } },
						metadata: { other: 'one' },
					};
					return { ...one, sent: written };
				});
				expect(batchFingerprint(others)).toBe(batchFingerprint(entries));
			}),
		);
	});

	it('does not confuse two rows that share their values', () => {
		const one = (orderRef: string, amount: string): BatchEntry => ({
			call: 'createOrder',
			place: ['sandbox'],
			orderRef,
			sent: { instructionRef: 'I', amount, currency: 'EUR', direction: 'CREDIT' },
		});
		const batches = [
			[one('A', '1'), one('B', '2')],
			[one('A', '2'), one('B', '1')],
		];
		const [first, second] = batches.map(batchFingerprint);
		expect(differingAspects(first!, second!)).toEqual(['amounts, currencies or directions']);
	});

	it('is known by its shape', () => {
		expect(isFingerprint(batchFingerprint([]))).toBe(true);
		for (const other of ['', 'abc', `${batchFingerprint([])} `, null, 5, 'A'.repeat(100)]) {
			expect(isFingerprint(other)).toBe(false);
		}
	});

	it('is the same for many payments in either order', () => {
		const many = Array.from({ length: 300 }, (_, index) => ({
			call: 'createOrder' as const,
			place: ['sandbox', 'host', 'account', 'tenant'],
			orderRef: `CLAIM-${index}`,
			sent: { instructionRef: '1', amount: '10.00', currency: 'EUR' },
		}));
		expect(batchFingerprint([...many].reverse())).toBe(batchFingerprint(many));
	});

	it('stays the same from one release to the next', () => {
		const entries: BatchEntry[] = [
			{
				call: 'createOrder',
				place: ['sandbox', 'host', 'account', 'tenant'],
				orderRef: 'CLAIM-1',
				sent: { instructionRef: 'CLAIM-1-1', customerRef: 'C', amount: '10.00', currency: 'EUR' },
			},
		];
		expect(batchFingerprint(entries)).toBe(
			'd7fcd07d536e530b975e16ce62fea3d5d0faa10dac377f3a915fc4f103deaa93-2e95601b-17fa4e7a-d0dd7014-b8fce5bc',
		);
	});
});
