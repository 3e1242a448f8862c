import { basename } from 'node:path';
import { duration } from '../support/format.mts';
import type { E2eResult } from './runJest.mts';

/** The result of the tests on one n8n. */
export interface ReleaseResult {
	version: string;
	result: E2eResult | undefined;
}

/** A table in Markdown: one row for each scenario, one column for each n8n. */
export function formatTable(releases: ReleaseResult[]): string {
	const cells = releases.map(({ result }) => scenariosOf(result));
	const scenarios = [...new Set(cells.flatMap((column) => [...column.keys()]))];
	const rows = scenarios.map((scenario) => [
		scenario,
		...cells.map((column) => formatCell(column.get(scenario))),
	]);
	const head = ['Scenario', ...releases.map(({ version }) => `n8n ${version}`)];
	return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** What became of one test. */
interface Scenario {
	/** jest's word: `passed`, `failed`, ... */
	status: string;
	milliseconds: number;
}

/** By the file and the name of the test. */
export function scenariosOf(result: E2eResult | undefined): Map<string, Scenario> {
	const scenarios = new Map<string, Scenario>();
	for (const file of result?.testResults ?? []) {
		for (const test of file.assertionResults) {
			const name = `${basename(file.name, '.test.mts')}: ${test.fullName}`;
			const { status, duration: milliseconds } = test;
			scenarios.set(name.replaceAll('|', '\\|'), { status, milliseconds: milliseconds ?? 0 });
		}
	}
	return scenarios;
}

function formatCell(scenario: Scenario | undefined): string {
	if (scenario === undefined) return '';
	const { status, milliseconds } = scenario;
	return `${status === 'passed' ? 'ok' : status.toUpperCase()}, ${duration(milliseconds)}`;
}
