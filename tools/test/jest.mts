import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Check, Outcome } from './check.mts';
import { add, countsOfJest, ONE_FAILED, type JestResult } from './counts.mts';
import { projectFolder } from '../support/folders.mts';
import { failedFiles } from './failedFiles.mts';
import { runScript } from './script.mts';
import { testsThatRead } from './testsThatRead.mts';

const GRACE_MS = 10_000;

const JEST = 'jest/bin/jest.js';

/** Which tests are run, as arguments. */
const CHOICES = {
	all: () => [],
	changed: async () => ['--runTestsByPath', ...(await testsOfChanges())],
};

export function jestCheck(chosen: keyof typeof CHOICES): Check {
	return { name: 'jest', run: async () => await outcomeOf(await CHOICES[chosen]()) };
}

/** jest follows imports alone: what tests read as files (pages, examples, comments) it cannot see. */
async function testsOfChanges(): Promise<string[]> {
	const { output } = await runScript(JEST, ['--listTests', '--onlyChanged']);
	const importing = output.split('\n').filter((line) => line.endsWith('.test.mts'));
	return [...new Set([...importing, ...(await testsThatRead(projectFolder))])];
}

async function outcomeOf(args: string[]): Promise<Outcome> {
	const folder = await mkdtemp(join(tmpdir(), 'jest-result-'));
	try {
		return await runJest(args, join(folder, 'result.json'));
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** jest that has written its result and still runs waits for something that a test left open. */
async function runJest(args: string[], resultFile: string): Promise<Outcome> {
	const ending = new AbortController();
	const watch = setInterval(() => {
		if (!existsSync(resultFile)) return;
		clearInterval(watch);
		setTimeout(() => ending.abort(), GRACE_MS).unref();
	}, 500);
	const { output } = await runScript(JEST, ['--json', `--outputFile=${resultFile}`, ...args], {
		signal: ending.signal,
		onErrorLine: failedFiles((file) => console.log(`failed: ${file}`)),
	});
	clearInterval(watch);

	const text = await readFile(resultFile, 'utf8').catch(() => undefined);
	if (text === undefined) return { counts: ONE_FAILED, output };
	const counts = countsOfJest(JSON.parse(text) as JestResult);
	if (!ending.signal.aborted) return { counts, output };
	const hint = 'jest did not end by itself: a test left a server, a timer or a process open.';
	return { counts: add(counts, ONE_FAILED), output: `${output.trimEnd()}\n${hint}` };
}
