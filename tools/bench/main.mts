import type { INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/index.mts';
import { startImburse, type ImburseOnEngine } from '../../test/engine/support/imburse.mts';
import { ImburseClient } from '../../test/sandbox/client.mts';
import { formatTable } from '../support/format.mts';
import { formSpeed } from './forms.mts';
import { timeByItems } from './items.mts';
import { loadAndMemory } from './load.mts';
import { watchMemory, type Memory } from './memory.mts';
import { metadataSpeed } from './metadata.mts';
import { median } from './median.mts';
import { pace } from './pace.mts';
import { measureSilence } from './silence.mts';
import { triggerSpeed } from './trigger.mts';

const ITEMS = 200;
const LATENCY_MS = 50;
const MANY = 1_000;
const ROUNDS = 3;
const SILENCE_ITEMS = [1_000, 5_000, 10_000];
const CREATE = { resource: 'paymentOrder', operation: 'create', orderRef: '={{ $json.ref }}' };

/** By name, in the order in which they run. */
const PARTS: Record<string, () => Promise<void>> = {
	node: () => onEngine(nodeSpeed),
	metadata: () => onEngine(async (imburse) => console.log(await metadataSpeed(imburse))),
	forms: async () => console.log(await formSpeed()),
	pace: async () => console.log(await pace()),
	items: async () => console.log(await timeByItems()),
	load: async () => console.log(await loadAndMemory()),
	trigger: async () => console.log(await triggerSpeed()),
};

/** @param part one of the parts alone; all of them when left out */
export async function main(part?: string): Promise<void> {
	const chosen = Object.keys(PARTS).filter((name) => part === undefined || name === part);
	if (chosen.length === 0) throw new Error(`The parts are ${Object.keys(PARTS).join(', ')}.`);
	for (const name of chosen) await PARTS[name]!();
}

async function onEngine(measure: (imburse: ImburseOnEngine) => Promise<void>): Promise<void> {
	const imburse = await startImburse();
	try {
		await measure(imburse);
	} finally {
		await imburse.stop();
	}
}

async function nodeSpeed(imburse: ImburseOnEngine): Promise<void> {
	await warmUp(imburse);
	console.log(await againstALoop(imburse));
	console.log(await preflight(imburse));
	console.log(await silence(imburse));
}

/** The first run of a process loads and compiles the code, and would be slower. */
async function warmUp(imburse: ImburseOnEngine): Promise<void> {
	await create(imburse, ITEMS);
}

const itemsFor = (count: number) =>
	Array.from({ length: count }, (_, i) => ({ ref: `CLAIM-${i}` }));

/** Creates `count` orders in an empty sandbox with these faults. */
async function create(imburse: ImburseOnEngine, count: number, faults: Fault[] = [], options = {}) {
	imburse.sandbox.reset();
	imburse.sandbox.setFaults(faults);
	const run = await imburse.run(
		{ ...CREATE, options },
		{ items: itemsFor(count), onError: 'continueErrorOutput' },
	);
	imburse.sandbox.clearFaults();
	return { seconds: run.milliseconds / 1000, made: run.success.length };
}

/** The node and a loop that sends one order after the other, alternating, so that the machine is the same. */
async function againstALoop(imburse: ImburseOnEngine): Promise<string> {
	const slow: Fault = { kind: 'delay', at: 'beforeWrite', ms: LATENCY_MS, route: 'createOrder' };
	const times = { node: [] as number[], single: [] as number[], loop: [] as number[] };
	for (let round = 0; round < ROUNDS; round++) {
		times.node.push((await create(imburse, ITEMS, [slow])).seconds);
		times.single.push((await create(imburse, ITEMS, [slow], { maxConcurrency: 1 })).seconds);
		times.loop.push(await loop(imburse, [slow]));
	}
	const node = median(times.node);
	const row = (name: string, all: number[]) => [
		name,
		`${median(all).toFixed(2)} s`,
		(median(all) / node).toFixed(1),
	];
	const rows = [
		row('the node', times.node),
		row('the node, Max Concurrency 1', times.single),
		row('a plain loop, one after the other', times.loop),
	];
	const title = `${ITEMS} orders, each answered after ${LATENCY_MS} ms (median of ${ROUNDS})`;
	return formatTable(title, ['', 'time', 'against the node'], rows);
}

/** Seconds. */
async function loop({ sandbox }: ImburseOnEngine, faults: Fault[]): Promise<number> {
	sandbox.reset();
	const client = await ImburseClient.signIn(sandbox);
	sandbox.setFaults(faults);
	const started = performance.now();
	for (const { ref } of itemsFor(ITEMS)) {
		await client.post('/v1/order-management', { orderRef: ref, metadata: {} });
	}
	const seconds = (performance.now() - started) / 1000;
	sandbox.clearFaults();
	return seconds;
}

/** Many items, validated only and created, with the memory that they take. */
async function preflight(imburse: ImburseOnEngine): Promise<string> {
	const measured = async (name: string, options: object) => {
		const all: number[] = [];
		const memories: Memory[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			const stop = watchMemory();
			all.push((await create(imburse, MANY, [], options)).seconds);
			memories.push(stop());
		}
		const seconds = median(all);
		return [
			name,
			`${seconds.toFixed(2)} s`,
			`${((seconds * 1000) / MANY).toFixed(2)} ms`,
			megabytes(memories.map(({ peak }) => peak)),
			megabytes(memories.map(({ retained }) => retained)),
			megabytes(memories.map(({ process }) => process)),
		];
	};
	const rows = [
		await measured('checked only (Validate Only)', { validateOnly: true }),
		await measured('checked and created', {}),
	];
	const head = ['', 'time', 'for each item', 'most heap taken', 'heap kept', 'whole process'];
	return formatTable(`${MANY} orders (median of ${ROUNDS})`, head, rows);
}

/** How long n8n answers nobody at most, while payments are checked and made. */
async function silence(imburse: ImburseOnEngine): Promise<string> {
	const maxTotals = { total: [{ amount: '1000000.00', currency: 'EUR' }] };
	const rows: string[][] = [];
	const measure = async (name: string, count: number, options: INodeParameters) => {
		const { seconds, longest } = await measureSilence(imburse, count, options);
		const each = `${((seconds * 1000) / count).toFixed(2)} ms`;
		rows.push([name, String(count), `${seconds.toFixed(2)} s`, each, `${longest.toFixed(0)} ms`]);
	};
	for (const count of SILENCE_ITEMS) {
		await measure('checked only', count, { validateOnly: true });
		await measure('checked only, with a total', count, { validateOnly: true, maxTotals });
	}
	await measure('checked and created', MANY, { maxTotals });
	const head = ['', 'payments', 'time', 'for each item', 'longest silence'];
	return formatTable('How long nothing else has a turn', head, rows);
}

const megabytes = (values: number[]): string => `${median(values).toFixed(0)} MB`;
