import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import glob from 'fast-glob';

/**
 * A place is written the same way wherever it stands: `4.1`, `4.1, "Batch"`, `6, shape C` or
 * `9, row 12`.
 */
type Place = string;

/** Where the code names places of docs/imburse-api.md. */
export interface Citation {
	/** File and line. */
	where: string;
	/** How it begins, as it stands there. */
	text: string;
	/** None where the citation cannot be read. */
	places: Place[];
}

const PROJECT = join(__dirname, '../../..');
export const PAGE = 'docs/imburse-api.md';

/** Not the beginning of a longer number. */
const SECTION = String.raw`\d{1,2}(?:\.\d{1,2})?(?![.\d]*\d)`;
const ROWS = listPattern(String.raw`\d{1,2}(?![.\d]*\d)`);
const SHAPES = listPattern(String.raw`[A-Z]\b`);
const ITEM = String.raw`(${SECTION})(?:, rows? (${ROWS})|, shapes? (${SHAPES})|, ("[^"]+"))?`;
const CITATION = new RegExp(
	String.raw`^API reference(?:, section)? (?<items>${ITEM}(?:(?:; | and | to )${ITEM})*)`,
);

const COMMENT = /^[\t ]*\/\*[\s\S]*?\*\/|(?:^[\t ]*\/\/.*\n?)+|(?<=[,;()[\]{}] )\/\/.*/gm;
/** The page's name in comments, or a bare section in brackets, which names no page. */
const CITED = /\bAPI\s+reference\b|\(\d{1,2}(?:\.\d{1,2})?(?=[),;]|\s(?:and|to)\s\d)/g;
const SOURCE = /^\s*(source: '(\d[^']*)')/gm;

export function readProjectFile(file: string): string {
	return readFileSync(join(PROJECT, file), 'utf8');
}

export function citationsOfProject(): Citation[] {
	const files = glob.sync('{nodes,credentials,sandbox,tools,test}/**/*.{ts,mts,js,mjs,cjs}', {
		cwd: PROJECT,
		ignore: ['**/node_modules/**', 'tools/n8n/versions/**'],
	});
	return files.flatMap((file) => {
		const code = readProjectFile(file);
		return [...citationsIn(file, code), ...sourcesIn(file, code)];
	});
}

/** What the comments of a file cite. */
export function citationsIn(file: string, code: string): Citation[] {
	return [...code.matchAll(COMMENT)].flatMap(({ 0: comment, index: start }) => {
		// As long as before, so that a position in it is one in the code.
		const flat = comment.replace(/\n\s*(?:\*(?!\/)|\/\/)?/g, (gap) => ' '.repeat(gap.length));
		return [...flat.matchAll(CITED)].map(({ index }) => {
			const text = flat.slice(index).replace(/\s+/g, ' ');
			const { items = '' } = CITATION.exec(text)?.groups ?? {};
			return {
				where: lineAt(file, code, start + index),
				text: text.slice(0, 40),
				places: placesCited(items),
			};
		});
	});
}

/** What the table of calls names, such as `source: '4.1, Batch'`. */
export function sourcesIn(file: string, code: string): Citation[] {
	return [...code.matchAll(SOURCE)].map(({ 0: line, 1: text = '', 2: source = '', index }) => {
		const [section, title] = source.split(', ');
		const places = [title ? `${section}, "${title}"` : `${section}`];
		const start = index + line.length - text.length;
		return { where: lineAt(file, code, start), text, places };
	});
}

/** What is wrong with citations, given the places that the page has. */
export function problemsOf(citations: Citation[], known: ReadonlySet<Place>): string[] {
	return citations.flatMap(({ where, text, places }) => {
		if (places.length === 0) return [`${where} cannot be read: ${text}`];
		const missing = places.filter((place) => !known.has(place));
		return missing.map((place) => `${where} cites ${place}, which ${PAGE} does not have`);
	});
}

/** Every place that the page has, in its order. */
export function placesOn(markdown: string): Place[] {
	let section = '';
	return markdown.split('\n').flatMap((line) => {
		const [, title = ''] = /^#{2,} (.+)$/.exec(line) ?? [];
		const [, number] = /^(\d+(?:\.\d+)?)\.? /.exec(title) ?? [];
		const [, shape] = /^Shape ([A-Z])$/.exec(title) ?? [];
		const [, row] = /^\| (\d+) \|/.exec(line) ?? [];
		if (number) return [(section = number)];
		if (shape) return [`${section}, shape ${shape}`];
		if (row) return [`${section}, row ${row}`];
		return title && section ? [`${section}, "${title}"`] : [];
	});
}

function placesCited(items: string): Place[] {
	return [...items.matchAll(new RegExp(ITEM, 'g'))].flatMap(([, section, rows, shapes, title]) => [
		`${section}`,
		...(rows?.match(/\d+/g) ?? []).map((row) => `${section}, row ${row}`),
		...(shapes?.match(/[A-Z]/g) ?? []).map((shape) => `${section}, shape ${shape}`),
		...(title ? [`${section}, ${title}`] : []),
	]);
}

function lineAt(file: string, code: string, index: number): string {
	return `${file}:${code.slice(0, index).split('\n').length}`;
}

function listPattern(one: string): string {
	return `${one}(?:(?:, and |, | and )${one})*`;
}
