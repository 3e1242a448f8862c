import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The text of every file below a folder, by its path from there. */
export async function filesBelow(root: string): Promise<Record<string, string>> {
	const entries = await readdir(root, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile());
	const contents = files.map(async ({ parentPath, name }) => {
		const file = join(parentPath, name);
		return [file.slice(root.length + 1), await readFile(file, 'utf8')] as const;
	});
	return Object.fromEntries(await Promise.all(contents));
}
