import { afterAll, describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { useIdleClock } from '../../support/idleClock.mts';
import { pairwiseCells, tryCell } from './cell.mts';
import { FAULTS } from './faultTable.mts';
import { Lanes } from './lanes.mts';

/**
 * Every fault with every operation, in one mode each; with 100 items and in every mode it is run by
 * `npm run faults`, which makes the published tables.
 *
 * The sandbox runs in the same process: what keeps it busy must not look like an answer that fails to
 * come, hence seconds for the time-out.
 */
const SETTINGS = { items: 6, seed: 20_190_528, calls: { from: 2, to: 3 }, timeout: 3 };

/**
 * One part of that, so that jest's workers share it. The files of the folder share all cells among
 * themselves: one more makes each of them shorter, and none can leave a cell out.
 *
 * @param file path of the test file
 */
export function testMatrixPart(file: string): void {
	const files = readdirSync(dirname(file)).sort();
	const part = files.indexOf(basename(file));
	const cells = pairwiseCells().filter((_, index) => index % files.length === part);
	useIdleClock();
	const lanes = new Lanes(5);
	afterAll(() => lanes.stop());

	describe.each(Object.keys(FAULTS))('%s', (fault) => {
		const ofFault = cells.filter((cell) => cell.fault === fault);
		if (ofFault.length === 0) return;
		it.concurrent.each(ofFault.map((cell) => [cell.write.title, cell.mode, cell] as const))(
			'%s, %s',
			async (_title, _mode, cell) => {
				const { broken } = await lanes.use((imburse) => tryCell(imburse, cell, SETTINGS));
				expect(broken).toEqual([]);
			},
			300_000,
		);
	});
}
