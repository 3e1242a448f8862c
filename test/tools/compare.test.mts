import { describe, expect, it } from '@jest/globals';
import { compareResults } from '../../tools/e2e/compare.mts';
import { formatTable, type ReleaseResult } from '../../tools/e2e/table.mts';

const COUNTS = {
	numPassedTests: 0,
	numFailedTests: 0,
	numPendingTests: 0,
	numTodoTests: 0,
	numRuntimeErrorTestSuites: 0,
};

function ran(version: string, statuses: Record<string, string>): ReleaseResult {
	const assertionResults = Object.entries(statuses).map(([fullName, status]) => ({
		fullName,
		status,
		duration: 1000,
	}));
	const testResults = [{ name: '/somewhere/again.test.mts', assertionResults }];
	return { version, result: { ...COUNTS, testResults } };
}

describe('an n8n that is tried beside the known one', () => {
	it('differs in nothing when every test ends alike, also badly', () => {
		const statuses = { pays: 'passed', stops: 'failed' };
		expect(compareResults(ran('1.0.0', statuses), ran('2.0.0', statuses))).toEqual([]);
	});

	it('differs in what fails now, in what did not run, and then in what passes now', () => {
		const known = ran('1.0.0', { mended: 'failed', pays: 'passed', stops: 'passed' });
		const tried = ran('2.0.0', { mended: 'passed', pays: 'failed', added: 'failed' });
		expect(compareResults(known, tried)).toEqual([
			'again: pays: passed on 1.0.0, failed on 2.0.0',
			'again: stops: passed on 1.0.0, not run on 2.0.0',
			'again: added: not run on 1.0.0, failed on 2.0.0',
			'again: mended: failed on 1.0.0, passed on 2.0.0',
		]);
	});

	it.each([
		['1.0.0', { version: '1.0.0', result: undefined }, ran('2.0.0', {})],
		['2.0.0', ran('1.0.0', {}), { version: '2.0.0', result: undefined }],
	])('is not compared when the tests broke off on %s', (version, known, tried) => {
		expect(compareResults(known, tried)).toEqual([
			`On n8n ${version} the tests broke off: there is nothing to compare.`,
		]);
	});

	it('has a column of its own in the table', () => {
		const table = formatTable([
			ran('1.0.0', { 'pays | once': 'passed' }),
			ran('2.0.0', { 'pays | once': 'failed', more: 'passed' }),
		]);
		expect(table.split('\n')).toEqual([
			'| Scenario | n8n 1.0.0 | n8n 2.0.0 |',
			'| --- | --- | --- |',
			'| again: pays \\| once | ok, 1 s | FAILED, 1 s |',
			'| again: more |  | ok, 1 s |',
		]);
	});
});
