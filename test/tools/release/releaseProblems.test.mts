import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PLACEHOLDERS, placeholdersIn } from '../../../tools/release/placeholders.mts';
import { releaseProblems } from '../../../tools/release/releaseProblems.mts';
import { projectFolder } from '../../../tools/support/folders.mts';

/** A project with every placeholder, and nothing else against it. */
let copy: string;

beforeEach(async () => {
	copy = await mkdtemp(join(tmpdir(), 'release-'));
	const url = `git+https://${textOf('Repository')}n8n-nodes-imburse.git`;
	const author = { name: textOf('Author’s name'), email: textOf('Author’s e-mail') };
	await write('package.json', { version: '0.1.0', repository: { url }, author });
	await write('package-lock.json', { version: '0.1.0' });
	await writeFile(join(copy, 'CHANGELOG.md'), '## 0.1.0 - 2026-11-28\n\nFirst version.\n');
});

afterEach(() => rm(copy, { recursive: true, force: true }));

function textOf(what: string): string {
	const found = PLACEHOLDERS.find((each) => each.what.startsWith(what));
	if (found === undefined) throw new Error(`There is no placeholder "${what}".`);
	return found.text;
}

const write = (file: string, content: unknown): Promise<void> =>
	writeFile(join(copy, file), JSON.stringify(content, null, 2));

async function edit(file: string, change: (text: string) => string): Promise<void> {
	const text = await readFile(join(copy, file), 'utf8');
	await writeFile(join(copy, file), change(text));
}

/** What the owner does before the first release. */
function fillIn(): Promise<void> {
	return edit('package.json', (text) =>
		PLACEHOLDERS.reduce((filled, each) => filled.replaceAll(each.text, 'github.com/owner/'), text),
	);
}

describe('what keeps this package from being published', () => {
	it('is each placeholder, by file and line', async () => {
		const hint = 'see "Before the first release" in CONTRIBUTING.md.';
		expect(await releaseProblems(copy, {})).toEqual([
			`package.json:4 holds a placeholder (Repository on GitHub): ${hint}`,
			`package.json:7 holds a placeholder (Author’s name, and who holds the copyright): ${hint}`,
			`package.json:8 holds a placeholder (Author’s e-mail address): ${hint}`,
		]);
	});

	it('is a placeholder in any other file, too', async () => {
		await fillIn();
		await mkdir(join(copy, '.github'));
		await writeFile(join(copy, '.github', 'new.yml'), `first\n${textOf('Repository')}x\n`);

		expect(await releaseProblems(copy, {})).toEqual([
			expect.stringMatching(/^\.github\/new\.yml:2 holds a placeholder \(Repository on GitHub\)/),
		]);
	});

	it('is nothing once they are filled in', async () => {
		await fillIn();

		const request = { tag: 'v0.1.0', repository: 'owner/n8n-nodes-imburse' };
		expect(await releaseProblems(copy, request)).toEqual([]);
	});

	it.each(['0.1.0', 'v0.1.1', 'v0.1.0-rc.1', 'V0.1.0', ''])('is the tag "%s"', async (tag) => {
		await fillIn();

		expect(await releaseProblems(copy, { tag })).toEqual([
			`The tag is ${tag}, and package.json asks for v0.1.0.`,
		]);
	});

	it('is another repository than the one that publishes', async () => {
		await fillIn();

		expect(await releaseProblems(copy, { repository: 'somebody/fork' })).toEqual([
			'package.json names the repository git+https://github.com/owner/n8n-nodes-imburse.git, and this is git+https://github.com/somebody/fork.git.',
		]);
	});

	it('is a version for trying out', async () => {
		await fillIn();
		for (const file of ['package.json', 'package-lock.json']) {
			await edit(file, (text) => text.replace('"version": "0.1.0"', '"version": "0.1.0-rc.1"'));
		}

		expect(await releaseProblems(copy, {})).toContain(
			'package.json has the version 0.1.0-rc.1: a release has three numbers.',
		);
	});

	it('is a lock file of another version', async () => {
		await fillIn();
		await edit('package-lock.json', (text) =>
			text.replace('"version": "0.1.0"', '"version": "0.0.9"'),
		);

		expect(await releaseProblems(copy, {})).toEqual([
			'package-lock.json has the version 0.0.9, and package.json 0.1.0: run "npm install".',
		]);
	});
});

describe('the list in CONTRIBUTING.md', () => {
	it('has each placeholder with the files that hold it', async () => {
		const text = await readFile(join(projectFolder, 'CONTRIBUTING.md'), 'utf8');
		const places = await placeholdersIn(projectFolder);
		for (const { what } of PLACEHOLDERS) {
			const [row = ''] = text.split('\n').filter((line) => line.startsWith(`| ${what} |`));
			const named = [...row.matchAll(/`([^`]+)`/g)].map(([, file]) => file);
			const files = places.filter((place) => place.what === what).map(({ file }) => file);
			expect(named).toEqual([...new Set(files)]);
		}
	});
});
