import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runOrFail } from '../support/command.mts';
import { installOnce } from '../support/installOnce.mts';
import { npmScript } from '../support/npm.mts';
import { withProgress } from '../support/progress.mts';
import type { N8nRelease } from './releases.mts';

/** A Node that an n8n release runs on. */
export interface Runtime {
	/** Path of the `node` program. */
	node: string;
	/** Folder with `include/node`, for compiling native modules; undefined where there is none. */
	headers: string | undefined;
}

/** This machine's Node when it is of the right generation, otherwise one from npm, kept in the cache. */
export async function ensureRuntime(release: N8nRelease, cache: string): Promise<Runtime> {
	if (Number.parseInt(process.versions.node, 10) === release.nodeMajor) return ownRuntime();

	const name = nodePackage(process.platform, process.arch);
	const folder = join(cache, `node-${release.nodeVersion}-${process.platform}-${process.arch}`);
	await installOnce(folder, (staging) => downloadNode(name, release, staging));
	const home = join(folder, 'node_modules', name);
	const program = process.platform === 'win32' ? 'node.exe' : 'node';
	return { node: join(home, 'bin', program), headers: home };
}

/** The npm package that holds Node's own binary for a platform. */
export function nodePackage(platform: string, arch: string): string {
	return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

function ownRuntime(): Runtime {
	const home = join(dirname(process.execPath), '..');
	const hasHeaders = existsSync(join(home, 'include', 'node', 'node.h'));
	return { node: process.execPath, headers: hasHeaders ? home : undefined };
}

async function downloadNode(name: string, release: N8nRelease, staging: string): Promise<void> {
	console.log(
		`n8n ${release.version} needs Node ${release.nodeMajor}, and this is ${process.versions.node}: fetching Node ${release.nodeVersion} ...`,
	);
	await writeFile(join(staging, 'package.json'), '{ "private": true }\n');
	const args = ['install', '--save-exact', '--ignore-scripts', '--no-audit', '--no-fund'];
	await withProgress({ label: `Node ${release.nodeVersion}`, folder: staging }, () =>
		runOrFail(
			process.execPath,
			[npmScript(), ...args, '--loglevel=error', `${name}@${release.nodeVersion}`],
			{ cwd: staging },
		),
	);
}
