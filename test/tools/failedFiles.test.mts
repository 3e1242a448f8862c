import { expect, it } from '@jest/globals';
import { runCommand } from '../../tools/support/command.mts';
import { projectFolder } from '../../tools/support/folders.mts';
import { failedFiles } from '../../tools/test/failedFiles.mts';

const LINES = [
	'PASS test/unit/a.test.mts',
	'FAIL test/unit/b.test.mts (12.5 s)',
	'  ● FAIL is a word, too',
	'FAIL test/unit/c.test.mts',
	'Summary of all failing tests',
	'FAIL test/unit/b.test.mts (12.5 s)',
	'FAIL test/unit/c.test.mts',
];

it('tells each file that failed once, as soon as it has', async () => {
	const told: string[] = [];
	const script = `console.error(${JSON.stringify(LINES.join('\n'))}); console.log('FAIL x');`;
	const { output } = await runCommand(process.execPath, ['--eval', script], {
		cwd: projectFolder,
		onErrorLine: failedFiles((file) => told.push(file)),
	});
	expect(told).toEqual(['test/unit/b.test.mts', 'test/unit/c.test.mts']);
	expect(output).toContain('Summary of all failing tests');
});
