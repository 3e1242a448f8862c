import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { npmScript } from '../../../../tools/support/npm.mts';

/**
 * n8n starts the `npm` of its PATH, and without a licence it names the public registry on npm's
 * command line. This npm is the machine's own, with another registry named behind that: npm takes
 * the last. n8n's own requests to npm's and to its servers fail.
 *
 * @param folder for the program and npm's cache
 * @returns n8n's environment with that npm in front
 */
export async function npmFrom(
	registry: string,
	folder: string,
	path: string,
): Promise<Record<string, string>> {
	await mkdir(folder, { recursive: true });
	const npm = `"${process.execPath}" "${npmScript()}"`;
	const flags = `--registry="${registry}" --cache="${join(folder, 'cache')}" --update-notifier=false`;
	const program = `#!/bin/sh\nexec ${npm} "$@" ${flags}\n`;
	await writeFile(join(folder, 'npm'), program, { mode: 0o755 });
	return { PATH: `${folder}${delimiter}${path}`, HTTPS_PROXY: registry, NO_PROXY: '127.0.0.1' };
}
