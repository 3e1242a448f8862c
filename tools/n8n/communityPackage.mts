import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runOrFail } from '../support/command.mts';

/** The part of a package.json that this file reads. */
interface PackageManifest {
	name: string;
	version: string;
	dependencies?: Record<string, string>;
	devDependencies?: Record<string, string>;
	peerDependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
}

interface InstalledNodes {
	name: string;
	private: boolean;
	dependencies: Record<string, string>;
}

/**
 * Installs a tarball as n8n's own installer does (n8n 2.41, community-packages): unpacked with tar
 * into `<user folder>/.n8n/nodes/node_modules/<name>`, its manifest without dev, peer and optional
 * dependencies, its version in `<user folder>/.n8n/nodes/package.json`. n8n then installs the
 * package's dependencies; this one has none, and a tarball that has some is refused.
 */
export async function installPackage(tarball: string, userFolder: string): Promise<void> {
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	const staging = join(nodesFolder, 'node_modules', '.unpacking');
	await rm(staging, { recursive: true, force: true });
	await mkdir(staging, { recursive: true });
	await runOrFail('tar', ['-xzf', tarball, '-C', staging, '--strip-components=1'], {
		cwd: nodesFolder,
	});
	const manifest = await trimManifest(join(staging, 'package.json'));
	const folder = join(nodesFolder, 'node_modules', manifest.name);
	await rm(folder, { recursive: true, force: true });
	await rename(staging, folder);
	await recordInstalled(join(nodesFolder, 'package.json'), manifest);
}

async function trimManifest(file: string): Promise<PackageManifest> {
	const manifest = JSON.parse(await readFile(file, 'utf8')) as PackageManifest;
	if (Object.keys(manifest.dependencies ?? {}).length > 0) {
		throw new Error(
			`The package names dependencies (${Object.keys(manifest.dependencies ?? {}).join(', ')}); it may have none.`,
		);
	}
	delete manifest.devDependencies;
	delete manifest.peerDependencies;
	delete manifest.optionalDependencies;
	await writeFile(file, JSON.stringify(manifest, null, 2));
	return manifest;
}

async function recordInstalled(file: string, manifest: PackageManifest): Promise<void> {
	const text = await readFile(file, 'utf8').catch(() => undefined);
	const installed: InstalledNodes =
		text === undefined
			? { name: 'installed-nodes', private: true, dependencies: {} }
			: (JSON.parse(text) as InstalledNodes);
	installed.dependencies[manifest.name] = manifest.version;
	await writeFile(file, JSON.stringify(installed, null, 2));
}
