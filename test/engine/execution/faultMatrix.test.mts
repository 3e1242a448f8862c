import { afterAll, describe, expect, it } from '@jest/globals';
import { pairwiseCells, tryCell } from '../faults/cell.mts';
import { FAULTS } from '../faults/faultTable.mts';
import { Lanes } from '../faults/lanes.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

/**
 * Every fault with every operation, in one mode each; with 100 items and in every mode it is run by
 * `npm run faults`, which makes the published tables.
 *
 * The sandbox runs in the same process: what keeps it busy must not look like an answer that fails to
 * come, hence seconds for the time-out.
 */
const SETTINGS = { items: 6, seed: 20_190_528, calls: { from: 2, to: 3 }, timeout: 3 };

const lanes = new Lanes(5);

afterAll(async () => {
	await lanes.stop();
});

describe.each(Object.keys(FAULTS))('%s', (fault) => {
	const cells = pairwiseCells().filter((cell) => cell.fault === fault);
	it.concurrent.each(cells.map((cell) => [cell.write.title, cell.mode, cell] as const))(
		'%s, %s',
		async (_title, _mode, cell) => {
			const { broken } = await lanes.use((imburse) => tryCell(imburse, cell, SETTINGS));
			expect(broken).toEqual([]);
		},
		300_000,
	);
});
