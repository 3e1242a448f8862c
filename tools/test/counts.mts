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

/** jest's own counts of all tests: when none was run, that is a failure. */
export function countsOfJest(result: JestResult): Counts {
	const { passed, failed } = countsOfChanged(result);
	return { passed, failed: passed + failed === 0 ? 1 : failed };
}

/** The same of the tests that changes concern. A test that was skipped has shown nothing: it counts as failed. */
export function countsOfChanged(result: JestResult): Counts {
	return {
		passed: result.numPassedTests,
		failed:
			result.numFailedTests +
			result.numPendingTests +
			result.numTodoTests +
			result.numRuntimeErrorTestSuites,
	};
}

export function add(one: Counts, other: Counts): Counts {
	return { passed: one.passed + other.passed, failed: one.failed + other.failed };
}

export const ONE_PASSED: Counts = { passed: 1, failed: 0 };

export const ONE_FAILED: Counts = { passed: 0, failed: 1 };

/** The last line of every run of checks. */
export const inWords = ({ passed, failed }: Counts): string => `${passed} passed, ${failed} failed`;
