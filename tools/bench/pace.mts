import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/index.mts';
import { startImburse, type ImburseOnEngine } from '../../test/engine/support/imburse.mts';
import { leastMs } from '../../test/unit/execution/concurrency/simulatedServer.mts';
import { formatTable } from '../support/format.mts';
import { writePlot, type Point } from './plot.mts';

const ITEMS = 200;
const PER_SECOND = 50;
const BURSTS = [50, 8] as const;
const LIMITS = [10, 20, 50, 100, 200];
/** One to make a payment, and one to read it back. */
const CALLS = ['createOrder', 'getInstruction'];
const RUNS = ['first run', 'second run'];
const LATENCY_MS = 250;
const MOST_IN_FLIGHT = 50;

type RateLimit = Extract<Fault, { kind: 'rateLimit' }>;

/** What a rate limit and a slow start cost, the first time on a host and the second time. */
export async function pace(): Promise<string> {
	return [await againstALimit(), await slowStart(), await timeByLimit()].join('\n\n');
}

/** How the time of 200 payments follows the limit; drawn beside the least possible. */
async function timeByLimit(): Promise<string> {
	const points: Point[] = [];
	for (const perSecond of LIMITS) {
		const limit: RateLimit = { kind: 'rateLimit', perSecond, burst: BURSTS[1] };
		points.push({ line: 'least possible', x: perSecond, y: leastSeconds(limit, ITEMS) });
		await onNewHost(async (imburse) => {
			for (const name of RUNS) {
				const { seconds, made } = await pay(imburse, limit, ITEMS, false);
				if (made !== ITEMS) throw new Error(`${made} of ${ITEMS} made at ${perSecond} a second.`);
				points.push({ line: name, x: perSecond, y: seconds });
			}
		});
	}
	const title = `Time for ${ITEMS} payments under a limit of calls (burst ${BURSTS[1]}, no Retry-After)`;
	const axes = { x: 'calls a second', y: 'seconds' };
	return `Drawn: ${await writePlot({ name: 'time-by-limit', title, ...axes, points })}`;
}

async function againstALimit(): Promise<string> {
	const rows: string[][] = [];
	for (const burst of BURSTS) {
		for (const retryAfter of [undefined, 'seconds', 'date'] as const) {
			for (const readsBack of [false, true]) {
				const limit: RateLimit = { kind: 'rateLimit', perSecond: PER_SECOND, burst, retryAfter };
				rows.push(...(await runsUnder(limit, readsBack)));
			}
		}
	}
	const head = ['burst', 'Retry-After', 'calls each', '', 'made', 'calls / least', 'time / least'];
	return formatTable(`${ITEMS} payments, ${PER_SECOND} calls a second`, head, rows);
}

async function runsUnder(limit: RateLimit, readsBack: boolean): Promise<string[][]> {
	const calls = readsBack ? 2 : 1;
	const needed = ITEMS * calls;
	const least = leastSeconds(limit, needed);
	return await onNewHost(async (imburse) => {
		const rows: string[][] = [];
		for (const name of RUNS) {
			// The least possible begins with a full bucket.
			await sleep((limit.burst / PER_SECOND) * 1000);
			const { seconds, made, sent } = await pay(imburse, limit, ITEMS, readsBack);
			rows.push([
				String(limit.burst),
				limit.retryAfter ?? 'none',
				String(calls),
				name,
				`${made} of ${ITEMS}`,
				(sent / needed).toFixed(3),
				(seconds / least).toFixed(2),
			]);
		}
		return rows;
	});
}

/** For one who knows the limit, and obeys one refusal. */
function leastSeconds(limit: RateLimit, needed: number): number {
	const { perSecond, burst, retryAfter = 'none' } = limit;
	const server = {
		kind: 'tokenBucket',
		perSecond,
		burst,
		retryAfter,
		latency: 0,
		work: 0,
	} as const;
	return leastMs(server, needed) / 1000;
}

async function slowStart(): Promise<string> {
	const delay: Fault = { kind: 'delay', at: 'beforeWrite', ms: LATENCY_MS, route: 'createOrder' };
	const rows: string[][] = [];
	for (const count of [100, 1_000]) {
		const leastSeconds = (Math.ceil(count / MOST_IN_FLIGHT) * LATENCY_MS) / 1000;
		await onNewHost(async (imburse) => {
			for (const name of RUNS) {
				const { seconds } = await pay(imburse, delay, count, false);
				const ratio = (seconds / leastSeconds).toFixed(2);
				rows.push([String(count), name, `${seconds.toFixed(2)} s`, ratio]);
			}
		});
	}
	const title = `Orders, each answered after ${LATENCY_MS} ms; the least is ${MOST_IN_FLIGHT} at a time`;
	return formatTable(title, ['orders', '', 'time', 'time / least'], rows);
}

/** The pace is remembered by host: a sandbox of its own knows of no earlier run. */
async function onNewHost<T>(use: (imburse: ImburseOnEngine) => Promise<T>): Promise<T> {
	const imburse = await startImburse();
	try {
		return await use(imburse);
	} finally {
		await imburse.stop();
	}
}

async function pay(imburse: ImburseOnEngine, fault: Fault, count: number, readsBack: boolean) {
	const { sandbox } = imburse;
	const before = sandbox.requests.length;
	sandbox.setFaults([fault]);
	const items = Array.from({ length: count }, (_, index) => ({ ref: `CLAIM-${before + index}` }));
	const instruction = readsBack ? [payout(sandbox.options.schemeIds.payout)] : [];
	const run = await imburse.run(
		{
			resource: 'paymentOrder',
			operation: 'create',
			orderRef: '={{ $json.ref }}',
			instructions: { instruction },
		},
		{ items, onError: 'continueErrorOutput' },
	);
	const calls = sandbox.requests.slice(before);
	const sent = calls.filter(({ name }) => CALLS.includes(name ?? '')).length;
	sandbox.clearFaults();
	return { seconds: run.milliseconds / 1000, made: run.success.length, sent };
}

/** An instruction, which the node reads back once. */
function payout(schemeId: string): INodeParameters {
	return {
		instructionRef: '={{ $json.ref }}-1',
		customerRef: 'CUST-1',
		direction: 'CREDIT',
		amount: '10.00',
		currency: 'EUR',
		country: 'DE',
		schemeId: { __rl: true, mode: 'id', value: schemeId },
	};
}
