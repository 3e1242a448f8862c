/** How many checks passed and how many failed. */
export interface Counts {
	passed: number;
	failed: number;
}

/** The part of jest's result file that is read. */
export interface JestResult {
	numPassedTests: number;
	numFailedTests: number;
	numPendingTests: number;
	numTodoTests: number;
	/** Files that could not be loaded: none of their tests is in the other numbers. */
	numRuntimeErrorTestSuites: number;
}

/**
 * jest's own counts: when no test was run, that is a failure. A test that was skipped has shown
 * nothing: it counts as failed, too.
 */
export function countsOfJest(result: JestResult): Counts {
	const passed = result.numPassedTests;
	const failed =
		result.numFailedTests +
		result.numPendingTests +
		result.numTodoTests +
		result.numRuntimeErrorTestSuites;
	return { passed, failed: passed + failed === 0 ? 1 : failed };
}

export function add(one: Counts, other: Counts): Counts {
	return { passed: one.passed + other.passed, failed: one.failed + other.failed };
}

export const ONE_PASSED: Counts = { passed: 1, failed: 0 };

export const ONE_FAILED: Counts = { passed: 0, failed: 1 };

/** The last line of every run of checks. */
export const inWords = ({ passed, failed }: Counts): string => `${passed} passed, ${failed} failed`;
