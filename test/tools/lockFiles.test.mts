import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { releases } from '../../tools/n8n/releases.mts';

interface LockFile {
	packages: Record<string, { integrity?: string; optionalDependencies?: Record<string, string> }>;
}

async function packagesOf(file: string): Promise<LockFile['packages']> {
	return (JSON.parse(await readFile(file, 'utf8')) as LockFile).packages;
}

/**
 * npm leaves a binary for another platform out of the lock file when the registry does not have it
 * (yet), and says nothing; "npm ci" then refuses that lock file on every platform. The remedy is an
 * older release of the package that asks for the binary.
 */
describe.each([
	'package-lock.json',
	...releases.map(({ version }) => `tools/n8n/versions/${version}/package-lock.json`),
])('%s', (file) => {
	it('can be installed from scratch: no optional package is missing from it', async () => {
		const packages = await packagesOf(file);
		const present = new Set(
			Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')),
		);
		const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
			Object.keys(optionalDependencies)
				.filter((name) => !present.has(name))
				.map((name) => `${path} asks for ${name}`),
		);
		expect(missing).toEqual([]);
	});

	/**
	 * Without a hash "npm ci" takes whatever it is given. npm keeps the hashes that stand in a lock
	 * file; it loses them when the lock file is gone and is made anew from a node_modules that was
	 * copied or changed, and never looks for them again. The remedy is to take the lock file back from
	 * git, and to run "npm install" with it in place.
	 */
	it('has the hash of every package', async () => {
		const without = Object.entries(await packagesOf(file))
			.filter(([path, { integrity = '' }]) => path !== '' && !integrity.startsWith('sha512-'))
			.map(([path]) => path);
		expect(without).toEqual([]);
	});

	it('names no registry', async () => {
		expect(await readFile(file, 'utf8')).not.toContain('"resolved"');
	});
});
