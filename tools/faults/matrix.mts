import { allCells, tryCell, type Cell } from '../../test/engine/faults/cell.mts';
import { Lanes } from '../../test/engine/faults/lanes.mts';
import type { Findings } from '../../test/engine/faults/trial.mts';
import { duration } from '../support/words.mts';
import { inWords, type Counts } from '../test/counts.mts';
import type { Flags } from './flags.mts';
import { writePage } from './page.mts';
import { forget, keep, kept, nameOfCell, type Kept } from './results.mts';

/** One call in five. */
const CALLS = { probability: 0.2 };
/** Seconds until the node gives up, where no answer comes at all: on a busy machine none may seem lost. */
const TIMEOUT = 10;

/** Tries the cells of this part, and writes the page when all parts are there. */
export async function runMatrix(flags: Flags): Promise<number> {
	if (!flags.resume && flags.shard.part === 1) forget();
	const before = kept(flags);
	const ofPart = allCells().filter((_, index) => index % flags.shard.of === flags.shard.part - 1);
	const queue = ofPart.filter((cell) => !before.has(nameOfCell(cell)));
	console.log(`${queue.length} runs of ${flags.items} items each.`);
	const started = Date.now();
	const lanes = new Lanes(flags.lanes);
	await Promise.all(
		queue.map(
			async (cell) =>
				await lanes.use(async (imburse) => {
					const settings = { ...flags, calls: CALLS, timeout: TIMEOUT };
					const one = await resultOf(
						cell,
						flags,
						async () => await tryCell(imburse, cell, settings),
					);
					keep(one);
					const verdict = one.broken.length === 0 ? 'ok    ' : 'FAILED';
					console.log([`${verdict} ${nameOfCell(cell)}`, ...one.broken.slice(0, 5)].join('\n    '));
				}),
		),
	);
	await lanes.stop();
	console.log(`Done in ${duration(Date.now() - started)}.`);
	const all = kept(flags);
	if (allCells().every((cell) => all.has(nameOfCell(cell)))) await writePage(flags);
	const counts = countsOf(ofPart.map((cell) => all.get(nameOfCell(cell))));
	console.log(inWords(counts));
	return counts.failed === 0 ? 0 : 1;
}

/** A run that breaks off is a failure, and no reason to break off all others. */
async function resultOf(cell: Cell, { items, seed }: Flags, attempt: () => Promise<Findings>) {
	const started = Date.now();
	const findings = await attempt().catch(brokenOff);
	const { fault, write, mode } = cell;
	const milliseconds = Date.now() - started;
	const result: Kept = { fault, write: write.title, mode, items, seed, milliseconds, ...findings };
	return result;
}

function brokenOff(error: unknown): Findings {
	const broken = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
	return { said: {}, saidAgain: {}, carriedOut: 0, duplicates: 0, lost: 0, struck: 0, broken };
}

function countsOf(results: Array<Kept | undefined>): Counts {
	const passed = results.filter((one) => one?.broken.length === 0).length;
	return { passed, failed: results.length - passed };
}
