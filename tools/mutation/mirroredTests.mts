import { existsSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import {
	DryRunStatus,
	MutantRunStatus,
	TestStatus,
	type DryRunOptions,
	type DryRunResult,
	type MutantRunOptions,
	type MutantRunResult,
	type TestRunner,
} from '@stryker-mutator/api/test-runner';
import { runTestFile, strykerContext, type TestOutcome } from './testFile.mts';

/** A mutant that runs this often is in an endless loop. */
const HIT_LIMIT = 1_000_000;

/**
 * Runs each mutant with the tests that mirror its file: `test/unit/validation/amount.test.mts` for
 * `nodes/Imburse/validation/amount.ts`. All tests run in this process, on modules that are loaded again
 * for each mutant, which takes much less time than a start of jest.
 */
export class MirroredTests implements TestRunner {
	/** @param folder Stryker's copy of the project with the mutants */
	constructor(private readonly folder: string) {}

	capabilities() {
		return { reloadEnvironment: true };
	}

	/** Rejects where a file has no tests of its own. */
	async dryRun({ files = [] }: DryRunOptions): Promise<DryRunResult> {
		const tests: TestOutcome[] = [];
		for (const file of files) tests.push(...(await runTestFile(this.testsOf(file), this.folder)));
		return {
			status: DryRunStatus.Complete,
			tests: tests.map(({ name, error, milliseconds }) => {
				const about = { id: name, name, timeSpentMs: milliseconds };
				return error === undefined
					? { ...about, status: TestStatus.Success }
					: { ...about, status: TestStatus.Failed, failureMessage: error };
			}),
			mutantCoverage: strykerContext.mutantCoverage,
		};
	}

	async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
		const { activeMutant, sandboxFileName, testFilter } = options;
		Object.assign(strykerContext, {
			activeMutant: activeMutant.id,
			hitCount: 0,
			hitLimit: HIT_LIMIT,
		});
		try {
			const tested = await runTestFile(this.testsOf(sandboxFileName), this.folder, testFilter);
			const isEndless = Number(strykerContext.hitCount) > HIT_LIMIT;
			return isEndless ? { status: MutantRunStatus.Timeout } : toMutantResult(tested);
		} finally {
			strykerContext.activeMutant = undefined;
		}
	}

	private testsOf(file: string): string {
		const name = `${basename(file, '.ts')}.test.mts`;
		const folder = relative(join(this.folder, 'nodes/Imburse'), dirname(file));
		const path = join(this.folder, 'test/unit', folder, name);
		if (existsSync(path)) return path;
		throw new Error(`${file} has no tests of its own: they would be ${path}.`);
	}
}

function toMutantResult(tested: readonly TestOutcome[]): MutantRunResult {
	const nrOfTests = tested.length;
	const failed = tested.find(({ error }) => error !== undefined);
	if (failed?.error === undefined) return { status: MutantRunStatus.Survived, nrOfTests };
	const { name, error } = failed;
	return { status: MutantRunStatus.Killed, killedBy: [name], failureMessage: error, nrOfTests };
}
