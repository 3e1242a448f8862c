import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import pMap from 'p-map';
import { startKeeper } from './e2e/keeper.mts';
import { HELP, readFlags, type E2eFlags } from './e2e/flags.mts';
import { ensurePrograms } from './e2e/programs.mts';
import { runJest, type E2eRun } from './e2e/runJest.mts';
import { table, type Column } from './e2e/table.mts';
import { cacheFolder, thisMachine } from './n8n/cache.mts';
import { ensureN8n } from './n8n/install.mts';
import type { N8nRelease } from './n8n/version.mts';
import { ensurePacked } from './package.mts';
import { localFolder } from './project.mts';
import { Cleanup } from './support/cleanup.mts';
import { duration } from './support/words.mts';
import { add, inWords, ONE_FAILED, type Counts } from './test/counts.mts';

/** What an n8n, its queue and the browser hold at their peak, with room to spare. */
const BYTES_FOR_A_RELEASE = 5e9;

/** The end-to-end tests on each n8n that was asked for. Resolves to the exit code. */
async function runAll({ releases, files, keep }: E2eFlags): Promise<number> {
	const started = Date.now();
	const runFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-imburse-e2e-'));
	await letOthersThrough(runFolder);
	const cleanup = new Cleanup();
	cleanup.onSignals(() => console.log('\nStopping ...'));
	let sum: Counts = { passed: 0, failed: 0 };
	const isKept = (): boolean => keep || sum.failed > 0;
	cleanup.add(async () => {
		if (!isKept()) await rm(runFolder, { recursive: true, force: true, maxRetries: 3 });
	});

	const ready = prepare();
	const run = (release: N8nRelease): Promise<E2eRun> =>
		runOn(release, { ready, folder: join(runFolder, release.version), files }, cleanup);
	const runs = await pMap(releases, run, { concurrency: releasesAtOnce() });
	sum = runs.map(({ counts }) => counts).reduce(add);
	await cleanup.finish();
	await report(
		releases.map(({ version }, position) => ({ version, result: runs[position]?.result })),
	);
	if (isKept()) console.log(`n8n's data and logs are in ${runFolder}; delete it when done.`);
	console.log(`Took ${duration(Date.now() - started)}.`);
	console.log(inWords(sum));
	return sum.failed === 0 ? 0 : 1;
}

/** The servers of queue mode, which run as another user, have their folders further down. */
const letOthersThrough = (folder: string): Promise<void> => chmod(folder, 0o711);

/** What all of them need beside n8n. Resolves to the package's tarball. */
async function prepare(): Promise<string> {
	const [tarball] = await Promise.all([ensurePacked(), ensurePrograms()]);
	return tarball;
}

/** The tests wait for much, so that two run in little more time than one, given the memory. */
const releasesAtOnce = (): number => (memory() < 2 * BYTES_FOR_A_RELEASE ? 1 : 2);

/** Of the machine, or what a container is allowed of it; 0 means that nothing is set. */
const memory = (): number => Math.min(totalmem(), process.constrainedMemory() || Infinity);

interface Premises {
	ready: Promise<string>;
	folder: string;
	files: string[];
}

/** A run that breaks off counts as a failure, and does not keep the other n8n from its own. */
async function runOn(
	release: N8nRelease,
	{ ready, folder, files }: Premises,
	whole: Cleanup,
): Promise<E2eRun> {
	const cleanup = new Cleanup();
	whole.add(() => cleanup.finish());
	try {
		const [tarball, installed] = await Promise.all([
			ready,
			ensureN8n(release, cacheFolder(thisMachine())),
		]);
		const dataFolder = join(folder, 'data');
		const temporary = join(folder, 'tmp');
		for (const each of [dataFolder, temporary]) await mkdir(each, { recursive: true });
		for (const each of [folder, temporary]) await letOthersThrough(each);
		const secretsFile = join(folder, 'secrets.jsonl');
		const premises = { version: release.version, tarball, dataFolder, secretsFile };
		const keeper = await startKeeper(installed, premises, cleanup);
		const { version } = release;
		const resultFile = join(folder, 'result.json');
		// Before n8n is stopped, whoever asks for an end: the tests would have it started anew.
		return await runJest({ version, keeper, files, temporary, resultFile }, whole);
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		return { counts: ONE_FAILED, result: undefined };
	} finally {
		await cleanup.finish();
	}
}

async function report(columns: Column[]): Promise<void> {
	const file = join(localFolder, 'e2e.md');
	const text = table(columns);
	await mkdir(localFolder, { recursive: true });
	await writeFile(file, `${text}\n`);
	console.log(`\n${text}\n\nThis table is in ${file}.`);
}

async function main(): Promise<number> {
	let flags: E2eFlags | 'help';
	try {
		flags = readFlags(process.argv.slice(2));
	} catch (error) {
		console.error(`${(error as Error).message}\n\n${HELP}`);
		return 2;
	}
	if (flags === 'help') {
		console.log(HELP);
		return 0;
	}
	return runAll(flags);
}

process.exitCode = await main();
