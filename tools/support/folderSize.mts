import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes of all files below a folder; what vanishes meanwhile counts nothing. */
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
