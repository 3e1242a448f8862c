import { afterAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Lanes } from '../faults/lanes.mts';
import { inWords, SEQUENCES, tryOut } from '../faults/sequences.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

/** A release is tried with `npm run faults -- --sequences 10000` and a seed of its own. */
const COUNT = 40;
const SEED = 20_190_528;

const lanes = new Lanes(5);

afterAll(async () => {
	await lanes.stop();
});

it('no sequence of faults makes a payment twice, loses one, or tells a lie about one', async () => {
	const all = fc.sample(SEQUENCES, { numRuns: COUNT, seed: SEED });
	const failures = await Promise.all(
		all.map(async (sequence) => {
			const { broken } = await lanes.use((imburse) => tryOut(imburse, sequence));
			return broken.length === 0 ? [] : [inWords(sequence), ...broken];
		}),
	);
	expect(failures.flat()).toEqual([]);
}, 300_000);
