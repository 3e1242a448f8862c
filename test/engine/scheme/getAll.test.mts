import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import { callsOf, itRefuses, linesOf, paired } from '../support/operations.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const GET_ALL = { resource: 'scheme', operation: 'getAll', returnAll: true };

let imburse: ImburseOnEngine;
const under = () => imburse;
beforeEach(async () => {
	imburse = await startImburse();
});
afterEach(() => imburse.stop());

it.each(['payout', 'collect'] as const)('lists %s schemes', async (schemeType) => {
	const run = await imburse.run({ ...GET_ALL, schemeType });
	expect(run.success).toHaveLength(2);
	expect(run.success[0]).toEqual({
		json: {
			schemeId: imburse.sandbox.options.schemeIds[schemeType],
			publishedDraftId: expect.any(String) as unknown,
			drafts: [
				expect.objectContaining({ name: schemeType === 'payout' ? 'Claims' : 'Motor premiums' }),
			],
		},
		pairedItem: { item: 0 },
	});
});

it('lists payout schemes when nothing else is chosen', async () => {
	await imburse.run(GET_ALL);
	expect(linesOf(callsOf(imburse))).toEqual(['GET /v1/schemes/payout']);
});

it('gives as many as the limit says, for each item in their order', async () => {
	const run = await imburse.run(
		{ ...GET_ALL, returnAll: false, limit: '={{ $json.limit }}' },
		{ items: [{ limit: 2 }, { limit: 1 }] },
	);
	const { payout } = imburse.sandbox.options.schemeIds;
	expect(paired(run, 'schemeId')).toEqual([
		[payout, 0],
		['D0000000000000000000000000000004', 0],
		[payout, 1],
	]);
});

itRefuses(under, () => ({ ...GET_ALL, returnAll: false }), [
	['a limit that is not there', { limit: '={{ $json.missing }}' }, /^Limit: /],
	[
		'a kind of scheme that there is not',
		{ schemeType: 'colect' },
		/^Type: "colect" is not one of collect, payout$/,
	],
]);
