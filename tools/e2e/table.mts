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
	const cells = releases.map(({ result }) => cellsOf(result));
	const scenarios = [...new Set(cells.flatMap((column) => [...column.keys()]))];
	const rows = scenarios.map((scenario) => [
		scenario,
		...cells.map((column) => column.get(scenario) ?? ''),
	]);
	const head = ['Scenario', ...releases.map(({ version }) => `n8n ${version}`)];
	return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function cellsOf(result: E2eResult | undefined): Map<string, string> {
	const cells = new Map<string, string>();
	for (const file of result?.testResults ?? []) {
		for (const test of file.assertionResults) {
			const scenario = `${basename(file.name, '.test.mts')}: ${test.fullName}`;
			cells.set(scenario.replaceAll('|', '\\|'), formatCell(test.status, test.duration ?? 0));
		}
	}
	return cells;
}

const formatCell = (status: string, milliseconds: number): string =>
	`${status === 'passed' ? 'ok' : status.toUpperCase()}, ${duration(milliseconds)}`;
