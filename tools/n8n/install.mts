import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, statfs } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runOrFail } from '../support/command.mts';
import { installOnce } from '../support/installOnce.mts';
import { npmScript } from '../support/npm.mts';
import { withProgress } from '../support/progress.mts';
import { duration, size } from '../support/format.mts';
import { ensureManifest } from './manifest.mts';
import { buildNativeModules } from './nativeModules.mts';
import { ensureRuntime, type Runtime } from './runtime.mts';
import type { N8nRelease } from './releases.mts';

/** An n8n that is installed and can be started. */
export interface InstalledN8n {
	release: N8nRelease;
	/** The Node program that runs it. */
	node: string;
	/** Folder of the package `n8n` itself. */
	folder: string;
}

/** Installs an n8n release into the cache unless it is there, exactly as its lock file says. */
export async function ensureN8n(release: N8nRelease, cache: string): Promise<InstalledN8n> {
	await mkdir(cache, { recursive: true });
	const runtime = await ensureRuntime(release, cache);
	const manifest = await ensureManifest(release, cache);
	const folder = join(cache, await folderName(release, manifest));
	if (!existsSync(folder)) await requireSpace(release, cache);
	await installOnce(folder, async (staging) => {
		for (const file of ['package.json', 'package-lock.json']) {
			await copyFile(join(manifest, file), join(staging, file));
		}
		await install(release, runtime, staging, cache);
	});
	return { release, node: runtime.node, folder: join(folder, 'node_modules', 'n8n') };
}

/** Two lock files of one release are two installs. */
async function folderName(release: N8nRelease, manifest: string): Promise<string> {
	const lock = await readFile(join(manifest, 'package-lock.json'));
	const fingerprint = createHash('sha256').update(lock).digest('hex').slice(0, 8);
	return `n8n-${release.version}-${process.platform}-${process.arch}-${fingerprint}`;
}

/** npm keeps a packed copy of everything in a cache of its own, often on the same disk. */
async function requireSpace(release: N8nRelease, cache: string): Promise<void> {
	const { bavail, bsize } = await statfs(cache);
	const needed = release.sizeInBytes * 1.5;
	if (bavail * bsize >= needed) return;
	throw new Error(
		`n8n ${release.version} needs about ${size(needed)} in ${cache}, and only ${size(bavail * bsize)} are free. Make room, or set XDG_CACHE_HOME to a folder on another disk.`,
	);
}

async function install(
	release: N8nRelease,
	runtime: Runtime,
	staging: string,
	cache: string,
): Promise<void> {
	console.log(
		`Fetching n8n ${release.version}, about ${size(release.sizeInBytes)}; this takes some minutes, once ...`,
	);
	const started = Date.now();
	const growth = {
		label: `n8n ${release.version}`,
		folder: staging,
		expectedBytes: release.sizeInBytes,
	};
	const args = ['ci', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund'];
	await withProgress(growth, async () => {
		await runOrFail(process.execPath, [npmScript(), ...args, '--loglevel=error'], {
			cwd: staging,
		});
		await buildNativeModules(join(staging, 'node_modules'), release, runtime, cache);
	});
	console.log(`n8n ${release.version} is installed (${duration(Date.now() - started)}).`);
}
