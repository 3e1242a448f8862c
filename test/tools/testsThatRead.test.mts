import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { expect, it } from '@jest/globals';
import glob from 'fast-glob';
import { projectFolder } from '../../tools/support/folders.mts';
import { testsThatRead } from '../../tools/test/testsThatRead.mts';

/** They read what they have made themselves, or what other packages hold. */
const OTHERS = [
	'test/tools/bundle.test.mts',
	'test/tools/install.test.mts',
	'test/tools/installOnce.test.mts',
	'test/tools/jest/runtime.test.mts',
	'test/tools/nativeModules.test.mts',
	'test/tools/testsThatRead.test.mts',
	'test/unit/validation/tables.test.mts',
];

const READS = /\b(?:readFileSync|readFile|readdirSync|glob|readWorkflow|exampleFiles|allPages)\b/;

it('every test that reads files of the project is run with any change', async () => {
	const run = (await testsThatRead(projectFolder)).map((path) => relative(projectFolder, path));
	const all = await glob('test/**/*.test.mts', { cwd: projectFolder, ignore: ['test/e2e/**'] });
	const reading = all.filter((path) => READS.test(readFileSync(path, 'utf8')));
	expect(reading.filter((path) => !OTHERS.includes(path) && !run.includes(path))).toEqual([]);
	expect(OTHERS.filter((path) => !reading.includes(path))).toEqual([]);
});
