import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runOrFail } from '../../../tools/support/command.mts';

/**
 * Packs an empty package under the name of n8n's own that ours names as a peer: npm looks it up, and
 * lays it down beside ours if it is let.
 *
 * @returns the tarball, in the folder
 */
export async function packStandIn(folder: string): Promise<string> {
	const content = join(folder, 'n8n-workflow', 'package');
	await mkdir(content, { recursive: true });
	const manifest = { name: 'n8n-workflow', version: '2.41.0' };
	await writeFile(join(content, 'package.json'), JSON.stringify(manifest));
	const tarball = join(folder, 'n8n-workflow.tgz');
	await runOrFail('tar', ['-czf', tarball, 'package'], { cwd: join(folder, 'n8n-workflow') });
	return tarball;
}
