import { describe, expect, it } from '@jest/globals';
import {
	add,
	countsOfJest,
	inWords,
	ONE_FAILED,
	ONE_PASSED,
	type JestResult,
} from '../../tools/test/counts.mts';

const allWell: JestResult = {
	numPassedTests: 12,
	numFailedTests: 0,
	numPendingTests: 0,
	numTodoTests: 0,
	numRuntimeErrorTestSuites: 0,
};

describe('the counts of a run', () => {
	it.each([
		['all tests passed', {}, { passed: 12, failed: 0 }],
		['tests failed', { numFailedTests: 3 }, { passed: 12, failed: 3 }],
		['tests were skipped', { numPendingTests: 2 }, { passed: 12, failed: 2 }],
		['tests are to be written', { numTodoTests: 1 }, { passed: 12, failed: 1 }],
		['a file did not load', { numRuntimeErrorTestSuites: 1 }, { passed: 12, failed: 1 }],
		['no test ran', { numPassedTests: 0 }, { passed: 0, failed: 1 }],
	])('when %s', (_when, change, counts) => {
		expect(countsOfJest({ ...allWell, ...change })).toEqual(counts);
	});
});

describe('the sum', () => {
	it('adds passed to passed and failed to failed', () => {
		const sum = [ONE_PASSED, ONE_FAILED, { passed: 40, failed: 2 }].reduce(add);
		expect(inWords(sum)).toBe('41 passed, 3 failed');
	});
});
