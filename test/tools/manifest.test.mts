import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	changedPackages,
	ensureManifest,
	knownManifest,
	manifestOf,
} from '../../tools/n8n/manifest.mts';
import { mainRelease, previousRelease, releaseOf, releases } from '../../tools/n8n/releases.mts';

let folder: string;
const npm = process.env.npm_execpath;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'manifest-'));
});

afterEach(async () => {
	if (npm === undefined) delete process.env.npm_execpath;
	else process.env.npm_execpath = npm;
	await rm(folder, { recursive: true, force: true });
});

/** Stands in for npm, which would ask the registry. */
async function useNpm(script: string): Promise<void> {
	const file = join(folder, 'npm-cli.js');
	await writeFile(file, script);
	process.env.npm_execpath = file;
}

describe('an n8n by its version', () => {
	it('is the known one', () => {
		for (const release of releases) expect(releaseOf(release.version)).toBe(release);
	});

	it.each([
		['2.41.99', mainRelease],
		['3.0.0', mainRelease],
		['10.0.0', mainRelease],
		['1.999.0', previousRelease],
	])('%s is tried as if it were the known one of its generation', (version, like) => {
		expect(releaseOf(version)).toEqual({ ...like, version, like });
	});
});

describe('the package.json of an n8n that is tried', () => {
	it('is that of the known one with another version', async () => {
		const known = await readFile(join(knownManifest(mainRelease.version), 'package.json'), 'utf8');
		const made = manifestOf(known, '2.41.99');
		expect(made).toBe(known.replace(`"n8n": "${mainRelease.version}"`, '"n8n": "2.41.99"'));
		expect(made).not.toBe(known);
	});

	it('comes with the lock file that npm makes, and names no registry', async () => {
		await useNpm(
			"require('fs').writeFileSync('package-lock.json', JSON.stringify(process.argv.slice(2)))",
		);
		const made = await ensureManifest(releaseOf('2.41.99'), folder);
		expect(await readdir(made)).toEqual(['package-lock.json', 'package.json']);
		const args = await readFile(join(made, 'package-lock.json'), 'utf8');
		expect(JSON.parse(args)).toEqual(
			expect.arrayContaining(['--package-lock-only', '--omit-lockfile-registry-resolved']),
		);
	});

	it('says what npm does not find, and leaves nothing that would pass for one', async () => {
		await useNpm("console.error('npm error notarget for @n8n/agents@9.9.9'); process.exit(1)");
		await expect(ensureManifest(releaseOf('2.41.99'), folder)).rejects.toThrow(
			/^n8n 2\.41\.99 cannot be installed from this npm registry: [^]*@n8n\/agents@9\.9\.9/,
		);
		expect(await readdir(folder)).not.toContain('manifest-2.41.99');
	});

	it('is a file of the project for a known one', async () => {
		expect(await ensureManifest(mainRelease, folder)).toBe(knownManifest(mainRelease.version));
		expect(await readdir(folder)).toEqual([]);
	});
});

describe('what another n8n brings', () => {
	const lock = async (name: string, packages: Record<string, string>): Promise<string> => {
		const entries = Object.entries(packages).map(([each, version]) => [
			`node_modules/${each}`,
			{ version },
		]);
		await mkdir(join(folder, name));
		const text = JSON.stringify({ packages: Object.fromEntries(entries) as unknown });
		await writeFile(join(folder, name, 'package-lock.json'), text);
		return join(folder, name);
	};

	it('are the packages of n8n that have another version', async () => {
		const before = await lock('before', { 'n8n-workflow': '1.0.0', 'n8n-core': '1.0.0' });
		const after = await lock('after', { 'n8n-workflow': '1.0.0', 'n8n-core': '1.0.1' });
		expect(await changedPackages(before, after)).toEqual(['n8n-core: 1.0.0 -> 1.0.1']);
	});

	it('are those that are gone, too', async () => {
		const before = await lock('before', { 'n8n-core': '1.0.0' });
		const after = await lock('after', {});
		expect(await changedPackages(before, after)).toEqual(['n8n-core: 1.0.0 -> (none)']);
	});
});
