import { createHash, type Hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A hash of the names and contents of files and folders; a missing one counts too. Dates do not
 * count: they change with every checkout.
 */
export async function fingerprint(root: string, paths: string[]): Promise<string> {
	const hash = createHash('sha256');
	for (const path of paths) await addToHash(root, path, hash);
	return hash.digest('hex');
}

async function addToHash(root: string, path: string, hash: Hash): Promise<void> {
	const full = join(root, path);
	const entries = await readdir(full).catch(() => undefined);
	if (entries !== undefined) {
		for (const name of entries.sort()) await addToHash(root, `${path}/${name}`, hash);
		return;
	}
	const content = await readFile(full).catch(() => undefined);
	hash.update(`${path}\0${content?.length ?? 'absent'}\0`).update(content ?? '');
}
