import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Packages = Record<string, { version: string; optional?: boolean }>;

const lock: Packages = {
	'': { version: '0.1.0' },
	'node_modules/a': { version: '1.0.0' },
	'node_modules/for-another-platform': { version: '1.0.0', optional: true },
};

let project: string;

beforeEach(async () => {
	project = await mkdtemp(join(tmpdir(), 'install-'));
	await writeLock('package-lock.json', lock);
});

afterEach(() => rm(project, { recursive: true, force: true }));

describe('installing the packages of package-lock.json', () => {
	it('happens when nothing is installed', async () => {
		const { exitCode, output, npmArguments } = await install();

		expect(npmArguments).toEqual([
			'ci',
			'--ignore-scripts',
			'--no-audit',
			'--no-fund',
			'--loglevel=error',
		]);
		expect(output).toContain("Installing the project's packages (none is there yet)");
		expect(exitCode).toBe(0);
	});

	it('is skipped silently when all packages for this platform are there', async () => {
		await writeInstalled({ 'node_modules/a': { version: '1.0.0' } });

		const { exitCode, output, npmArguments } = await install();
		expect(npmArguments).toBeUndefined();
		expect(output).toBe('');
		expect(exitCode).toBe(0);
	});

	it.each<[string, Packages]>([
		['has another version', { 'node_modules/a': { version: '0.9.0' } }],
		['is missing', {}],
		[
			'is of another version though optional',
			{
				'node_modules/a': { version: '1.0.0' },
				'node_modules/for-another-platform': { version: '0.9.0' },
			},
		],
	])('happens when a package %s', async (_what, installed) => {
		await writeInstalled(installed);

		const { output, npmArguments } = await install();
		expect(npmArguments).toBeDefined();
		expect(output).toContain('(1 differ from package-lock.json)');
	});

	it.each(['18.20.4', '20.18.3'])('is refused on Node %s', async (version) => {
		const { exitCode, output, npmArguments } = await install({ nodeVersion: version });

		expect(output).toBe(
			`Node.js 20.19 or newer is needed, and this is ${version}. Install a newer one from nodejs.org and run this again.\n`,
		);
		expect(npmArguments).toBeUndefined();
		expect(exitCode).toBe(1);
	});

	it.each(['20.19.0', '22.0.0', '24.21.0'])('is done on Node %s', async (version) => {
		expect((await install({ nodeVersion: version })).npmArguments).toBeDefined();
	});

	it('asks for the Node that the published package asks for', async () => {
		const { engines } = JSON.parse(await readFile('package.json', 'utf8')) as {
			engines: { node: string };
		};
		const oldest = engines.node.replace('>=', '');
		const { output } = await install({ nodeVersion: '18.0.0' });
		expect(output).toContain(`Node.js ${oldest} or newer is needed`);
	});

	it('says so when npm fails', async () => {
		const { exitCode, output } = await install({ npmExitCode: 1 });

		expect(output).toContain('npm ci failed');
		expect(exitCode).toBe(1);
	});
});

function writeLock(path: string, packages: Packages): Promise<void> {
	return writeFile(join(project, path), JSON.stringify({ packages }));
}

async function writeInstalled(packages: Packages): Promise<void> {
	await mkdir(join(project, 'node_modules'));
	await writeLock('node_modules/.package-lock.json', packages);
}

/** Runs the tool with an npm that only notes what it was asked for. */
async function install({ npmExitCode = 0, nodeVersion = process.versions.node } = {}): Promise<{
	exitCode: number | null;
	output: string;
	npmArguments: string[] | undefined;
}> {
	const npm = join(project, 'npm-cli.js');
	const note = join(project, 'asked.json');
	await writeFile(
		npm,
		`require('node:fs').writeFileSync(${JSON.stringify(note)}, JSON.stringify(process.argv.slice(2)));
		process.exit(${npmExitCode});`,
	);
	const pretended = `Object.defineProperty(process, 'versions', { value: { node: '${nodeVersion}' } });`;
	const args = ['--import', `data:text/javascript,${pretended}`, 'tools/install.mjs', project];
	const { status, stdout, stderr } = spawnSync(process.execPath, args, {
		encoding: 'utf8',
		env: { ...process.env, npm_execpath: npm },
	});
	return {
		exitCode: status,
		output: stdout + stderr,
		npmArguments: existsSync(note)
			? (JSON.parse(await readFile(note, 'utf8')) as string[])
			: undefined,
	};
}
