import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import glob from 'fast-glob';
import { fingerprint } from '../support/fingerprint.mts';
import type { Check, Outcome } from './check.mts';
import { ONE_PASSED } from './counts.mts';

export interface Memory {
	/** Everything that the check looks at: patterns of files below the folder. */
	inputs: string[];
	folder: string;
	/** The folder in which it is noted that a check has passed, and with what. */
	notes: string;
}

const NOT_OURS = [
	'**/node_modules/**',
	'dist/**',
	'coverage/**',
	'reports/**',
	'.local/**',
	'.git',
];

/** The check, run only when something that it looks at has changed since it last passed. */
export function remembered(check: Check, { inputs, folder, notes }: Memory): Check {
	const note = join(notes, check.name.replaceAll(/\W+/g, '-'));
	const run = async (): Promise<Outcome> => {
		const files = await glob(inputs, { cwd: folder, dot: true, ignore: NOT_OURS });
		const now = await fingerprint(folder, files.sort());
		const passedWith = await readFile(note, 'utf8').catch(() => undefined);
		if (now === passedWith) return { counts: ONE_PASSED, output: '', isAsBefore: true };

		await rm(note, { force: true });
		const outcome = await check.run();
		if (outcome.counts.failed > 0) return outcome;
		await mkdir(notes, { recursive: true });
		await writeFile(note, now);
		return outcome;
	};
	return { name: check.name, run };
}
