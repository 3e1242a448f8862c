import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import glob from 'fast-glob';

/** What only the owner of the package can fill in, and stands here for the time being. */
export interface Placeholder {
	/** The first cell of its row in CONTRIBUTING.md. */
	what: string;
	/** The text that has to go. */
	text: string;
}

/** A text that turns out to be right as it is leaves this list. */
export const PLACEHOLDERS: readonly Placeholder[] = [
	{ what: 'Repository on GitHub', text: 'github.com/n8n-nodes-imburse/' },
	{
		what: 'Author’s e-mail address',
		text: 'maintainers@users.noreply.r-seed-356f18b8.example',
	},
	{
		what: 'Author’s name, and who holds the copyright',
		text: 'n8n-nodes-imburse maintainers',
	},
];

/** The list itself has to name the texts; the rest is not the project's own. */
const NOT_SEARCHED = [
	'tools/release/placeholders.mts',
	'package-lock.json',
	'tools/n8n/versions/**',
	'**/*.{png,tgz}',
	'**/node_modules/**',
	...['dist', 'coverage', 'reports', '.stryker-tmp', '.local'].map((name) => `${name}/**`),
	'.git',
	'.git/**',
];

export interface PlaceholderPlace {
	what: string;
	/** Path below the folder. */
	file: string;
	/** The first one counts 1. */
	line: number;
}

/** Every place below a folder where a placeholder is left: in any file, not only in known ones. */
export async function placeholdersIn(folder: string): Promise<PlaceholderPlace[]> {
	const files = await glob('**/*', { cwd: folder, dot: true, ignore: NOT_SEARCHED });
	const places = files.sort().map(async (file) => {
		const lines = (await readFile(join(folder, file), 'utf8')).split('\n');
		return lines.flatMap((line, index) =>
			PLACEHOLDERS.filter(({ text }) => line.includes(text)).map(({ what }) => ({
				what,
				file,
				line: index + 1,
			})),
		);
	});
	return (await Promise.all(places)).flat();
}
