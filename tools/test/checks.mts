import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAndPack } from '../package.mts';
import { projectFolder } from '../support/folders.mts';
import { runCommand } from '../support/command.mts';
import {
	add,
	countsOfJest,
	ONE_FAILED,
	ONE_PASSED,
	type Counts,
	type JestResult,
} from './counts.mts';

const JEST_GRACE_MS = 10_000;

/** One check of `npm test`. */
export interface Check {
	name: string;
	run(): Promise<Outcome>;
}

export interface Outcome {
	counts: Counts;
	/** What it printed. */
	output: string;
}

/** One stage after another; the checks of one run side by side, those that take longest first. */
export const stages: Check[][] = [
	// The scanner looks at what this makes.
	[{ name: 'build and pack', run: buildOutcome }],
	[
		nodeCheck('lint of the rest', 'eslint/bin/eslint.js', [
			'--max-warnings=0',
			'-c',
			'eslint.dev.config.mjs',
			'**/*.mts',
		]),
		nodeCheck('types of the rest', 'typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.dev.json']),
		nodeCheck('formatting', 'prettier/bin/prettier.cjs', ['--check', '.']),
		nodeCheck('n8n’s package scanner', '../tools/run.mjs', ['tools/scan.mts']),
		nodeCheck('lint of the package', 'eslint/bin/eslint.js', [
			'--max-warnings=0',
			'--ignore-pattern=.local/',
			'.',
		]),
		nodeCheck('types of the package', 'typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.json']),
	],
	// Takes all processors for itself.
	[{ name: 'jest', run: jestOutcome }],
];

/** A script below node_modules that says with its exit code whether all is right. */
function nodeCheck(name: string, script: string, args: string[]): Check {
	const run = async (): Promise<Outcome> => {
		const { code, output } = await runScript(script, args);
		return { counts: code === 0 ? ONE_PASSED : ONE_FAILED, output };
	};
	return { name, run };
}

async function buildOutcome(): Promise<Outcome> {
	try {
		return { counts: ONE_PASSED, output: await buildAndPack() };
	} catch (error) {
		return { counts: ONE_FAILED, output: error instanceof Error ? error.message : String(error) };
	}
}

async function jestOutcome(): Promise<Outcome> {
	const folder = await mkdtemp(join(tmpdir(), 'jest-result-'));
	try {
		const file = join(folder, 'result.json');
		return await runJest(file);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** jest that has written its result and still runs waits for something that a test left open. */
async function runJest(resultFile: string): Promise<Outcome> {
	const ending = new AbortController();
	const watch = setInterval(() => {
		if (!existsSync(resultFile)) return;
		clearInterval(watch);
		setTimeout(() => ending.abort(), JEST_GRACE_MS).unref();
	}, 500);
	const args = ['--json', `--outputFile=${resultFile}`];
	const { output } = await runScript('jest/bin/jest.js', args, ending.signal);
	clearInterval(watch);

	const text = await readFile(resultFile, 'utf8').catch(() => undefined);
	if (text === undefined) return { counts: ONE_FAILED, output };
	const counts = countsOfJest(JSON.parse(text) as JestResult);
	if (!ending.signal.aborted) return { counts, output };
	const hint = 'jest did not end by itself: a test left a server, a timer or a process open.';
	return { counts: add(counts, ONE_FAILED), output: `${output.trimEnd()}\n${hint}` };
}

function runScript(
	script: string,
	args: string[],
	signal?: AbortSignal,
): ReturnType<typeof runCommand> {
	const path = join(projectFolder, 'node_modules', script);
	return runCommand(process.execPath, [path, ...args], { cwd: projectFolder, signal });
}
