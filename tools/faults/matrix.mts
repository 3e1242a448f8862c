import { allCells, tryCell, type Cell } from '../../test/engine/faults/cell.mts';
import { Lanes } from '../../test/engine/faults/lanes.mts';
import type { Findings } from '../../test/engine/faults/trial.mts';
import { duration } from '../support/format.mts';
import { inWords, type Counts } from '../test/counts.mts';
import type { Flags } from './flags.mts';
import { writePage } from './page.mts';
import { deleteResults, saveResult, readResults, cellKey, type CellResult } from './results.mts';

/** One call in five. */
const CALLS = { probability: 0.2 };
/** Seconds until the node gives up: long enough that a busy machine loses no response. */
const TIMEOUT = 10;

/** Runs the cells of this part, and writes the page when the results of all parts are there. */
export async function runMatrix(flags: Flags): Promise<number> {
	if (!flags.resume && flags.shard.part === 1) deleteResults();
	const earlier = readResults(flags);
	const cells = allCells().filter((_, index) => index % flags.shard.of === flags.shard.part - 1);
	const queue = cells.filter((cell) => !earlier.has(cellKey(cell)));
	console.log(`${queue.length} runs of ${flags.items} items each.`);
	const started = Date.now();
	const lanes = new Lanes(flags.lanes);
	await Promise.all(
		queue.map(
			async (cell) =>
				await lanes.use(async (imburse) => {
					const settings = { ...flags, calls: CALLS, timeout: TIMEOUT };
					const result = await resultOf(
						cell,
						flags,
						async () => await tryCell(imburse, cell, settings),
					);
					saveResult(result);
					const status = result.broken.length === 0 ? 'ok    ' : 'FAILED';
					console.log([`${status} ${cellKey(cell)}`, ...result.broken.slice(0, 5)].join('\n    '));
				}),
		),
	);
	await lanes.stop();
	console.log(`Done in ${duration(Date.now() - started)}.`);
	const all = readResults(flags);
	if (allCells().every((cell) => all.has(cellKey(cell)))) await writePage(flags);
	const counts = countsOf(cells.map((cell) => all.get(cellKey(cell))));
	console.log(inWords(counts));
	return counts.failed === 0 ? 0 : 1;
}

/** A run that throws is a failure; the others go on. */
async function resultOf(cell: Cell, { items, seed }: Flags, run: () => Promise<Findings>) {
	const started = Date.now();
	const findings = await run().catch(failedRun);
	const { fault, write, mode } = cell;
	const milliseconds = Date.now() - started;
	const result: CellResult = {
		fault,
		write: write.title,
		mode,
		items,
		seed,
		milliseconds,
		...findings,
	};
	return result;
}

function failedRun(error: unknown): Findings {
	const broken = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
	return { said: {}, saidAgain: {}, carriedOut: 0, duplicates: 0, lost: 0, struck: 0, broken };
}

function countsOf(results: Array<CellResult | undefined>): Counts {
	const passed = results.filter((result) => result?.broken.length === 0).length;
	return { passed, failed: results.length - passed };
}
