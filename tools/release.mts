import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensurePacked } from './package.mts';
import { releaseNotes } from './release/changelog.mts';
import { releaseProblems, type ReleaseRequest } from './release/releaseProblems.mts';
import { projectFolder } from './support/folders.mts';

const HELP = `npm run release -- check                              whether this could be published
npm run release -- check --tag v1.2.3 --repository o/n  the same for a tag and a repository
npm run release -- notes FILE                         writes what the changelog says of this version
npm run release -- pack FOLDER                        builds and packs the package, into a folder`;

const readProject = (file: string): Promise<string> => readFile(join(projectFolder, file), 'utf8');

/** Resolves to the exit code. */
async function check(request: ReleaseRequest): Promise<number> {
	const problems = await releaseProblems(projectFolder, request);
	for (const problem of problems) console.log(problem);
	console.log(problems.length === 0 ? 'Ready to be published.' : 'Not ready to be published.');
	return problems.length === 0 ? 0 : 1;
}

async function notes(file: string): Promise<number> {
	const { version } = JSON.parse(await readProject('package.json')) as { version: string };
	await writeFile(file, releaseNotes(await readProject('CHANGELOG.md'), version));
	return 0;
}

async function pack(folder: string): Promise<number> {
	const tarball = await ensurePacked();
	const target = join(resolve(folder), basename(tarball));
	await mkdir(resolve(folder), { recursive: true });
	await copyFile(tarball, target);
	console.log(target);
	return 0;
}

async function main(): Promise<number> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { tag: { type: 'string' }, repository: { type: 'string' } },
	});
	const [command, target, ...rest] = positionals;
	if (command === 'check' && target === undefined) return check(values);
	if (command === 'notes' && target !== undefined && rest.length === 0) return notes(target);
	if (command === 'pack' && target !== undefined && rest.length === 0) return pack(target);
	console.error(HELP);
	return 2;
}

try {
	process.exitCode = await main();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}
