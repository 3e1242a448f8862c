import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { withLock } from './lock.mts';

/**
 * Fills a folder that several checkouts share, once. The folder is filled under another name and
 * renamed when it is complete, so a folder of the final name is never incomplete. The next attempt
 * deletes what an interrupted one has left.
 */
export async function installOnce(
	folder: string,
	fill: (staging: string) => Promise<void>,
): Promise<void> {
	if (existsSync(folder)) return;
	const staging = `${folder}.partial-${process.pid}`;
	const sayWaiting = () =>
		console.log(`Another install is filling ${folder}; waiting for it to finish ...`);
	await withLock(`${folder}.lock`, sayWaiting, async () => {
		if (existsSync(folder)) return;
		await removeLeftovers(folder);
		await mkdir(staging, { recursive: true });
		await fill(staging);
		await rename(staging, folder);
	});
}

async function removeLeftovers(folder: string): Promise<void> {
	const parent = dirname(folder);
	const entries = await readdir(parent).catch(() => []);
	for (const name of entries) {
		if (!name.startsWith(`${basename(folder)}.partial-`)) continue;
		await rm(join(parent, name), { recursive: true, force: true, maxRetries: 3 });
	}
}
