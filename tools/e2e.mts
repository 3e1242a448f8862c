import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** The end-to-end tests on each n8n that was asked for. Resolves to the exit code. */
async function runAll({ releases, files, keep }: E2eFlags): Promise<number> {
	const started = Date.now();
	const runFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-imburse-e2e-'));
	const cleanup = new Cleanup();
	cleanup.onSignals(() => console.log('\nStopping ...'));
	let sum: Counts = { passed: 0, failed: 0 };
	const isKept = (): boolean => keep || sum.failed > 0;
	cleanup.add(async () => {
		if (!isKept()) await rm(runFolder, { recursive: true, force: true, maxRetries: 3 });
	});

	await ensurePrograms();
	const columns: Column[] = [];
	for (const release of releases) {
		const run = await runOn(release, join(runFolder, release.version), files, cleanup);
		columns.push({ version: release.version, result: run.result });
		sum = add(sum, run.counts);
	}
	await cleanup.finish();
	await report(columns);
	if (isKept()) console.log(`n8n's data and logs are in ${runFolder}; delete it when done.`);
	console.log(`Took ${duration(Date.now() - started)}.`);
	console.log(inWords(sum));
	return sum.failed === 0 ? 0 : 1;
}

/** A run that breaks off counts as a failure, and the other n8n still gets its turn. */
async function runOn(
	release: N8nRelease,
	folder: string,
	files: string[],
	whole: Cleanup,
): Promise<E2eRun> {
	console.log(`\n== n8n ${release.version}`);
	const cleanup = new Cleanup();
	whole.add(() => cleanup.finish());
	try {
		const tarball = await ensurePacked();
		const installed = await ensureN8n(release, cacheFolder(thisMachine()));
		const dataFolder = join(folder, 'data');
		await mkdir(dataFolder, { recursive: true });
		const secretsFile = join(folder, 'secrets.jsonl');
		const premises = { version: release.version, tarball, dataFolder, secretsFile };
		const keeper = await startKeeper(installed, premises, cleanup);
		return await runJest(keeper, files, join(folder, 'result.json'));
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
