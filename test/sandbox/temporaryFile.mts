import { afterAll } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders: string[] = [];

afterAll(() => {
	for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A file in a new folder of its own, which goes when the tests of the file that asked have run. */
export function temporaryFile(name: string, text: string): string {
	const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
	folders.push(folder);
	const file = join(folder, name);
	writeFileSync(file, text);
	return file;
}
