import { afterAll } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders: string[] = [];

afterAll(() => {
	for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A file in its own new folder, which is removed after the tests of the test file. */
export function temporaryFile(name: string, text: string): string {
	const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
	folders.push(folder);
	const file = join(folder, name);
	writeFileSync(file, text);
	return file;
}
