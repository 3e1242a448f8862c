import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';

interface LockFile {
	packages: Record<string, { optionalDependencies?: Record<string, string> }>;
}

/**
 * npm leaves a binary for another platform out of the lock file when the registry does not have it
 * (yet), and says nothing; "npm ci" then refuses that lock file on every platform. The remedy is an
 * older release of the package that asks for the binary.
 */
describe.each([
	'package-lock.json',
	'tools/n8n/versions/1.123.81/package-lock.json',
	'tools/n8n/versions/2.41.1/package-lock.json',
])('%s', (file) => {
	it('can be installed from scratch: no optional package is missing from it', async () => {
		const { packages } = JSON.parse(await readFile(file, 'utf8')) as LockFile;
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

	it('names no registry', async () => {
		expect(await readFile(file, 'utf8')).not.toContain('"resolved"');
	});
});
