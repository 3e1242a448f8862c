import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cacheFolder, thisMachine } from '../n8n/cache.mts';
import { installPackage } from '../n8n/communityPackage.mts';
import { ensureN8n } from '../n8n/install.mts';
import { mainRelease } from '../n8n/releases.mts';
import { ensurePacked } from '../package.mts';
import { Cleanup } from '../support/cleanup.mts';
import { runOrFail } from '../support/command.mts';
import { formatTable } from '../support/format.mts';
import { runOnce, withContenders } from './contenders.mts';
import { median } from './median.mts';

const STARTS = 11;
const ROWS = 10_000;
const MEASURED = ['HTTP Request, 10 expressions', 'Bare loop, no form', 'Imburse, columns'];

/** How long the nodes take to load, and how much memory a fresh n8n needs for many rows. */
export async function loadAndMemory(): Promise<string> {
	return [await loading(), await memory()].join('\n\n');
}

/** In a new process each time, as n8n does at its start; n8n-workflow is there already. */
const LOAD = `
const [workflow, ...files] = process.argv.slice(1);
require(workflow);
const begun = performance.now();
for (const file of files) for (const Node of Object.values(require(file))) if (typeof Node === 'function') new Node();
console.log(performance.now() - begun);
`;

async function loading(): Promise<string> {
	const cleanup = new Cleanup();
	try {
		const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-imburse-bench-'));
		cleanup.add(async () => await rm(folder, { recursive: true, force: true }));
		await installPackage(await ensurePacked(), folder);
		const n8n = await ensureN8n(mainRelease, cacheFolder(thisMachine()));
		const modules = dirname(n8n.folder);
		const own = join(folder, '.n8n/nodes/node_modules/n8n-nodes-imburse/dist/nodes/Imburse');
		const stripe = join(modules, 'n8n-nodes-base/dist/nodes/Stripe');
		const pairs: Array<[string, string[]]> = [
			[
				'n8n’s Stripe nodes',
				['Stripe.node.js', 'StripeTrigger.node.js'].map((file) => join(stripe, file)),
			],
			[
				'Imburse nodes',
				['Imburse.node.js', 'ImburseTrigger.node.js'].map((file) => join(own, file)),
			],
		];
		const times = pairs.map(() => [] as number[]);
		for (let start = 0; start < STARTS; start++) {
			for (const [place, [, files]] of pairs.entries()) {
				const args = ['-e', LOAD, join(modules, 'n8n-workflow'), ...files];
				const env = { ...process.env, NODE_PATH: modules };
				const output = await runOrFail(n8n.node, args, { cwd: modules, env });
				times[place]!.push(Number(output));
			}
		}
		const base = median(times[0]!);
		const rows = pairs.map(([name], place) => {
			const time = median(times[place]!);
			return [
				name,
				`${time.toFixed(1)} ms`,
				`${Math.min(...times[place]!).toFixed(1)} ms`,
				(time / base).toFixed(2),
			];
		});
		const title = `Loading the action and the trigger (median of ${STARTS} starts in turns)`;
		return formatTable(title, ['', 'time', 'least', 'against Stripe'], rows);
	} finally {
		await cleanup.finish();
	}
}

/** The most that a fresh n8n takes while one of them handles many rows: each has an n8n of its own. */
async function memory(): Promise<string> {
	const peaks: number[] = [];
	for (const name of MEASURED) peaks.push(await peakOf(name));
	const rows = MEASURED.map((name, place) => [
		name,
		`${peaks[place]!.toFixed(0)} MB`,
		(peaks[place]! / peaks[0]!).toFixed(2),
	]);
	const title = `The most memory of a fresh n8n ${mainRelease.version}, ${ROWS} payments`;
	return formatTable(title, ['', 'memory', 'against HTTP Request'], rows);
}

async function peakOf(name: string): Promise<number> {
	return await withContenders(async (contest) => {
		await runOnce(
			contest,
			contest.contenders.find((one) => one.name === name)!,
			ROWS,
		);
		return await contest.n8n.peakMemory();
	});
}
