import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import { failuresOf } from '../support/operations.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const READ = { resource: 'tenant', operation: 'get' };

let imburse: ImburseOnEngine;
beforeEach(async () => {
	imburse = await startImburse();
});
afterEach(() => imburse.stop());

describe('Timeout', () => {
	it('ends the call of an item after so many seconds as that item says', async () => {
		imburse.sandbox.setFaults([
			{ kind: 'delay', at: 'beforeWrite', ms: 5_000, route: 'getTenant' },
		]);
		const run = await imburse.run(
			{ ...READ, options: { timeout: '={{ $json.seconds }}' } },
			{ items: [{ seconds: 2 }, { seconds: 20 }], onError: 'continueErrorOutput' },
		);
		expect(failuresOf(run)).toEqual([
			expect.objectContaining({
				message: expect.stringMatching(/did not answer in time$/) as unknown,
				outcome: 'unavailable',
			}),
		]);
		expect(run.failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }]);
		expect(run.success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
	});

	it('is a minute where nobody sets it', async () => {
		imburse.sandbox.setFaults([{ kind: 'silence', at: 'beforeWrite', route: 'getTenant' }]);
		const began = Date.now();
		const run = await imburse.run(READ, { onError: 'continueErrorOutput' });
		const seconds = (Date.now() - began) / 1000;
		expect(failuresOf(run)[0]?.message).toMatch(/did not answer in time$/);
		expect(seconds).toBeGreaterThanOrEqual(60);
		expect(seconds).toBeLessThan(120);
	});
});
