import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, thisMachine } from '../n8n/cache.mts';
import { projectFolder } from '../support/folders.mts';
import type { Cleanup } from '../support/cleanup.mts';
import { runWithOutput } from '../support/command.mts';
import { countsOfJest, ONE_FAILED, type Counts, type JestResult } from '../test/counts.mts';
import { CONTROL_URL_VARIABLE } from './controlServer.mts';

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
	/** Address of the control server. */
	controlUrl: string;
	/** jest's patterns. */
	files: string[];
	/** For temporary files; the user of the servers has access. */
	temporaryFolder: string;
	resultFile: string;
}

/** jest's cache of compiled files. */
const JEST_CACHE = join(cacheFolder(thisMachine()), 'jest');

/**
 * Runs the end-to-end tests with the shared n8n, one file after another.
 *
 * @param cleanup aborts them
 */
export async function runJest(
	{ version, controlUrl, files, temporaryFolder, resultFile }: E2eTests,
	cleanup: Cleanup,
): Promise<E2eRun> {
	const jest = join(projectFolder, 'node_modules', 'jest', 'bin', 'jest.js');
	const output = ['--json', `--outputFile=${resultFile}`, `--cacheDirectory=${JEST_CACHE}`];
	const args = [jest, '-c', 'jest.e2e.config.js', ...output, '--', ...files];
	const abort = new AbortController();
	const run = runWithOutput(version, process.execPath, args, {
		cwd: projectFolder,
		env: { ...process.env, [CONTROL_URL_VARIABLE]: controlUrl, TMPDIR: temporaryFolder },
		signal: abort.signal,
	});
	cleanup.add(async () => {
		abort.abort();
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
