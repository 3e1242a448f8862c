import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { localFolder, projectFolder } from './project.mts';
import { runOrFail } from './support/command.mts';
import { fingerprint } from './support/fingerprint.mts';
import { withLock } from './support/lock.mts';
import { npmScript } from './support/npm.mts';

/** Everything that the tarball is made from. */
const SOURCES = [
	'nodes',
	'credentials',
	'icons',
	'package.json',
	'package-lock.json',
	'tsconfig.json',
	'gulpfile.js',
	'README.md',
	'LICENSE.md',
	'CHANGELOG.md',
];

const packageFolder = join(localFolder, 'package');
const recordFile = join(packageFolder, 'record.json');

/** Which tarball was packed from which sources. */
interface PackRecord {
	sources: string;
	tarball: string;
}

/** The tarball of the sources as they are now: the one at hand, or a new one when they have changed. */
export function ensurePacked(): Promise<string> {
	return alone(async () => {
		const sources = await fingerprint(projectFolder, SOURCES);
		const record = await readRecord();
		if (record?.sources === sources && existsSync(record.tarball)) return record.tarball;
		console.log('Building and packing the package ...');
		return pack(sources);
	});
}

/** Two builds at once would delete each other's `dist`. */
function alone<Result>(work: () => Promise<Result>): Promise<Result> {
	const sayWaiting = () => console.log('Another process is building the package; waiting ...');
	return withLock(join(localFolder, 'package.lock'), sayWaiting, work);
}

async function pack(sources: string): Promise<string> {
	const npm = npmScript();
	const options = { cwd: projectFolder };
	await runOrFail(process.execPath, [npm, 'run', '--silent', 'build'], options);
	await rm(packageFolder, { recursive: true, force: true });
	await mkdir(packageFolder, { recursive: true });
	const args = [
		'pack',
		'--ignore-scripts',
		'--loglevel=error',
		'--pack-destination',
		packageFolder,
	];
	await runOrFail(process.execPath, [npm, ...args], options);

	const name = (await readdir(packageFolder)).find((file) => file.endsWith('.tgz'));
	if (name === undefined) throw new Error(`npm pack left no tarball in ${packageFolder}.`);
	const tarball = join(packageFolder, name);
	await writeFile(recordFile, JSON.stringify({ sources, tarball } satisfies PackRecord));
	return tarball;
}

async function readRecord(): Promise<PackRecord | undefined> {
	const text = await readFile(recordFile, 'utf8').catch(() => undefined);
	return text === undefined ? undefined : (JSON.parse(text) as PackRecord);
}
