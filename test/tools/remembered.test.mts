import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ONE_FAILED, ONE_PASSED } from '../../tools/test/counts.mts';
import { remembered } from '../../tools/test/remembered.mts';

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'remembered-'));
	write('a.ts', '1');
	write('b.md', '1');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);

/** A check of `*.ts` that passes or not, and how often it has run. */
function checkThat(counts: typeof ONE_PASSED) {
	let runs = 0;
	const run = async () => ({ counts, output: `run ${++runs}` });
	return remembered(
		{ name: 'a check', run },
		{ folder, inputs: ['*.ts'], notes: join(folder, 'notes') },
	);
}

describe('a check that has passed', () => {
	it.each<[string, () => void, string]>([
		['is not run again when nothing has changed', () => {}, ''],
		['is not run again when something else has changed', () => write('b.md', '2'), ''],
		['is run again when a file has changed', () => write('a.ts', '2'), 'run 2'],
		['is run again when a file has come', () => write('c.ts', '1'), 'run 2'],
		['is run again when a file is gone', () => rmSync(join(folder, 'a.ts')), 'run 2'],
	])('%s', async (_what, change, output) => {
		const check = checkThat(ONE_PASSED);
		await check.run();
		change();
		const { isAsBefore = false, ...outcome } = await check.run();
		expect(outcome).toEqual({ counts: ONE_PASSED, output });
		expect(isAsBefore).toBe(output === '');
	});
});

describe('a check that has failed', () => {
	it('is run again, whatever has changed', async () => {
		const check = checkThat(ONE_FAILED);
		await check.run();
		expect(await check.run()).toEqual({ counts: ONE_FAILED, output: 'run 2' });
	});

	it('is run again when all is as it was when it last passed', async () => {
		await checkThat(ONE_PASSED).run();
		write('a.ts', '2');
		await checkThat(ONE_FAILED).run();
		write('a.ts', '1');
		expect(await checkThat(ONE_PASSED).run()).toMatchObject({ output: 'run 1' });
	});
});
