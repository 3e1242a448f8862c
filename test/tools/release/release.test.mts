import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { releaseNotes } from '../../../tools/release/changelog.mts';
import { placeholdersIn } from '../../../tools/release/placeholders.mts';
import { projectFolder } from '../../../tools/support/folders.mts';

/** The package is built when none is at hand. */
const BUILD_LIMIT_MS = 180_000;

let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'release-command-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const { version, scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
	version: string;
	scripts: Record<string, string>;
};

function release(...args: string[]): { exitCode: number | null; output: string } {
	const command = ['tools/run.mjs', 'tools/release.mts', ...args];
	const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
	return { exitCode: status, output: stdout + stderr };
}

describe('npm run release', () => {
	it('names each placeholder that is left', async () => {
		const { exitCode, output } = release('check');
		const places = await placeholdersIn(projectFolder);
		expect(output.match(/holds a placeholder/g) ?? []).toHaveLength(places.length);
		expect(exitCode).toBe(output.includes('Not ready') ? 1 : 0);
	});

	it('refuses a tag of another version', () => {
		const { exitCode, output } = release('check', '--tag', 'v99.0.0');
		expect(output).toContain(`The tag is v99.0.0, and package.json asks for v${version}.`);
		expect(output).toContain('Not ready to be published.');
		expect(exitCode).toBe(1);
	});

	it('writes the notes', async () => {
		const file = join(folder, 'notes.md');
		expect(release('notes', file).exitCode).toBe(0);
		const changelog = await readFile('CHANGELOG.md', 'utf8');
		expect(await readFile(file, 'utf8')).toBe(releaseNotes(changelog, version));
	});

	it(
		'packs under the name that is published',
		async () => {
			const target = join(folder, 'package');
			expect(release('pack', target)).toMatchObject({ exitCode: 0 });
			expect(await readdir(target)).toEqual([`n8n-nodes-imburse-${version}.tgz`]);
		},
		BUILD_LIMIT_MS,
	);

	it.each([[], ['chek'], ['check', 'more'], ['pack', 'a', 'b']])(
		'says what it understands when given %j',
		(...args) => {
			const { exitCode, output } = release(...args);
			expect(output).toContain('npm run release -- check');
			expect(exitCode).toBe(2);
		},
	);

	it('is asked before npm publishes', () => {
		expect(scripts.prepublishOnly).toBe('npm run release -- check');
	});
});
