import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fingerprint } from '../../tools/support/fingerprint.mts';

const PATHS = ['nodes', 'package.json', 'README.md'];

let root: string;

beforeEach(async () => {
	root = await mkdtemp(join(tmpdir(), 'fingerprint-'));
	await mkdir(join(root, 'nodes', 'Imburse'), { recursive: true });
	await writeFile(join(root, 'nodes', 'Imburse', 'a.ts'), 'one');
	await writeFile(join(root, 'package.json'), '{}');
});

afterEach(() => rm(root, { recursive: true, force: true }));

describe('the fingerprint that decides whether the package is packed anew', () => {
	it('stays the same when only dates or other files change', async () => {
		const before = await fingerprint(root, PATHS);
		await utimes(join(root, 'package.json'), new Date(0), new Date(0));
		await writeFile(join(root, 'other.txt'), 'other');
		expect(await fingerprint(root, PATHS)).toBe(before);
	});

	it.each([
		['a file is changed', () => writeFile(join(root, 'nodes', 'Imburse', 'a.ts'), 'two')],
		['a file is added', () => writeFile(join(root, 'nodes', 'Imburse', 'b.ts'), '')],
		['a missing file appears', () => writeFile(join(root, 'README.md'), '')],
		['a file is removed', () => rm(join(root, 'nodes', 'Imburse', 'a.ts'))],
		[
			'a file is renamed',
			() => rename(join(root, 'nodes', 'Imburse', 'a.ts'), join(root, 'nodes', 'Imburse', 'b.ts')),
		],
	])('changes when %s', async (_what, change) => {
		const before = await fingerprint(root, PATHS);
		await change();
		expect(await fingerprint(root, PATHS)).not.toBe(before);
	});
});
