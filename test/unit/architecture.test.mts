import { describe, expect, it } from '@jest/globals';
import fastGlob from 'fast-glob';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

const ROOT = 'nodes/Imburse';

/** The parts of the house, and what each may import. Arrows point one way. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
	'Imburse.node.ts': ['execution', 'listSearch', 'properties.ts', 'resources'],
	'ImburseTrigger.node.ts': ['webhook'],
	'properties.ts': ['api', 'execution', 'operation.ts', 'validation'],
	'operation.ts': ['api', 'validation'],
	resources: ['api', 'operation.ts', 'validation'],
	execution: ['api', 'n8n', 'operation.ts', 'validation'],
	listSearch: ['api', 'n8n', 'validation'],
	webhook: ['api', 'n8n', 'validation'],
	n8n: ['validation'],
	api: ['validation'],
	validation: [],
};

/** Words of n8n's node that a part must not speak of, where they are made elsewhere. */
const SILENT_ON: Readonly<Record<string, RegExp>> = {
	validation: /from 'n8n-workflow'/,
	api: /the Imburse node|If It Already Exists|Instruction > Create|\bitem \d|\(item \$/,
};

/**
 * What reaches the eyes of a person goes through `n8n/` alone, which makes it text: errors, hints and
 * the log. Nobody else makes an error of n8n's, or changes the words of one.
 */
const SHOWN_BY_N8N_ALONE: Readonly<Record<string, RegExp>> = {
	"n8n's errors":
		/\bnew Node(?:Api|Operation)?Error\b|\bnew (?:Application|User|Operational|Unexpected|WorkflowOperation|WorkflowActivation|Trigger\w+)Error\b/,
	'the words of an error':
		/\.(?:message|description|messages)\s*=[^=]|descriptionTemplate|messageTemplate/,
	hints: /addExecutionHints|setMetadata|\bhints:\s*\[\s*\{/,
	'the log': /\blogger\b/,
	'messages to the editor': /sendMessageToUI|sendChunk|addInputData|addOutputData/,
};

const files = fastGlob.sync(`${ROOT}/**/*.ts`).sort();

/** The imports of each file, by path. */
const imports = new Map(files.map((file) => [file, importsOf(file)]));

function importsOf(file: string): string[] {
	const specifiers = [...readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)];
	return specifiers.map(([, specifier]) => {
		const path = normalize(join(dirname(file), specifier!));
		const found = [`${path}.ts`, `${path}/index.ts`].find((name) => files.includes(name));
		if (!found) throw new Error(`${file} imports ${specifier}, which is not there`);
		return found;
	});
}

/** The folder of a file below the root, or the file itself where it stands there. */
function partOf(file: string): string {
	return relative(ROOT, file).split('/')[0]!;
}

/** The folder of a file inside its part, or the file itself where it stands there. */
function roomOf(file: string): string {
	return relative(ROOT, file).split('/').slice(0, 2).join('/');
}

/** Every way that leads from a place back to itself. */
function cyclesAmong(placeOf: (file: string) => string): string[] {
	const arrows = new Map<string, Set<string>>();
	for (const [file, imported] of imports) {
		const from = placeOf(file);
		const targets = arrows.get(from) ?? new Set();
		for (const target of imported) if (placeOf(target) !== from) targets.add(placeOf(target));
		arrows.set(from, targets);
	}
	const leadsTo = (from: string, goal: string, seen = new Set<string>()): boolean =>
		[...(arrows.get(from) ?? [])].some((next) => {
			if (next === goal) return true;
			if (seen.has(next)) return false;
			return leadsTo(next, goal, seen.add(next));
		});
	return [...arrows.keys()].filter((place) => leadsTo(place, place));
}

describe('the architecture', () => {
	it('has a rule for each part', () => {
		expect([...new Set(files.map(partOf))].sort()).toEqual(Object.keys(ALLOWED).sort());
	});

	it.each(Object.entries(ALLOWED))('lets %s import %j and nothing else', (part, allowed) => {
		const others = [...imports].flatMap(([file, imported]) =>
			partOf(file) === part
				? imported.filter((target) => ![part, ...allowed].includes(partOf(target)))
				: [],
		);
		expect(others).toEqual([]);
	});

	it('has no cycles among files', () => {
		expect(cyclesAmong((file) => file)).toEqual([]);
	});

	it('has no cycles among the folders and files of a part', () => {
		expect(cyclesAmong(roomOf)).toEqual([]);
	});

	it.each(Object.entries(SILENT_ON))('keeps %s silent on what is not its own', (part, words) => {
		const speaking = files
			.filter((file) => partOf(file) === part)
			.filter((file) => words.test(readFileSync(file, 'utf8')));
		expect(speaking).toEqual([]);
	});
});

it.each(Object.entries(SHOWN_BY_N8N_ALONE))('%s are made in n8n/ alone', (_, made) => {
	const makers = [...files, ...fastGlob.sync('credentials/**/*.ts')].filter((file) =>
		made.test(readFileSync(file, 'utf8')),
	);
	expect(makers.filter((file) => partOf(file) !== 'n8n')).toEqual([]);
});

it('no error of the credential escapes to n8n but as text', () => {
	const source = readFileSync('credentials/ImburseApi.credentials.ts', 'utf8');
	const thrown = [...source.matchAll(/\bthrow ([^;]+);/g)].map(([, what]) => what);
	const text = ['withPlainText(error)', 'new ExpiredTokenError()'];
	expect(thrown.filter((what) => !text.includes(what!))).toEqual([]);
});
