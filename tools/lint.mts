import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import glob from 'fast-glob';
import { closureFingerprints } from './lint/closures.mts';
import { cacheFolder, projectFolder } from './project.mts';

const CONFIG = 'eslint.dev.config.mjs';
const COUNT_FOR_ALL = [CONFIG, 'tsconfig.json', 'tsconfig.dev.json', 'package-lock.json'];
const NOT_OURS = ['node_modules/**', 'dist/**', 'coverage/**', 'reports/**'];

const rightFile = join(cacheFolder, 'lint.json');

/**
 * Lints what is never published: the files of which something has changed since they were last found
 * right. ESLint's own cache looks at a file alone, and the typed rules look at what it imports, too.
 */
async function lint(): Promise<number> {
	const files = (await glob('**/*.mts', { cwd: projectFolder, ignore: NOT_OURS })).sort();
	const fingerprints = closureFingerprints(projectFolder, files, COUNT_FOR_ALL);
	const before = await readRight();
	const stale = files.filter((file) => before[file] !== fingerprints.get(file));
	const wrong = stale.length === 0 ? new Set() : await lintFiles(stale);
	const right = files.filter((file) => !wrong.has(join(projectFolder, file)));
	await keepRight(Object.fromEntries(right.map((file) => [file, fingerprints.get(file)])));
	console.log(`${files.length} files, ${stale.length} of them looked at.`);
	return wrong.size === 0 ? 0 : 1;
}

/** @returns the paths of those with which something is wrong */
async function lintFiles(files: string[]): Promise<Set<string>> {
	const { ESLint } = await import('eslint');
	const eslint = new ESLint({ cwd: projectFolder, overrideConfigFile: CONFIG });
	const results = await eslint.lintFiles(files);
	const formatter = await eslint.loadFormatter('stylish');
	console.log(await formatter.format(results));
	const wrong = results.filter(({ messages }) => messages.length > 0);
	return new Set(wrong.map(({ filePath }) => filePath));
}

/** The fingerprints of the files that were found right. */
async function readRight(): Promise<Record<string, string>> {
	const text = await readFile(rightFile, 'utf8').catch(() => '{}');
	return JSON.parse(text) as Record<string, string>;
}

async function keepRight(right: Record<string, string | undefined>): Promise<void> {
	await mkdir(dirname(rightFile), { recursive: true });
	await writeFile(rightFile, JSON.stringify(right));
}

process.exitCode = await lint();
