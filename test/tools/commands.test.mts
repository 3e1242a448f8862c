import { describe, expect, it } from '@jest/globals';
import glob from 'fast-glob';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFlags as sandboxFlags } from '../../sandbox/flags.mts';
import { readFlags as e2eFlags } from '../../tools/e2e/flags.mts';
import { readFlags as faultFlags } from '../../tools/faults/flags.mts';
import { shots } from '../../tools/screenshots/shots.mts';
import { allPages, codeOf } from '../unit/docs/pages.mts';

/** A command of a page that has something behind the name of its script. */
interface Command {
	script: string;
	args: string[];
}

/** What stands in a command for something that the reader chooses. */
const CHOSEN: Readonly<Record<string, string>> = {
	'<file>': 'test/unit/architecture.test.mts',
	'<part>': 'node',
	'<version>': '2.99.0',
	'test/engine/<resource>/<operation>': 'test/engine/app/get',
	URL: 'https://n8n.example/webhook/1/webhook',
	'FILE.tgz': 'FILE.tgz',
};

const lines = [
	...new Set(
		allPages()
			.flatMap(codeOf)
			.flatMap((code) => code.match(/\bnpm (?:run |test\b|start\b)[^`\n]*/g) ?? [])
			.map((line) => line.replace(/ +#.*$/, '').trim()),
	),
];

const commands = lines.map((line): Command => {
	const [command = '', args = ''] = line.split(' -- ');
	const words = args === '' ? [] : args.split(' ');
	return {
		script: command.replace(/^npm (?:run )?(?:--silent |-s )?/, ''),
		args: words.map((word) => CHOSEN[word] ?? word),
	};
});

const testFiles = glob.sync('test/**/*.test.mts');
const e2eFiles = testFiles.filter((file) => file.startsWith('test/e2e/'));

function expectFiles(patterns: string[], among: string[]): void {
	for (const pattern of patterns) {
		expect([pattern, among.some((file) => file.includes(pattern))]).toEqual([pattern, true]);
	}
}

const contributing = readFileSync('CONTRIBUTING.md', 'utf8');

/** The tool's own reading of its arguments. */
const READERS: Readonly<Record<string, (args: string[]) => void>> = {
	'test:e2e': (args) => {
		const flags = e2eFlags(args);
		if (flags !== 'help') expectFiles(flags.files, e2eFiles);
	},
	faults: (args) => void faultFlags(args),
	sandbox: (args) => void sandboxFlags(args),
	jest: (args) => expectFiles(args, testFiles),
	screenshots: (args) => {
		const names = shots.map(({ name }) => name);
		expect(args.filter((name) => !names.includes(name))).toEqual([]);
	},
	mutation: ([flag, file = '']) => expect([flag, existsSync(file)]).toEqual(['--mutate', true]),
	bench: ([part = '']) => expect(contributing).toContain(`\`${part}\` (`),
	start: (args) => expect(args).toEqual(['--check']),
	test: (args) => expect(args).toEqual(['--changed']),
	scan: (args) => expect(args).toEqual(['FILE.tgz']),
	// test/tools/release/release.test.mts runs it.
	release: (args) => expect(args).toEqual(['check']),
};

describe('the commands of the pages', () => {
	it('are found', () => {
		expect(lines.length).toBeGreaterThan(25);
		expect(lines).toContain('npm run faults -- --sequences 10000 --seed 7');
	});

	it.each(commands.filter(({ args }) => args.length > 0))(
		'have arguments that the tool understands: $script $args',
		({ script, args }) => {
			expect(Object.keys(READERS)).toContain(script);
			READERS[script]!(args);
		},
	);

	it('name the parts of the benchmark that there are', () => {
		const { output } = run(['tools/run.mjs', 'tools/bench.mts', 'no-such-part']);
		const [, parts = ''] = /The parts are ([\w, ]+)\./.exec(output) ?? [];
		const [, behind = ''] = contributing.split('`npm run bench -- <part>`');
		const named = [...behind.split('\n')[0]!.matchAll(/`(\w+)` \(/g)].map(([, name]) => name);
		expect(named.sort()).toEqual(parts.split(', ').sort());
	});
});

describe('npm run n8n:remove', () => {
	it('removes what was downloaded, and nothing beside it', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'remove-'));
		const cache = join(folder, 'n8n-nodes-imburse');
		const beside = join(folder, 'beside');
		for (const each of [cache, beside]) {
			await mkdir(each);
			await writeFile(join(each, 'file'), 'x'.repeat(1_500_000));
		}
		const { status, output } = run(['tools/run.mjs', 'tools/remove.mts'], {
			XDG_CACHE_HOME: folder,
			LOCALAPPDATA: folder,
		});
		expect(output).toContain(`Removed ${cache}`);
		expect(status).toBe(0);
		expect([existsSync(cache), existsSync(beside)]).toEqual([false, true]);
		await rm(folder, { recursive: true });
	});
});

function run(
	args: string[],
	env: Record<string, string> = {},
): { status: number | null; output: string } {
	const { status, stdout, stderr } = spawnSync(process.execPath, args, {
		encoding: 'utf8',
		env: { ...process.env, ...env },
	});
	return { status, output: stdout + stderr };
}
