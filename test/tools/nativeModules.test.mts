import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildNativeModules, compiledName } from '../../tools/n8n/nativeModules.mts';
import { mainRelease, previousRelease, type N8nRelease } from '../../tools/n8n/releases.mts';

const HOST = `${process.platform}-${process.arch}`;

/** A compiler that writes down whose headers it had, and a SQLite that says so when it is loaded. */
const PACKAGES = {
	'prebuild-install/bin.js': 'process.exit(1);',
	'node-gyp/bin/node-gyp.js': `
		const { mkdirSync, writeFileSync } = require('node:fs');
		mkdirSync('build/Release', { recursive: true });
		writeFileSync('build/Release/node_sqlite3.node', process.env.npm_config_nodedir);`,
	'sqlite3/package.json': '{ "name": "sqlite3", "version": "5.1.7" }',
	'sqlite3/index.js': `
		const headers = require('node:fs').readFileSync(__dirname + '/build/Release/node_sqlite3.node', 'utf8');
		if (headers.includes('broken')) process.kill(process.pid, 'SIGSEGV');`,
};

let folder: string;
let cache: string;

beforeEach(async () => {
	jest.spyOn(console, 'log').mockImplementation(() => {});
	folder = await mkdtemp(join(tmpdir(), 'native-modules-'));
	cache = join(folder, 'cache');
});

afterEach(async () => {
	jest.restoreAllMocks();
	await rm(folder, { recursive: true, force: true });
});

describe('a SQLite that had to be compiled', () => {
	it('is kept for one version of sqlite3 and one Node', () => {
		expect(compiledName('5.1.7', 20)).toBe(`sqlite3-5.1.7-node20-${HOST}`);
		expect(compiledName('5.1.7', 24)).toBe(`sqlite3-5.1.7-node24-${HOST}`);
		expect(compiledName('5.1.8', 24)).toBe(`sqlite3-5.1.8-node24-${HOST}`);
	});

	it.each([
		['the older n8n comes first', [previousRelease, mainRelease]],
		['the newer n8n comes first', [mainRelease, previousRelease]],
	])('is the one for the Node of each n8n, when %s', async (_what, order) => {
		for (const release of order) {
			const { nodeMajor } = release;
			expect(await install(release, `headers of ${nodeMajor}`)).toBe(`headers of ${nodeMajor}`);
		}
		expect((await readdir(cache)).sort()).toEqual([
			compiledName('5.1.7', 20),
			compiledName('5.1.7', 24),
		]);
	});

	it('is not compiled again for the same Node', async () => {
		await install(mainRelease, 'first');
		expect(await install(mainRelease, 'second')).toBe('first');
	});

	it('is not kept when its Node cannot load it', async () => {
		await expect(install(mainRelease, 'broken')).rejects.toThrow('ended with a signal');
		expect(await readdir(cache)).not.toContain(compiledName('5.1.7', mainRelease.nodeMajor));

		expect(await install(mainRelease, 'whole')).toBe('whole');
	});
});

/** Resolves to the headers that the SQLite in use was compiled with. */
async function install(release: N8nRelease, headers: string): Promise<string> {
	const modules = await mkdtemp(join(folder, 'modules-'));
	for (const [path, content] of Object.entries(PACKAGES)) {
		const file = join(modules, 'node_modules', path);
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, content);
	}
	const runtime = { node: process.execPath, headers };
	const sqliteAlone = { ...release, nativeModules: ['sqlite3'] };
	await buildNativeModules(join(modules, 'node_modules'), sqliteAlone, runtime, cache);
	return readFile(join(modules, 'node_modules/sqlite3/build/Release/node_sqlite3.node'), 'utf8');
}
