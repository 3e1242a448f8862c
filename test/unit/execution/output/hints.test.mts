import { describe, expect, it } from '@jest/globals';
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ItemResult } from '../../../../nodes/Imburse/execution/items.ts';
import { runHints } from '../../../../nodes/Imburse/execution/output/hints.ts';
import type { Session } from '../../../../nodes/Imburse/execution/session.ts';
import { operationNamed } from '../../../../nodes/Imburse/resources/index.ts';

const CREATE = operationNamed('paymentOrder', 'create')!;
const MOVED = 'This manual run went to production: it moved real money.';
const MAY_HAVE = 'This manual run went to production: it may have moved real money.';
const PAYMENT = [{ amount: '1.00', currency: 'EUR' }];

const made = (result: string, money: unknown = PAYMENT) =>
	({
		ok: true,
		item: { plan: { readBack: {}, money } },
		response: { result },
	}) as unknown as ItemResult;
const cancelled = {
	ok: true,
	item: { plan: { money: [] } },
	response: {},
} as unknown as ItemResult;
const failed = (outcome: string) =>
	({
		ok: false,
		item: { plan: { readBack: {}, money: PAYMENT } },
		failure: { outcome },
	}) as unknown as ItemResult;

function hintsOn(
	results: ItemResult[],
	{ environment = 'production', mode = 'manual', baseUrl = 'https://api.imbursepayments.com' } = {},
): string[] {
	const context = { getMode: () => mode } as unknown as IExecuteFunctions;
	const session = { baseUrl, credential: { environment } } as unknown as Session;
	return runHints(context, CREATE, session, { validated: [], results });
}

describe('a manual run with a production credential says in a hint', () => {
	it.each<[string, ItemResult[], string[]]>([
		['that it moved money', [made('created')], [MOVED]],
		['that it moved money where Imburse has accepted it', [made('accepted')], [MOVED]],
		['that it moved some where one item did', [failed('rejected'), made('created')], [MOVED]],
		['that it may have where nobody knows', [failed('unknown')], [MAY_HAVE]],
		['nothing where all was there before', [made('alreadyExisted')], []],
		['nothing where nothing was made', [failed('rejected'), failed('notSent')], []],
		['nothing where an order holds no payment', [made('created', [])], []],
		['nothing where only metadata were changed', [made('created', 'nothing')], []],
		['nothing where it was cancelled', [cancelled], []],
	])('%s', (_, results, hints) => {
		expect(hintsOn(results)).toEqual(hints);
	});

	it('the same for a custom address that is neither this machine nor the sandbox', () => {
		const custom = { environment: 'custom', baseUrl: 'https://imburse.example' };
		expect(hintsOn([made('created')], custom)).toEqual([MOVED]);
	});

	it.each([
		{ mode: 'trigger' },
		{ environment: 'sandbox' },
		{ environment: 'custom', baseUrl: 'http://127.0.0.1:4280' },
	])('nothing with %j', (run) => {
		expect(hintsOn([made('created'), failed('unknown')], run)).toEqual([]);
	});
});
