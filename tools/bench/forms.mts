import { mainRelease } from '../n8n/releases.mts';
import { Cleanup } from '../support/cleanup.mts';
import { formatTable } from '../support/format.mts';
import { BARE_LOOP, contendersFor, importContender, timed, type Contender } from './contenders.mts';
import { EchoingImburse } from './echoingImburse.mts';
import { median, serveStub, startRealN8n, type RealN8n } from './realN8n.mts';

const PAYMENTS = 1_000;
const ROUNDS = 3;
const LATENCIES_MS = [0, 50];

/** Creates of a real n8n: the ways to fill in the form beside what people would use in its place. */
export async function formSpeed(): Promise<string> {
	const cleanup = new Cleanup();
	cleanup.onSignals(() => console.log('\nStopping ...'));
	try {
		const imburse = new EchoingImburse();
		const stub = await serveStub(cleanup, imburse.listener);
		const extensions = { 'BareLoop.node.js': BARE_LOOP };
		const n8n = await startRealN8n(cleanup, { extensions, stub });
		const tables: string[] = [];
		for (const latency of LATENCIES_MS) {
			imburse.latencyMs = latency;
			tables.push(await contest(n8n, imburse, contendersFor(n8n, stub)));
		}
		return tables.join('\n\n');
	} finally {
		await cleanup.finish();
	}
}

interface Run {
	contender: Contender;
	workflow: string;
	calls: number;
	/** Milliseconds of each round: by the clock, and of the processor for the whole execution. */
	times: number[];
	processor: number[];
}

/** All contenders in turns, so that the machine is the same for all of them. */
async function contest(
	n8n: RealN8n,
	imburse: EchoingImburse,
	contenders: Contender[],
): Promise<string> {
	const runs: Run[] = [];
	for (const contender of contenders) {
		const workflow = await importContender(n8n, contender, PAYMENTS);
		const before = imburse.calls;
		await timed(n8n, contender, workflow, PAYMENTS);
		runs.push({ contender, workflow, calls: imburse.calls - before, times: [], processor: [] });
	}
	for (let round = 0; round < ROUNDS; round++) {
		for (const { contender, workflow, times, processor } of runs) {
			const begun = await n8n.processorTime();
			times.push(await timed(n8n, contender, workflow, PAYMENTS));
			processor.push((await n8n.processorTime()) - begun);
		}
	}
	const [request, loop, loopReadingBack] = runs.map(({ times }) => median(times));
	const lines = runs.map(({ contender, calls, times, processor }) => [
		contender.name,
		String(calls),
		`${median(times).toFixed(0)} ms`,
		`${Math.min(...times).toFixed(0)} ms`,
		(request! / median(times)).toFixed(2),
		(median(times) / loop!).toFixed(2),
		(median(times) / loopReadingBack!).toFixed(2),
		`${median(processor).toFixed(0)} ms`,
		(median(runs[0]!.processor) / median(processor)).toFixed(2),
	]);
	const title = `${PAYMENTS} creates, answered after ${imburse.latencyMs} ms, n8n ${mainRelease.version} (median of ${ROUNDS} rounds in turns)`;
	const head = [
		'',
		'calls',
		'time',
		'least',
		'as fast as HTTP Request',
		'time over the bare loop',
		'over the loop that reads back',
		'processor',
		'HTTP Request’s over it',
	];
	return formatTable(title, head, lines);
}
