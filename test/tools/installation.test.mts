import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { copyFile, cp, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { parse } from 'yaml';
import { releases } from '../../tools/n8n/releases.mts';
import { ensurePacked } from '../../tools/package.mts';
import { Cleanup } from '../../tools/support/cleanup.mts';
import { runOrFail } from '../../tools/support/command.mts';
import { projectFolder } from '../../tools/support/folders.mts';
import { containerIn, type Container } from '../support/installation/container.mts';
import { filesBelow } from '../support/installation/files.mts';
import { installationPage } from '../support/installation/page.mts';
import { startRegistry } from '../support/installation/registry.mts';
import { packStandIn } from '../support/installation/standIn.mts';

const NAME = 'n8n-nodes-imburse';

/** git's own folder, and what .gitignore names. */
const NOT_IN_A_CLONE =
	/^(?:\.git|\.local|\.stryker-tmp|coverage|dist|node_modules|reports)$|\.tgz$/;

/** The part of a workflow that is read here. */
interface Workflow {
	jobs: Record<string, { steps: { run?: string }[] }>;
}

/** The package is built when none is at hand. */
const BUILD_LIMIT_MS = 180_000;

const cleanup = new Cleanup();
const page = installationPage();
let folder: string;
let tarball: string;
let version: string;
let registry: string;
let container: Container;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'installation-'));
	cleanup.add(() => rm(folder, { recursive: true, force: true }));
	tarball = await ensurePacked();
	version = /-([^-]+)\.tgz$/.exec(tarball)?.[1] ?? '';
	registry = await startRegistry([await packStandIn(folder), tarball], cleanup);
}, BUILD_LIMIT_MS);

afterAll(() => cleanup.finish());

beforeEach(async () => {
	container = await containerIn(await mkdtemp(join(folder, 'container-')), registry);
});

async function succeed(commands: string, cwd?: string): Promise<void> {
	const { code, output } = await container.run(commands, cwd);
	expect(`${code} ${code === 0 ? '' : output}`).toBe('0 ');
}

/** The packages in n8n's folder, without npm's own notes. */
async function installed(): Promise<string[]> {
	const names = await readdir(join(container.home, '.n8n', 'nodes', 'node_modules'));
	return names.filter((name) => !name.startsWith('.')).sort();
}

/** n8n finds our package and no other, with every file that was packed. */
async function expectInstalled(): Promise<void> {
	expect(await installed()).toEqual([NAME]);
	const place = join(container.home, '.n8n', 'nodes', 'node_modules', NAME);
	expect(await filesBelow(place)).toEqual(await filesIn(tarball));
}

/** The files of a packed package. */
async function filesIn(packed: string): Promise<Record<string, string>> {
	const target = await mkdtemp(join(folder, 'packed-'));
	await runOrFail('tar', ['-xzf', packed, '-C', target], { cwd: target });
	return filesBelow(join(target, 'package'));
}

/** What a clone has in a new folder, with the packages that `npm ci` has installed here. */
async function cloneInstalled(): Promise<string> {
	const clone = await mkdtemp(join(folder, 'clone-'));
	const filter = (source: string): boolean =>
		dirname(relative(projectFolder, source)) !== '.' || !NOT_IN_A_CLONE.test(basename(source));
	await cp(projectFolder, clone, { recursive: true, filter });
	await symlink(join(projectFolder, 'node_modules'), join(clone, 'node_modules'));
	return clone;
}

describe('the commands of docs/installation.md', () => {
	it('install the package into a container and restart it', async () => {
		await succeed(page.intoContainer);
		await expectInstalled();
		expect(await container.dockerCalls()).toEqual(['restart n8n']);
	});

	it('bring n8n-workflow along without --omit=peer, as the page says', async () => {
		const without = page.intoContainer.replace(' --omit=peer', '');
		expect(without).not.toBe(page.intoContainer);
		await succeed(without);
		expect(await installed()).toEqual([NAME, 'n8n-workflow']);
	});

	it('install a tarball into a container, whose path stands in place of the name', async () => {
		const file = join(container.home, basename(tarball));
		await copyFile(tarball, file);
		const commands = page.intoContainer.replace(new RegExp(`${NAME}$`, 'm'), file);
		expect(commands).not.toBe(page.intoContainer);
		await succeed(commands);
		await expectInstalled();
	});

	it('make an image that has the package', async () => {
		const steps = page.dockerfile.filter(({ instruction }) => instruction !== 'FROM');
		expect(steps.map(({ instruction }) => instruction)).toEqual(['RUN']);
		for (const { argument } of steps) await succeed(argument);
		await expectInstalled();
	});

	it('name an n8n that is tested, and the version of this package', () => {
		const [from, run] = page.dockerfile.map(({ argument }) => argument);
		const images = releases.map((release) => `docker.n8n.io/n8nio/n8n:${release.version}`);
		expect(images).toContain(from);
		expect(run).toMatch(new RegExp(` ${NAME}@${version.replaceAll('.', '\\.')}$`));
	});

	it('begin in a clone with what each job of CI begins with', () => {
		const ci = parse(readFileSync('.github/workflows/ci.yml', 'utf8')) as Workflow;
		const [first] = page.buildOfYourOwn.split('\n');
		const runs = Object.values(ci.jobs).map(({ steps }) => steps.find(({ run }) => run)?.run);
		expect(runs.length).toBeGreaterThan(2);
		expect(new Set(runs)).toEqual(new Set([first]));
	});

	it(
		'leave in a clone a tarball with the files of the package',
		async () => {
			const clone = await cloneInstalled();
			const [, ...commands] = page.buildOfYourOwn.split('\n');
			await runOrFail('sh', ['-e', '-c', commands.join('\n')], { cwd: clone });
			const built = join(clone, `${NAME}-${version}.tgz`);
			expect(await filesIn(built)).toEqual(await filesIn(tarball));
		},
		BUILD_LIMIT_MS,
	);

	it('install a tarball without Docker', async () => {
		const where = await mkdtemp(join(folder, 'downloads-'));
		await copyFile(tarball, join(where, basename(tarball)));
		await succeed(page.tarball.replace('<version>', version), where);
		await expectInstalled();
	});
});

describe('the stand-in for Docker', () => {
	it.each([
		'docker exec n8n true',
		'docker exec --user root n8n true',
		'docker exec --user node other true',
		'docker restart other',
		'docker run n8n',
	])('refuses what the page does not ask for: %s', async (command) => {
		const { code, output } = await container.run(command);
		expect(output).toBe(`not known here: ${command}\n`);
		expect(code).toBe(64);
	});

	it('ends with what the command in the container ends with', async () => {
		const { code } = await container.run('docker exec --user node n8n false');
		expect(code).toBe(1);
	});
});
