import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closureFingerprints } from '../../../tools/lint/closures.mts';

const FILES = ['top.mts', 'middle.mts', 'alone.mts', 'ambient.mts'];

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'closures-'));
	write('top.mts', "import './middle.mts';\nimport fastify from 'fastify';");
	write('middle.mts', "export type { Bottom } from './bottom';");
	write('bottom.ts', "import './middle.mts';\nexport type Bottom = 1;");
	write('alone.mts', 'export {};');
	write('ambient.mts', "declare module 'fastify' {}\nexport {};");
	write('settings.json', '{}');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);

/** The files that are to be looked at again after a change. */
function staleAfter(file: string): string[] {
	const before = closureFingerprints(folder, FILES, ['settings.json']);
	write(file, `${Math.random()}`);
	const after = closureFingerprints(folder, FILES, ['settings.json']);
	return FILES.filter((name) => before.get(name) !== after.get(name));
}

describe('a file is to be looked at again after a change of', () => {
	it.each([
		['itself alone, where nobody imports it', 'alone.mts', ['alone.mts']],
		['what it imports', 'middle.mts', ['top.mts', 'middle.mts']],
		['what its imports import', 'bottom.ts', ['top.mts', 'middle.mts']],
		['what is declared for everybody', 'ambient.mts', FILES],
		['what counts for all files', 'settings.json', FILES],
	])('%s', (_what, file, stale) => {
		expect(staleAfter(file)).toEqual(stale);
	});

	it('nothing', () => {
		const fingerprints = () => closureFingerprints(folder, FILES, ['settings.json']);
		expect(fingerprints()).toEqual(fingerprints());
	});
});
