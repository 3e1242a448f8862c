import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runOrFail } from '../support/command.mts';
import { projectFolder } from '../support/folders.mts';
import { installOnce } from '../support/installOnce.mts';
import { npmScript } from '../support/npm.mts';
import type { N8nRelease } from './releases.mts';

interface Manifest {
	dependencies: Record<string, string>;
}

interface LockFile {
	packages: Record<string, { version?: string } | undefined>;
}

/** The packages of n8n that this package builds on. */
const BUILT_ON = ['n8n-workflow', 'n8n-core', 'n8n-nodes-base', 'n8n-editor-ui'];

/** The folder with the package.json and package-lock.json of a known release. */
export const knownManifest = (version: string): string =>
	join(projectFolder, 'tools', 'n8n', 'versions', version);

/**
 * The folder with a release's package.json and package-lock.json. For one that is tried, npm makes
 * them, once: a folder of the cache that can be moved to `versions/` when the release is taken over.
 */
export async function ensureManifest(release: N8nRelease, cache: string): Promise<string> {
	if (release.like === undefined) return knownManifest(release.version);
	const folder = join(cache, `manifest-${release.version}`);
	await installOnce(folder, (staging) => resolveManifest(release, staging));
	return folder;
}

async function resolveManifest(release: N8nRelease, staging: string): Promise<void> {
	console.log(`Asking npm what n8n ${release.version} needs; this takes a minute or two ...`);
	const text = await readFile(
		join(knownManifest(release.like?.version ?? release.version), 'package.json'),
		'utf8',
	);
	await writeFile(join(staging, 'package.json'), manifestOf(text, release.version));
	const args = ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'];
	try {
		await runOrFail(
			process.execPath,
			[npmScript(), ...args, '--omit-lockfile-registry-resolved', '--loglevel=error'],
			{ cwd: staging },
		);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new Error(`n8n ${release.version} cannot be installed from this npm registry: ${reason}`);
	}
}

/** The package.json of a known release, with another version of n8n. */
export function manifestOf(text: string, version: string): string {
	const known = JSON.parse(text) as Manifest;
	const manifest = { ...known, dependencies: { ...known.dependencies, n8n: version } };
	return `${JSON.stringify(manifest, null, '\t')}\n`;
}

/** Which of the packages that this one builds on are of another version in another release. */
export async function changedPackages(before: string, after: string): Promise<string[]> {
	const [known, tried] = await Promise.all([before, after].map(packagesOf));
	const version = (packages: LockFile['packages'] | undefined, name: string): string =>
		packages?.[`node_modules/${name}`]?.version ?? '(none)';
	return BUILT_ON.flatMap((name) => {
		const versions = [version(known, name), version(tried, name)];
		return versions[0] === versions[1] ? [] : [`${name}: ${versions.join(' -> ')}`];
	});
}

async function packagesOf(folder: string): Promise<LockFile['packages']> {
	const text = await readFile(join(folder, 'package-lock.json'), 'utf8');
	return (JSON.parse(text) as LockFile).packages;
}
