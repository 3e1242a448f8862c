import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Check, Outcome } from './check.mts';
import { add, countsOfJest, countsOfChanged, ONE_FAILED, type JestResult } from './counts.mts';
import { failedFiles } from './failedFiles.mts';
import { runScript } from './script.mts';

const GRACE_MS = 10_000;

/** Which tests are run, and what their result comes to. */
const CHOICES = {
	all: { args: [], countsOf: countsOfJest },
	changed: { args: ['--onlyChanged'], countsOf: countsOfChanged },
};

type Choice = (typeof CHOICES)[keyof typeof CHOICES];

export function jestCheck(chosen: keyof typeof CHOICES): Check {
	return { name: 'jest', run: async () => await outcomeOf(CHOICES[chosen]) };
}

async function outcomeOf(choice: Choice): Promise<Outcome> {
	const folder = await mkdtemp(join(tmpdir(), 'jest-result-'));
	try {
		return await runJest(choice, join(folder, 'result.json'));
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** jest that has written its result and still runs waits for something that a test left open. */
async function runJest({ args, countsOf }: Choice, resultFile: string): Promise<Outcome> {
	const ending = new AbortController();
	const watch = setInterval(() => {
		if (!existsSync(resultFile)) return;
		clearInterval(watch);
		setTimeout(() => ending.abort(), GRACE_MS).unref();
	}, 500);
	const { output } = await runScript(
		'jest/bin/jest.js',
		['--json', `--outputFile=${resultFile}`, ...args],
		{ signal: ending.signal, onErrorLine: failedFiles((file) => console.log(`failed: ${file}`)) },
	);
	clearInterval(watch);

	const text = await readFile(resultFile, 'utf8').catch(() => undefined);
	if (text === undefined) return { counts: ONE_FAILED, output };
	const counts = countsOf(JSON.parse(text) as JestResult);
	if (!ending.signal.aborted) return { counts, output };
	const hint = 'jest did not end by itself: a test left a server, a timer or a process open.';
	return { counts: add(counts, ONE_FAILED), output: `${output.trimEnd()}\n${hint}` };
}
