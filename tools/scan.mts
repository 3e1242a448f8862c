import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ensurePacked } from './package.mts';
import { localFolder, projectFolder } from './support/folders.mts';
import { contentProblems, sizeProblems } from './scan/content.mts';
import { lintFolder, type LintResult } from './scan/lint.mts';
import { loadRules, type ScannerRules } from './scan/ruleSets.mts';
import { runOrFail } from './support/command.mts';
import { npmScript } from './support/npm.mts';

/** Of the packed package the scanner reads what runs, and the manifest. */
const PACKED_PATTERNS = ['**/*.js', 'package.json'];

/** What is looked at: the sources, and the package that was packed from them. */
interface Scanned {
	source: string;
	tarball: string;
}

/**
 * `npm run scan`; with a tarball, the sources and a package that is packed already; with a folder, the
 * same for another package that is built already.
 */
async function chosenBy(argument: string | undefined, workFolder: string): Promise<Scanned> {
	if (argument === undefined) return { source: projectFolder, tarball: await ensurePacked() };
	const path = resolve(argument);
	if (path.endsWith('.tgz')) return { source: projectFolder, tarball: path };
	return { source: path, tarball: await pack(path, workFolder) };
}

async function scan({ source, tarball }: Scanned, workFolder: string): Promise<boolean> {
	const unpacked = await unpack(tarball, workFolder);
	const isLintClean = await lint(source, unpacked, await loadRules(workFolder));
	return (await checkContent(tarball, unpacked)) && isLintClean;
}

async function lint(
	source: string,
	unpacked: string,
	{ sourcePatterns, ruleSets }: ScannerRules,
): Promise<boolean> {
	let isClean = true;
	for (const { name, config } of ruleSets) {
		console.log(`With ${name}:`);
		const sourceResult = await lintFolder(source, sourcePatterns, config);
		const packageResult = await lintFolder(unpacked, PACKED_PATTERNS, config);
		report('source', sourceResult);
		report('package', packageResult);
		isClean &&= hasNoFindings(sourceResult) && hasNoFindings(packageResult);
	}
	return isClean;
}

function report(what: string, { files, errors, warnings, text }: LintResult): void {
	if (text !== '') console.log(text.trim());
	console.log(`  ${what}: ${errors} errors, ${warnings} warnings (${files} files)`);
}

const hasNoFindings = ({ errors, warnings }: LintResult): boolean => errors === 0 && warnings === 0;

async function checkContent(tarball: string, unpacked: string): Promise<boolean> {
	const { size } = await stat(tarball);
	const problems = [...sizeProblems(size), ...(await contentProblems(unpacked))];
	for (const problem of problems) console.log(`  ${problem}`);
	console.log(`Content of the package: ${problems.length} problems (${size} bytes packed)`);
	return problems.length === 0;
}

async function pack(source: string, destination: string): Promise<string> {
	const args = ['pack', '--ignore-scripts', '--loglevel=error', '--pack-destination', destination];
	await runOrFail(process.execPath, [npmScript(), ...args], { cwd: source });
	const name = (await readdir(destination)).find((file) => file.endsWith('.tgz'));
	if (name === undefined) throw new Error(`npm pack left no tarball in ${destination}.`);
	return join(destination, name);
}

async function unpack(tarball: string, workFolder: string): Promise<string> {
	const folder = join(workFolder, 'package');
	await mkdir(folder);
	await runOrFail('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1'], {
		cwd: workFolder,
	});
	return folder;
}

/** Inside the checkout, so that the unpacked nodes find n8n-workflow as they would in n8n. */
async function makeWorkFolder(): Promise<string> {
	await mkdir(localFolder, { recursive: true });
	return mkdtemp(join(localFolder, 'scan-'));
}

const workFolder = await makeWorkFolder();
try {
	const chosen = await chosenBy(process.argv[2], workFolder);
	process.exitCode = (await scan(chosen, workFolder)) ? 0 : 1;
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
} finally {
	await rm(workFolder, { recursive: true, force: true });
}
