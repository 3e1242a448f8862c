import { writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { runCommand } from '../../../../tools/support/command.mts';
import type { Secret } from '../../harness/index.mts';
import { spellings } from './spellings.mts';

/**
 * Looks for secrets in all files below a folder, in whatever spelling.
 *
 * @param patternsFile is written with all that is looked for; it lies elsewhere
 * @returns what was found and where, such as `privateKey in shared/n8n.log`, each once
 */
export async function search(
	folder: string,
	secrets: Secret[],
	patternsFile: string,
): Promise<string[]> {
	const kinds = new Map(
		secrets.flatMap(({ what, value }) => spellings(value).map((text) => [text, what] as const)),
	);
	await writeFile(patternsFile, [...kinds.keys()].map((text) => `${text}\n`).join(''));
	const flags = ['-r', '--text', '--only-matching', '--with-filename', '--null', '--no-messages'];
	const { code, output } = await runCommand(
		'grep',
		[...flags, '--fixed-strings', `--file=${patternsFile}`, folder],
		{ cwd: folder, env: { ...process.env, LC_ALL: 'C' } },
	);
	if (code !== 0 && code !== 1) throw new Error(`grep ended with ${code}: ${output}`);
	const hits = output.split('\n').filter(Boolean);
	const found = hits.map((hit) => {
		const [file = '', text = ''] = hit.split('\0');
		return `${kinds.get(text) ?? 'a secret'} in ${relative(folder, file)}`;
	});
	return [...new Set(found)].sort();
}
