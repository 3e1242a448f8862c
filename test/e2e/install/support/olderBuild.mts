import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runOrFail } from '../../../../tools/support/command.mts';

export const OLDER_VERSION = '0.0.1';

/** By which the older build's node can be told from the present one's. */
export const OLDER_NAME = 'Imburse (an older build)';

/**
 * The package as it is, as if it had come out under a lower version, and with another name on its
 * node, so that one sees which build n8n has loaded.
 *
 * @returns the tarball, in the folder
 */
export async function packOlderBuild(tarball: string, folder: string): Promise<string> {
	await mkdir(folder, { recursive: true });
	await runOrFail('tar', ['-xzf', tarball, '-C', folder], { cwd: folder });
	const inPackage = (...path: string[]): string => join(folder, 'package', ...path);
	await replaceIn(inPackage('package.json'), /"version": "[^"]+"/, `"version": "${OLDER_VERSION}"`);
	await replaceIn(
		inPackage('dist', 'nodes', 'Imburse', 'Imburse.node.js'),
		'displayName: "Imburse"',
		`displayName: "${OLDER_NAME}"`,
	);
	const older = join(folder, 'older.tgz');
	await runOrFail('tar', ['-czf', older, 'package'], { cwd: folder });
	return older;
}

async function replaceIn(file: string, what: string | RegExp, by: string): Promise<void> {
	const before = await readFile(file, 'utf8');
	const after = before.replace(what, by);
	if (after === before) throw new Error(`${file} does not hold what is to be replaced: ${what}`);
	await writeFile(file, after);
}
