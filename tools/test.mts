import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import pMap from 'p-map';
import { Cleanup } from './support/cleanup.mts';
import { duration } from './support/words.mts';
import type { Check, Outcome } from './test/check.mts';
import { allChecks, checksOfChanges } from './test/checks.mts';
import { add, inWords, ONE_FAILED, type Counts } from './test/counts.mts';

interface Row {
	name: string;
	counts: Counts;
	milliseconds: number;
}

/** Runs a check to its end and says how it went; what it printed is shown when it failed. */
async function runCheck(check: Check): Promise<Row> {
	const started = Date.now();
	const { counts, output, isAsBefore } = await check.run().catch(brokenOff);
	const milliseconds = Date.now() - started;
	if (counts.failed > 0) console.log(`${output.trimEnd()}\n`);
	const time = isAsBefore ? 'nothing has changed since it passed' : duration(milliseconds);
	console.log(`${check.name}: ${inWords(counts)} (${time})`);
	return { name: check.name, counts, milliseconds };
}

/** As many at once as there are processors. */
function runGroup(checks: Check[]): Promise<Row[]> {
	console.log(`${checks.map(({ name }) => name).join(', ')} ...`);
	return pMap(checks, runCheck, { concurrency: availableParallelism() });
}

const brokenOff = (error: unknown): Outcome => ({
	counts: ONE_FAILED,
	output: error instanceof Error ? error.message : String(error),
});

function table(rows: Row[]): string {
	const width = Math.max(...rows.map(({ name }) => name.length));
	return rows
		.map(({ name, counts, milliseconds }) => {
			const verdict = counts.failed === 0 ? 'ok    ' : 'FAILED';
			const time = duration(milliseconds).padStart(10);
			return `  ${verdict}  ${name.padEnd(width)}  ${time}  ${inWords(counts)}`;
		})
		.join('\n');
}

const { changed } = parseArgs({ options: { changed: { type: 'boolean' } } }).values;
const cleanup = new Cleanup();
cleanup.onSignals(() => console.log('\nStopping ...'));
const rows: Row[] = [];
for (const group of changed ? checksOfChanges : allChecks) rows.push(...(await runGroup(group)));
const sum = rows.map(({ counts }) => counts).reduce(add);
console.log(`\n${table(rows)}\n`);
console.log(inWords(sum));
process.exitCode = sum.failed === 0 ? 0 : 1;
