import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The bundler names each source file before its code. */
const MODULE = /^\/\/ ((?:nodes|credentials)\/\S+\.ts)$/gm;

let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'bundle-test-'));
	const script = 'require("./gulpfile.js").bundle(process.argv[1], "simple")';
	const { status, stderr } = spawnSync(process.execPath, ['-e', script, folder], {
		encoding: 'utf8',
	});
	if (status !== 0) throw new Error(stderr);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function bundled(): Promise<Map<string, string>> {
	const files = await readdir(folder, { recursive: true });
	const code = files.filter((file) => file.endsWith('.js')).sort();
	return new Map(
		await Promise.all(
			code.map(async (file) => [file, await readFile(join(folder, file), 'utf8')] as const),
		),
	);
}

describe('the bundle', () => {
	it('is a file for each thing that n8n loads, and one that they share', async () => {
		expect([...(await bundled()).keys()]).toEqual([
			'credentials/ImburseApi.credentials.js',
			'nodes/Imburse/Imburse.node.js',
			'nodes/Imburse/ImburseTrigger.node.js',
			'nodes/Imburse/shared.js',
		]);
	});

	it('has every source file once, so that what it keeps in memory is there once', async () => {
		const modules = [...(await bundled()).values()].flatMap((code) =>
			[...code.matchAll(MODULE)].map(([, path]) => path),
		);
		expect(modules).toContain('nodes/Imburse/api/auth/tokenRegistry.ts');
		expect(modules.filter((path, index) => modules.indexOf(path) !== index)).toEqual([]);
	});

	it('loads nothing but n8n-workflow, Node and itself', async () => {
		const loaded = [...(await bundled()).values()].flatMap((code) =>
			[...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name),
		);
		expect([...new Set(loaded)].sort()).toEqual([
			'../nodes/Imburse/shared.js',
			'./shared.js',
			'n8n-workflow',
			'node:crypto',
		]);
	});

	it('can be read: its names and lines are those of the sources, without their comments', async () => {
		const code = (await bundled()).get('nodes/Imburse/shared.js') ?? '';
		expect(code).toContain('\nvar TokenManager = class {\n');
		expect(code).not.toMatch(/^\s*(\/\/|\/\*)(?! nodes\/)/m);
	});
});
