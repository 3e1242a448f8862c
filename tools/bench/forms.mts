import { mainRelease } from '../n8n/releases.mts';
import { formatTable } from '../support/format.mts';
import { runInTurns, withContenders, type ContenderRuns } from './contenders.mts';
import { median } from './median.mts';

const PAYMENTS = 1_000;
const ROUNDS = 3;
const LATENCIES_MS = [0, 50];

/** Creates of a real n8n: the ways to fill in the form beside what people would use in its place. */
export async function formSpeed(): Promise<string> {
	return await withContenders(async (contest) => {
		const tables: string[] = [];
		for (const latency of LATENCIES_MS) {
			contest.imburse.latencyMs = latency;
			tables.push(shown(await runInTurns(contest, PAYMENTS, ROUNDS), latency));
		}
		return tables.join('\n\n');
	});
}

function shown(runs: ContenderRuns[], latencyMs: number): string {
	const [request, loop, loopReadingBack, safeLoop] = runs.map(({ times }) => median(times));
	const lines = runs.map(({ name, calls, times, processor }) => [
		name,
		String(calls),
		`${median(times).toFixed(0)} ms`,
		`${Math.min(...times).toFixed(0)} ms`,
		(request! / median(times)).toFixed(2),
		(median(times) / loop!).toFixed(2),
		(median(times) / loopReadingBack!).toFixed(2),
		(median(times) / safeLoop!).toFixed(2),
		`${median(processor).toFixed(0)} ms`,
		(median(runs[0]!.processor) / median(processor)).toFixed(2),
	]);
	const title = `${PAYMENTS} creates, answered after ${latencyMs} ms, n8n ${mainRelease.version} (median of ${ROUNDS} rounds in turns)`;
	const head = [
		'',
		'calls',
		'time',
		'least',
		'as fast as HTTP Request',
		'time over the bare loop',
		'over the loop that reads back',
		'over the safe loop',
		'processor',
		'HTTP Request’s over it',
	];
	return formatTable(title, head, lines);
}
