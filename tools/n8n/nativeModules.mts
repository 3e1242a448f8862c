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
	{ nativeModules }: N8nRelease,
	runtime: Runtime,
	cache: string,
): Promise<void> {
	const options = { cwd: join(modules, 'sqlite3'), env: buildEnvironment(runtime) };
	const prebuilt = join(modules, 'prebuild-install', 'bin.js');
	const downloaded = await runCommand(runtime.node, [prebuilt, '-r', 'napi'], options);
	if (downloaded.code !== 0) {
		await compileOnce(options.cwd, cache, () => compile(modules, runtime, options));
	}

	const loadAll = nativeModules.map((name) => `require(${JSON.stringify(name)})`).join('; ');
	await runOrFail(runtime.node, ['-e', loadAll], { cwd: modules });
}

/** sqlite3 speaks Node-API: what was compiled with one Node can be loaded by every other. */
async function compileOnce(
	sqlite: string,
	cache: string,
	compileHere: () => Promise<void>,
): Promise<void> {
	const manifest = await readFile(join(sqlite, 'package.json'), 'utf8');
	const { version } = JSON.parse(manifest) as { version: string };
	const folder = join(cache, `sqlite3-${version}-${process.platform}-${process.arch}`);
	const compiled = join(folder, basename(BINARY));
	await installOnce(folder, async (staging) => {
		await compileHere();
		await copyFile(join(sqlite, BINARY), join(staging, basename(BINARY)));
	});
	await mkdir(join(sqlite, dirname(BINARY)), { recursive: true });
	await copyFile(compiled, join(sqlite, BINARY));
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
