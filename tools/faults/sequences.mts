import fc from 'fast-check';
import { Lanes } from '../../test/engine/faults/lanes.mts';
import {
	inWords as sequenceInWords,
	SEQUENCES,
	tryOut,
	type Sequence,
} from '../../test/engine/faults/sequences.mts';
import { duration } from '../support/format.mts';
import { inWords } from '../test/counts.mts';
import type { Flags } from './flags.mts';

const REPORT_EVERY = 100;

/** Runs random sequences until one breaks a promise. Its seed and its number reproduce it. */
export async function runSequences({
	sequences,
	seed,
	lanes: concurrency,
}: Flags): Promise<number> {
	const started = Date.now();
	const lanes = new Lanes(concurrency);
	let passed = 0;
	let failed = 0;
	const tryOne = async (sequence: Sequence, number: number): Promise<void> => {
		const findings = await lanes.use(async (imburse) =>
			failed > 0 ? undefined : await tryOut(imburse, sequence),
		);
		if (!findings) return;
		const { broken } = findings;
		if (broken.length > 0) {
			failed++;
			console.log(`Sequence ${number} of seed ${seed} breaks a promise:`);
			console.log([sequenceInWords(sequence), ...broken].join('\n  '));
			return;
		}
		passed++;
		if (passed % REPORT_EVERY === 0) console.log(`${passed} in ${duration(Date.now() - started)}`);
	};
	const all = fc.sample(SEQUENCES, { numRuns: sequences, seed });
	await Promise.all(all.map(tryOne));
	await lanes.stop();
	console.log(`Seed ${seed}, ${duration(Date.now() - started)}.`);
	console.log(inWords({ passed, failed }));
	return failed === 0 ? 0 : 1;
}
