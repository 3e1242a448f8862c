import { describe, expect, it } from '@jest/globals';

import type { ItemResult } from '../../../../nodes/Imburse/execution/items.ts';
import { runSummary } from '../../../../nodes/Imburse/execution/output/runSummary.ts';

function item(amount: string | undefined, direction = 'CREDIT', currency = 'EUR') {
	const sentFields = amount === undefined ? {} : { amount, direction, currency };
	return { plan: { readBack: { whole: { sentFields: {} }, parts: [{ sentFields }] } } };
}
const made = (amount: string | undefined, result = 'created', direction?: string) =>
	({ ok: true, item: item(amount, direction), response: { result } }) as unknown as ItemResult;
const failed = (amount: string, outcome = 'rejected') =>
	({ ok: false, item: item(amount), failure: { outcome } }) as unknown as ItemResult;

describe('what a run did', () => {
	it.each<[string, ItemResult[], string[]]>([
		[
			'payments with those that existed',
			[made('3000.00'), made('450'), made('9', 'alreadyExisted'), made('9', 'alreadyExisted')],
			['2 payments made, 3,450.00 EUR paid out; 2 existed already.'],
		],
		[
			'both directions',
			[made('1234567.5'), made('2', 'created', 'DEBIT')],
			['2 payments made, 1,234,567.50 EUR paid out, 2.00 EUR collected.'],
		],
		[
			'accepted is not made',
			[made('1'), made('2', 'accepted')],
			[
				'1 payment made, 1.00 EUR paid out; 1 payment accepted and not yet made, 2.00 EUR to pay out.',
			],
		],
		[
			'failures',
			[made('1'), failed('2')],
			['1 payment made, 1.00 EUR paid out; 1 without success.'],
		],
		[
			'what is not known is no failure',
			[made('1'), failed('2', 'unknown'), failed('3'), failed('4', 'conflict')],
			['1 payment made, 1.00 EUR paid out; 1 with unknown outcome; 2 without success.'],
		],
		['nothing made', [made('1', 'alreadyExisted'), failed('2')], []],
		['orders without payments', [made(undefined), made(undefined)], []],
		['a single item', [made('1')], []],
		['no item', [], []],
	])('%s', (_, results, hints) => {
		expect(runSummary(results)).toEqual(hints);
	});
});
