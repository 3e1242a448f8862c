import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout. */
export const projectFolder = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/**
 * What the tools keep in this checkout: the packed package, the data of its n8n, logs. It is here and
 * not in the user's cache folder, so that it is deleted with the checkout, and two checkouts never
 * share an account or a workflow. git, npm and the linters ignore it.
 */
export const localFolder = join(projectFolder, '.local');

/** What only saves time, and may be deleted at any moment. */
export const checkCacheFolder = join(projectFolder, 'node_modules', '.cache', 'n8n-nodes-imburse');

/** Bytes of all files below a folder; a file that is removed meanwhile counts as 0. */
export async function folderSize(folder: string): Promise<number> {
	const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
	let sum = 0;
	for (const entry of entries) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) sum += await folderSize(path);
		else
			sum += await lstat(path)
				.then((stat) => stat.size)
				.catch(() => 0);
	}
	return sum;
}
