import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import { callsOf, itRefuses, linesOf } from '../support/operations.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const GET = { resource: 'batch', operation: 'get', batchRef: 'BATCH-2025-01' };

let imburse: ImburseOnEngine;
const under = () => imburse;
beforeEach(async () => {
	imburse = await startImburse();
});
afterEach(() => imburse.stop());

it('gives the batch', async () => {
	const run = await imburse.run(GET);
	expect(run.success).toEqual([
		{
			json: {
				batchRef: 'BATCH-2025-01',
				batchType: 'Instruction',
				uploadedAt: 1735725600000,
				status: 'Processed',
				completedAt: 1735725660000,
				itemCount: 120,
				itemsCreated: 118,
				itemsFailed: 2,
			},
			pairedItem: { item: 0 },
		},
	]);
});

itRefuses(under, () => GET, [
	['no reference', { batchRef: '={{ $json.missing }}' }, /^Batch Reference: there is no value/],
	['101 characters', { batchRef: 'B'.repeat(101) }, /^Batch Reference: .*at most 100/],
	['a way out of the path', { batchRef: '../tenant' }, /^Batch Reference: .*contains "\/"/],
	['the folder above', { batchRef: '..' }, /^Batch Reference: /],
]);

it('takes 100 characters, which an order may not have', async () => {
	const batchRef = 'B'.repeat(100);
	await imburse.run({ ...GET, batchRef });
	expect(linesOf(callsOf(imburse))).toEqual([`GET /v2/batch-management/batch/${batchRef}`]);
});
