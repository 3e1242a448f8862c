import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, thisMachine } from '../n8n/cache.mts';
import { projectFolder } from '../project.mts';
import type { Cleanup } from '../support/cleanup.mts';
import { runVisibly } from '../support/command.mts';
import { countsOfJest, ONE_FAILED, type Counts, type JestResult } from '../test/counts.mts';
import { KEEPER_VARIABLE } from './keeper.mts';

/** The part of jest's result file that the table is made from. */
export interface E2eResult extends JestResult {
	testResults: {
		/** Path of the test file. */
		name: string;
		assertionResults: { fullName: string; status: string; duration?: number | null }[];
	}[];
}

export interface E2eRun {
	counts: Counts;
	/** Undefined when jest broke off. */
	result: E2eResult | undefined;
}

export interface E2eTests {
	/** Of n8n. */
	version: string;
	/** Address of the keeper. */
	keeper: string;
	/** jest's patterns. */
	files: string[];
	/** For what they write for a while; the servers' user can reach it. */
	temporary: string;
	resultFile: string;
}

/** What jest keeps of the files that it has compiled, from run to run. */
const JEST_CACHE = join(cacheFolder(thisMachine()), 'jest');

/**
 * Runs the end-to-end tests against what the keeper holds, one file after another.
 *
 * @param cleanup breaks them off
 */
export async function runJest(
	{ version, keeper, files, temporary, resultFile }: E2eTests,
	cleanup: Cleanup,
): Promise<E2eRun> {
	const jest = join(projectFolder, 'node_modules', 'jest', 'bin', 'jest.js');
	const output = ['--json', `--outputFile=${resultFile}`, `--cacheDirectory=${JEST_CACHE}`];
	const args = [jest, '-c', 'jest.e2e.config.js', ...output, '--', ...files];
	const breakOff = new AbortController();
	const run = runVisibly(version, process.execPath, args, {
		cwd: projectFolder,
		env: { ...process.env, [KEEPER_VARIABLE]: keeper, TMPDIR: temporary },
		signal: breakOff.signal,
	});
	cleanup.add(async () => {
		breakOff.abort();
		await run;
	});
	const code = await run;
	const text = await readFile(resultFile, 'utf8').catch(() => undefined);
	if (text === undefined) return { counts: ONE_FAILED, result: undefined };
	const result = JSON.parse(text) as E2eResult;
	const counts = countsOfJest(result);
	if (code !== 0 && counts.failed === 0) return { counts: { ...counts, failed: 1 }, result };
	return { counts, result };
}
