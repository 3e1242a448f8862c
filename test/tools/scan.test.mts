import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isWanted, LARGEST_TARBALL } from '../../tools/scan/content.mts';
import { writeDemoPackage, type Plant } from './demoPackage.mts';

const SPAWN_LIMIT_MS = 60_000;

let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'scan-test-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('npm run scan', () => {
	it(
		'has nothing against a package that keeps the rules',
		async () => {
			const { exitCode, output } = await scan('clean');

			expect(output).toContain('  source: 0 errors, 0 warnings (3 files)');
			expect(output).toContain('  package: 0 errors, 0 warnings (3 files)');
			expect(output).toContain('Content of the package: 0 problems');
			expect(exitCode).toBe(0);
		},
		SPAWN_LIMIT_MS,
	);

	it(
		'finds planted violations in the source and in the packed form',
		async () => {
			const { exitCode, parts } = await scan('violations', (files) => {
				edit(files, 'nodes/Demo/Demo.node.ts', (text) =>
					text
						.replace('import {', "import axios from 'axios';\nimport {")
						.replace(
							'return [',
							'setTimeout(() => console.log(axios), 1); // eslint-disable-line\n\t\treturn [',
						),
				);
				edit(files, 'credentials/DemoApi.credentials.ts', (text) =>
					text.replace(/\ttest: .*\n/, ''),
				);
				editManifest(files, { dependencies: { axios: '1.0.0' } });
			});

			const everywhere = [
				'@n8n/community-nodes/no-restricted-imports',
				'@n8n/community-nodes/no-restricted-globals',
				'@n8n/community-nodes/no-runtime-dependencies',
				'no-console',
			];
			const inSourceOnly = ['@n8n/community-nodes/credential-test-required'];
			expect(parts.map(({ name, rules }) => [name, rules])).toEqual([
				['0.29.0 source', new Set([...everywhere, ...inSourceOnly])],
				['0.29.0 package', new Set(everywhere)],
				['0.32.0 source', new Set([...everywhere, ...inSourceOnly])],
				['0.32.0 package', new Set(everywhere)],
			]);
			expect(exitCode).toBe(1);
		},
		SPAWN_LIMIT_MS,
	);

	it(
		'fails on a warning too',
		async () => {
			const { exitCode, output } = await scan('warning', (files) => {
				edit(files, 'nodes/Demo/Demo.node.ts', (text) =>
					text.replace(/icon: .*\n/, "icon: 'file:../../icons/demo.svg',\n"),
				);
			});

			expect(output).toContain('@n8n/community-nodes/icon-prefer-themed-variants');
			expect(output).toContain('  source: 0 errors, 1 warnings (3 files)');
			expect(exitCode).toBe(1);
		},
		SPAWN_LIMIT_MS,
	);

	it(
		'fails on a package that is too large, or has too much or too little in it',
		async () => {
			const { exitCode, output } = await scan('content', (files) => {
				files['dist/nodes/Demo/Demo.node.test.js'] = '';
				files['dist/nodes/Demo/helper.ts'] = '';
				files['dist/nodes/Demo/idle.js'] = '';
				files['notes.txt'] = randomBytes(LARGEST_TARBALL).toString('base64');
				edit(files, 'nodes/Demo/Demo.node.ts', (text) =>
					text.replace('demo.dark.svg', 'absent.svg'),
				);
				editManifest(files, {
					files: ['dist', 'notes.txt'],
					n8n: {
						n8nNodesApiVersion: 1,
						strict: true,
						credentials: ['dist/credentials/OtherApi.credentials.js'],
						nodes: ['dist/nodes/Demo/Demo.node.js'],
					},
				});
			});

			expect(output.split('\n').filter((line) => /^ {2}(The|dist|notes)/.test(line))).toEqual([
				expect.stringMatching(
					new RegExp(`^ {2}The tarball has \\d{6} bytes, and ${LARGEST_TARBALL} are allowed\\.$`),
				),
				'  dist/nodes/Demo/Demo.node.test.js does not belong there.',
				'  dist/nodes/Demo/helper.ts does not belong there.',
				'  notes.txt does not belong there.',
				'  dist/nodes/Demo/Demo.node.js names the icon file:../../icons/absent.svg, which is missing.',
				'  dist/credentials/OtherApi.credentials.js stands in package.json, but there is no such file.',
				'  dist/credentials/DemoApi.credentials.js is loaded by nothing.',
				'  dist/nodes/Demo/idle.js is loaded by nothing.',
			]);
			expect(exitCode).toBe(1);
		},
		SPAWN_LIMIT_MS,
	);
});

describe('what a package may hold', () => {
	it.each([
		'package.json',
		'README.md',
		'LICENSE.md',
		'dist/credentials/DemoApi.credentials.js',
		'dist/nodes/Demo/Demo.node.js',
		'dist/nodes/Demo/Demo.node.json',
		'dist/nodes/Demo/rules/amount.js',
		'dist/nodes/Demo/__schema__/v1.0.0/order/get.json',
		'dist/icons/demo.svg',
	])('is %s', (file) => {
		expect(isWanted(file)).toBe(true);
	});

	it.each([
		'CHANGELOG.md',
		'docs/trigger.md',
		'nodes/Demo/Demo.node.ts',
		'dist/index.js',
		'dist/tsconfig.tsbuildinfo',
		'dist/nodes/Demo/Demo.node.d.ts',
		'dist/nodes/Demo/Demo.node.js.map',
		'dist/nodes/Demo/Demo.node.test.js',
		'dist/nodes/Demo/test/data.js',
		'dist/nodes/Demo/data.json',
		'dist/icons/demo.png',
		'.env',
	])('is not %s', (file) => {
		expect(isWanted(file)).toBe(false);
	});
});

/** What one rule set found in one of the two forms. */
interface Part {
	name: string;
	rules: Set<string>;
}

interface Scanned {
	exitCode: number;
	output: string;
	parts: Part[];
}

async function scan(name: string, plant?: Plant): Promise<Scanned> {
	const target = join(folder, name);
	await writeDemoPackage(target, plant);
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		['tools/run.mjs', 'tools/scan.mts', target],
		{ encoding: 'utf8' },
	);
	return { exitCode: status ?? -1, output: stdout + stderr, parts: partsOf(stdout) };
}

/** A part begins where the one before ends, and ends with its count. */
function partsOf(output: string): Part[] {
	const parts: Part[] = [];
	let version = '';
	let rules = new Set<string>();
	for (const line of output.split('\n')) {
		version = /^With .* (\S+)\):$/.exec(line)?.[1] ?? version;
		const rule = /^ +\d+:\d+ +(?:error|warning) .* (\S+)$/.exec(line)?.[1];
		if (rule !== undefined) rules.add(rule);
		const form = /^ {2}(source|package): /.exec(line)?.[1];
		if (form === undefined) continue;
		parts.push({ name: `${version} ${form}`, rules });
		rules = new Set();
	}
	return parts;
}

function edit(files: Record<string, string>, path: string, change: (text: string) => string): void {
	const before = files[path] ?? '';
	const after = change(before);
	if (after === before) throw new Error(`Nothing was planted in ${path}.`);
	files[path] = after;
}

function editManifest(files: Record<string, string>, change: Record<string, unknown>): void {
	edit(files, 'package.json', (text) =>
		JSON.stringify({ ...(JSON.parse(text) as Record<string, unknown>), ...change }, null, 2),
	);
}
