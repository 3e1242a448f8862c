import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { allPages, anchorsOf, codeOf, ROOT, samplesOf, targetsOf, type Page } from './pages.mts';

const pages = allPages();
const byPath = new Map(pages.map((page) => [page.path, page]));
const scripts = Object.keys(
	(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object }).scripts,
);

/** What is wrong with a link inside the project, if anything is. */
function problemOf(page: Page, target: string): string | undefined {
	if (/^[a-z]+:/.test(target)) return undefined;
	const [file = '', anchor] = target.split('#');
	const path = file === '' ? page.path : normalize(join(dirname(page.path), file));
	if (!existsSync(join(ROOT, path))) return `${page.path}: there is no ${path}`;
	const linked = byPath.get(path);
	if (anchor === undefined || !linked || anchorsOf(linked).has(anchor)) return undefined;
	return `${page.path}: ${path} has no heading #${anchor}`;
}

describe('the pages', () => {
	it('link to nothing that is not there', () => {
		const targets = pages.flatMap((page) => targetsOf(page).map((target) => ({ page, target })));
		expect(targets.length).toBeGreaterThan(80);
		const problems = targets.map(({ page, target }) => problemOf(page, target));
		expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
	});

	it('are all led to from the README, over other pages where need be', () => {
		const reached = new Set(['README.md']);
		for (const path of reached) {
			for (const target of targetsOf(byPath.get(path)!)) {
				const linked = normalize(join(dirname(path), target.split('#')[0]!));
				if (byPath.has(linked)) reached.add(linked);
			}
		}
		const read = pages.map(({ path }) => path).filter((path) => !path.startsWith('.github/'));
		expect(read.filter((path) => !reached.has(path))).toEqual([]);
	});

	it('hold no mark of a merge that was left half done', () => {
		const marks = pages.flatMap(({ path, markdown }) =>
			(markdown.match(/^(?:<{7}|={7}|>{7})(?: .*)?$/gm) ?? []).map((mark) => `${path}: ${mark}`),
		);
		expect(marks).toEqual([]);
	});

	it('hold JSON only where a test does with it what the page says', () => {
		const withJson = pages.filter((page) => samplesOf(page, 'json').length > 0);
		// The first three in test/engine/docs.test.mts, the last beside this file.
		expect(withJson.map(({ path }) => path)).toEqual([
			'docs/ai-agent.md',
			'docs/approval.md',
			'docs/errors.md',
			'docs/imburse-api.md',
		]);
	});

	it('name no command of this project that it does not have', () => {
		const code = pages.flatMap((page) => codeOf(page).map((text) => ({ path: page.path, text })));
		const commands = code.flatMap(({ path, text }) =>
			[...text.matchAll(/npm (?:run (?:-s |--silent )?)?([a-z][a-z0-9:]*)/g)].map(
				([command, name]) => ({ path, command, name: name! }),
			),
		);
		expect(commands.length).toBeGreaterThan(20);
		const ofNpm = ['ci', 'install', 'pack', 'view', 'publish'];
		const known = (one: { command: string; name: string }) =>
			scripts.includes(one.name) ||
			(!one.command.startsWith('npm run') && ofNpm.includes(one.name));
		expect(commands.filter((one) => !known(one))).toEqual([]);
	});
});

describe('anchorsOf', () => {
	it('makes anchors as GitHub does', () => {
		const markdown =
			'# What it is, and isn’t\n\n## `npm test`\n\n## Twice\n\n## Twice\n\n```\n# no heading\n```\n';
		expect([...anchorsOf({ path: 'a.md', markdown })]).toEqual([
			'what-it-is-and-isnt',
			'npm-test',
			'twice',
			'twice-1',
		]);
	});
});
