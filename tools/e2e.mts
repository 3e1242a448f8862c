import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import pMap from 'p-map';
import { compareResults } from './e2e/compare.mts';
import { startControlServer } from './e2e/controlServer.mts';
import { HELP, readFlags, type E2eFlags } from './e2e/flags.mts';
import { ensurePrograms } from './e2e/programs.mts';
import { runJest, type E2eRun } from './e2e/runJest.mts';
import { formatTable, type ReleaseResult } from './e2e/table.mts';
import { cacheFolder, thisMachine } from './n8n/cache.mts';
import { ensureN8n } from './n8n/install.mts';
import { changedPackages, ensureManifest } from './n8n/manifest.mts';
import type { N8nRelease } from './n8n/releases.mts';
import { ensurePacked } from './package.mts';
import { localFolder } from './support/folders.mts';
import { Cleanup } from './support/cleanup.mts';
import { duration } from './support/format.mts';
import { add, inWords, ONE_FAILED, type Counts } from './test/counts.mts';

/** Memory of an n8n, its queue and the browser at their peak, with a margin. */
const BYTES_FOR_A_RELEASE = 5e9;

/** The end-to-end tests on each n8n that was asked for. Resolves to the exit code. */
async function runAll({ releases, files, tarball, keep }: E2eFlags): Promise<number> {
	const started = Date.now();
	// An n8n that cannot be installed is known before the other one has run for half an hour.
	for (const release of releases) await ensureManifest(release, cacheFolder(thisMachine()));
	const runFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-imburse-e2e-'));
	await allowTraversal(runFolder);
	const cleanup = new Cleanup();
	cleanup.onSignals(() => console.log('\nStopping ...'));
	let sum: Counts = { passed: 0, failed: 0 };
	const isKept = (): boolean => keep || sum.failed > 0;
	cleanup.add(async () => {
		if (!isKept()) await rm(runFolder, { recursive: true, force: true, maxRetries: 3 });
	});

	const ready = prepare(tarball);
	const run = (release: N8nRelease): Promise<E2eRun> =>
		runOn(release, { ready, folder: join(runFolder, release.version), files }, cleanup);
	const runs = await pMap(releases, run, { concurrency: releasesAtOnce() });
	sum = runs.map(({ counts }) => counts).reduce(add);
	await cleanup.finish();
	const results = releases.map(({ version }, position) => ({
		version,
		result: runs[position]?.result,
	}));
	await report(results);
	await compare(releases, results);
	if (isKept()) console.log(`n8n's data and logs are in ${runFolder}; delete it when done.`);
	console.log(`Took ${duration(Date.now() - started)}.`);
	console.log(inWords(sum));
	return sum.failed === 0 ? 0 : 1;
}

/** The servers of queue mode run as another user, and have their folders below this one. */
const allowTraversal = (folder: string): Promise<void> => chmod(folder, 0o711);

/** Prepares what all runs need besides n8n. Resolves to the package's tarball. */
async function prepare(given: string | undefined): Promise<string> {
	const [tarball] = await Promise.all([given ?? ensurePacked(), ensurePrograms()]);
	return tarball;
}

/** The tests wait most of the time: two runs take little longer than one, if there is memory for both. */
const releasesAtOnce = (): number => (memory() < 2 * BYTES_FOR_A_RELEASE ? 1 : 2);

/** Of the machine, or the limit of a container; 0 means that there is no limit. */
const memory = (): number => Math.min(totalmem(), process.constrainedMemory() || Infinity);

interface RunOptions {
	ready: Promise<string>;
	folder: string;
	files: string[];
}

/** A run that breaks off counts as a failure, and the run of the other n8n goes on. */
async function runOn(
	release: N8nRelease,
	{ ready, folder, files }: RunOptions,
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
		const temporaryFolder = join(folder, 'tmp');
		for (const each of [dataFolder, temporaryFolder]) await mkdir(each, { recursive: true });
		for (const each of [folder, temporaryFolder]) await allowTraversal(each);
		const secretsFile = join(folder, 'secrets.jsonl');
		const environment = { version: release.version, tarball, dataFolder, secretsFile };
		const controlUrl = await startControlServer(installed, environment, cleanup);
		const { version } = release;
		const resultFile = join(folder, 'result.json');
		// The tests end before n8n is stopped: otherwise they would start it again.
		return await runJest({ version, controlUrl, files, temporaryFolder, resultFile }, whole);
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		return { counts: ONE_FAILED, result: undefined };
	} finally {
		await cleanup.finish();
	}
}

async function report(columns: ReleaseResult[]): Promise<void> {
	const file = join(localFolder, 'e2e.md');
	const text = formatTable(columns);
	await mkdir(localFolder, { recursive: true });
	await writeFile(file, `${text}\n`);
	console.log(`\n${text}\n\nThis table is in ${file}.`);
}

/** Of a release that was tried: what is otherwise than with the known one. */
async function compare(used: N8nRelease[], results: ReleaseResult[]): Promise<void> {
	const [known, tried] = used;
	const [before, after] = results;
	if (tried?.like === undefined || known === undefined || !before || !after) return;
	const cache = cacheFolder(thisMachine());
	const folder = await ensureManifest(tried, cache);
	const packages = await changedPackages(await ensureManifest(known, cache), folder);
	const differences = compareResults(before, after);
	console.log(`\nn8n ${tried.version} beside ${known.version}:`);
	for (const line of [...packages, ...differences]) console.log(`  ${line}`);
	if (differences.length === 0) console.log('  Every test ends as it does on the known one.');
	console.log(`Its package.json and package-lock.json are in ${folder}.\n`);
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
	try {
		return await runAll(flags);
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		console.log(inWords(ONE_FAILED));
		return 1;
	}
}

process.exitCode = await main();
