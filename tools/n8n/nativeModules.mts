import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { runCommand, runOrFail } from '../support/command.mts';
import { installOnce } from '../support/installOnce.mts';
import type { Runtime } from './runtime.mts';
import type { N8nRelease } from './releases.mts';

/** Where sqlite3 looks for its binary, below its own folder. */
const BINARY = join('build', 'Release', 'node_sqlite3.node');

/**
 * Makes sqlite3 usable: takes its prebuilt binary where it can be had, otherwise compiles it. The
 * other native modules either bring their binaries in the package (isolated-vm) or are optional.
 */
export async function buildNativeModules(
	modules: string,
	{ nativeModules, nodeMajor }: N8nRelease,
	runtime: Runtime,
	cache: string,
): Promise<void> {
	const sqlite = join(modules, 'sqlite3');
	const options = { cwd: sqlite, env: buildEnvironment(runtime) };
	const prebuilt = join(modules, 'prebuild-install', 'bin.js');
	const downloaded = await runCommand(runtime.node, [prebuilt, '-r', 'napi'], options);
	if (downloaded.code !== 0) {
		const folder = join(cache, compiledName(await versionOf(sqlite), nodeMajor));
		await takeCompiled(sqlite, folder, async () => {
			await compile(modules, runtime, options);
			await requireLoadable(['sqlite3'], modules, runtime);
		});
	}
	await requireLoadable(nativeModules, modules, runtime);
}

/**
 * The folder of the cache with a compiled SQLite, one for each Node: although sqlite3 speaks Node-API,
 * what was compiled for Node 24 crashes Node 20.
 */
export function compiledName(sqliteVersion: string, nodeMajor: number): string {
	return `sqlite3-${sqliteVersion}-node${nodeMajor}-${process.platform}-${process.arch}`;
}

async function versionOf(packageFolder: string): Promise<string> {
	const manifest = await readFile(join(packageFolder, 'package.json'), 'utf8');
	return (JSON.parse(manifest) as { version: string }).version;
}

/** Only a binary that its own Node has loaded comes into the cache. */
async function takeCompiled(
	sqlite: string,
	folder: string,
	compileHere: () => Promise<void>,
): Promise<void> {
	const kept = (inFolder: string): string => join(inFolder, basename(BINARY));
	await installOnce(folder, async (staging) => {
		await compileHere();
		await copyFile(join(sqlite, BINARY), kept(staging));
	});
	await mkdir(join(sqlite, dirname(BINARY)), { recursive: true });
	await copyFile(kept(folder), join(sqlite, BINARY));
}

/** Loads modules with the very Node that n8n will run on. */
async function requireLoadable(names: string[], modules: string, runtime: Runtime): Promise<void> {
	const loadAll = names.map((name) => `require(${JSON.stringify(name)})`).join('; ');
	await runOrFail(runtime.node, ['-e', loadAll], { cwd: modules });
}

async function compile(
	modules: string,
	runtime: Runtime,
	options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<void> {
	console.log('No prebuilt SQLite can be had here: compiling it, which takes a minute or two ...');
	const nodeGyp = join(modules, 'node-gyp', 'bin', 'node-gyp.js');
	const result = await runCommand(runtime.node, [nodeGyp, 'rebuild', '--release'], options);
	if (result.code === 0) return;
	const lastLines = result.output.trimEnd().split('\n').slice(-25).join('\n');
	throw new Error(
		`SQLite could not be compiled. It needs python3, make and a C++ compiler (on Debian: apt-get install python3 make g++).\n${lastLines}`,
	);
}

function buildEnvironment(runtime: Runtime): NodeJS.ProcessEnv {
	const env: NodeJS.ProcessEnv = {
		...process.env,
		PATH: `${dirname(runtime.node)}${delimiter}${process.env.PATH ?? ''}`,
	};
	if (runtime.headers !== undefined) env.npm_config_nodedir = runtime.headers;
	return env;
}
