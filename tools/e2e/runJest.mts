import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../project.mts';
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

/** Runs the end-to-end tests against what the keeper holds, one file after another. */
export async function runJest(
	version: string,
	keeper: string,
	files: string[],
	resultFile: string,
): Promise<E2eRun> {
	const jest = join(projectFolder, 'node_modules', 'jest', 'bin', 'jest.js');
	const config = ['-c', 'jest.e2e.config.js', '--json', `--outputFile=${resultFile}`];
	const args = [jest, ...config, '--', ...files];
	const code = await runVisibly(version, process.execPath, args, {
		cwd: projectFolder,
		env: { ...process.env, [KEEPER_VARIABLE]: keeper },
	});
	const text = await readFile(resultFile, 'utf8').catch(() => undefined);
	if (text === undefined) return { counts: ONE_FAILED, result: undefined };
	const result = JSON.parse(text) as E2eResult;
	const counts = countsOfJest(result);
	if (code !== 0 && counts.failed === 0) return { counts: { ...counts, failed: 1 }, result };
	return { counts, result };
}
