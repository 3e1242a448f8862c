import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installOnce } from '../../tools/support/installOnce.mts';

let cache: string;
let folder: string;

beforeEach(async () => {
	jest.spyOn(console, 'log').mockImplementation(() => {});
	cache = await mkdtemp(join(tmpdir(), 'install-once-'));
	folder = join(cache, 'n8n-1');
});

afterEach(async () => {
	jest.restoreAllMocks();
	await rm(cache, { recursive: true, force: true });
});

const fillWith = (text: string) => (staging: string) => writeFile(join(staging, 'file'), text);

describe('an install that several checkouts share', () => {
	it('is filled once, and leaves nothing else', async () => {
		await installOnce(folder, fillWith('first'));
		await installOnce(folder, fillWith('second'));

		expect(await readFile(join(folder, 'file'), 'utf8')).toBe('first');
		expect(await readdir(cache)).toEqual(['n8n-1']);
	});

	it('does not exist after a failed attempt, and the next attempt starts empty', async () => {
		const broken = installOnce(folder, async (staging) => {
			await writeFile(join(staging, 'half'), '');
			throw new Error('the line went dead');
		});
		await expect(broken).rejects.toThrow('the line went dead');
		expect(await readdir(cache)).not.toContain('n8n-1');

		await installOnce(folder, fillWith('whole'));
		expect(await readdir(folder)).toEqual(['file']);
	});

	it('removes what a killed process has left', async () => {
		await mkdir(`${folder}.partial-99999`);

		await installOnce(folder, fillWith('whole'));
		expect(await readdir(cache)).toEqual(['n8n-1']);
	});

	it('is filled by one of two concurrent installs; the other waits for it', async () => {
		const fills: string[] = [];
		const fill = (name: string) => async (staging: string) => {
			fills.push(name);
			await fillWith(name)(staging);
		};
		await Promise.all([installOnce(folder, fill('one')), installOnce(folder, fill('two'))]);

		expect(fills).toHaveLength(1);
		expect(await readFile(join(folder, 'file'), 'utf8')).toBe(fills[0]);
	});
});
