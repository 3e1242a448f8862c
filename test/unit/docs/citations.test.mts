import { describe, expect, it } from '@jest/globals';

import { ENDPOINTS } from '../../../nodes/Imburse/api/endpoints.ts';
import {
	citationsIn,
	citationsOfProject,
	PAGE,
	placesOn,
	problemsOf,
	readProjectFile,
	sourcesIn,
} from './citations.mts';
import { cellsUnder, rowsUnder } from './operationTables.mts';

const markdown = readProjectFile(PAGE);
const places = placesOn(markdown);

describe('docs/imburse-api.md', () => {
	it('has every section, row, shape and title that the code cites', () => {
		const citations = citationsOfProject();
		expect(problemsOf(citations, new Set(places))).toEqual([]);
		expect(citations.length).toBeGreaterThan(Object.keys(ENDPOINTS).length);
	});

	it('has no section, row, shape or title twice', () => {
		expect(places.filter((place, index) => places.indexOf(place) !== index)).toEqual([]);
	});

	it('grades every fact with a word that it explains', () => {
		const grades = rowsUnder(markdown, 'Grade').map(([grade]) => grade);
		const graded = new RegExp(`\\b(?:${grades.join('|')})\\b`);
		const cells = cellsUnder(markdown, 'How sure');
		expect(grades).toHaveLength(5);
		expect(cells.length).toBeGreaterThan(100);
		expect(cells.filter((cell) => !graded.test(cell))).toEqual([]);
	});
});

describe('citationsIn', () => {
	it.each([
		['API reference 3.3, documented', ['3.3']],
		['API reference 7.2: unknown', ['7.2']],
		['API reference 5.', ['5']],
		['API reference 10.12', ['10.12']],
		['see the API reference, section 0', ['0']],
		['API reference 3.5 and 3.6', ['3.5', '3.6']],
		['API reference 3.1 to 3.4, observed', ['3.1', '3.4']],
		['API reference 9, row 12', ['9', '9, row 12']],
		['API reference 9, rows 8 and 9', ['9', '9, row 8', '9, row 9']],
		['API reference 5 and 9, row 12', ['5', '9', '9, row 12']],
		['API reference 5; 9, rows 12 and 23', ['5', '9', '9, row 12', '9, row 23']],
		['API reference 6, shape D', ['6', '6, shape D']],
		['API reference 6, shapes A, B, C and D', ['6', 'A', 'B', 'C', 'D']],
		['API reference 4.1, "Batch", documented', ['4.1', '4.1, "Batch"']],
		["API reference 6, introduction's table", ['6']],
	])('reads %s', (text, expected) => {
		const [citation, ...others] = citationsIn('a.ts', `/** Why (${text}). */\n`);
		const written = expected.map((place) => place.replace(/^[A-Z]$/, '6, shape $&'));
		expect(citation).toMatchObject({ where: 'a.ts:1', places: written });
		expect(others).toEqual([]);
	});

	it('reads one that is broken over two lines, and names the line where it begins', () => {
		const code =
			'const a = 1;\n\n\t/**\n\t * Why (API\n\t * reference 6, "Known error\n\t * codes").\n\t */\n';
		expect(citationsIn('a.ts', code)).toEqual([
			expect.objectContaining({ where: 'a.ts:4', places: ['6', '6, "Known error codes"'] }),
		]);
	});

	it('reads lines that are comments each', () => {
		const code = 'x();\n// Why: API reference\n// 4.1 and (API reference 8).\n';
		expect(citationsIn('a.mts', code).map(({ where, places: [place] }) => [where, place])).toEqual([
			['a.mts:2', '4.1'],
			['a.mts:3', '8'],
		]);
	});

	it.each([
		'API reference',
		'API reference four',
		'API reference 4.1.2',
		'(4.1, documented)',
		'(3.6 and 7.1)',
		'(5)',
	])('cannot read %s', (text) => {
		expect(citationsIn('a.ts', `// Why: ${text}.\n`)).toEqual([
			expect.objectContaining({ places: [] }),
		]);
	});

	it('reads a comment that stands behind code', () => {
		expect(citationsIn('a.ts', 'one();\ntwo(); // API reference 4.1\n')).toEqual([
			expect.objectContaining({ where: 'a.ts:2', places: ['4.1'] }),
		]);
	});

	it.each([
		"const text = 'API reference 99';",
		"const url = 'https://127.0.0.1/'; call(4.1, 5);",
		'// Since n8n 2.41 (3 and newer), and in two years (2019, 2023).',
	])('finds none in %s', (code) => {
		expect(citationsIn('a.ts', `${code}\n`)).toEqual([]);
	});
});

describe('sourcesIn', () => {
	it('finds the section of every call that the node makes', () => {
		const file = 'nodes/Imburse/api/endpoints.ts';
		const sources = sourcesIn(file, readProjectFile(file));
		expect(sources.map(({ text }) => text)).toEqual(
			Object.values(ENDPOINTS).map(({ source }) => `source: '${source}'`),
		);
	});
});

describe('problemsOf', () => {
	const known = new Set(placesOn('## 9. All\n| 1 | a |\n### 9.1 Some\n#### Shape A\n#### Batch\n'));
	const problems = (text: string) => problemsOf(citationsIn('a.ts', `\n/** ${text} */\n`), known);

	it('finds nothing wrong with what is there', () => {
		const cited = 'API reference 9, row 1; 9.1, shape A and 9.1, "Batch"';
		expect(problems(cited)).toEqual([]);
		expect(problemsOf(sourcesIn('a.ts', "source: '9.1, Batch'"), known)).toEqual([]);
	});

	it.each([
		['API reference 4.1', '4.1'],
		['API reference 9, row 2', '9, row 2'],
		['API reference 9.1, shape B', '9.1, shape B'],
		['API reference 9.1, "Other"', '9.1, "Other"'],
	])('names file, line and section of %s', (text, missing) => {
		expect(problems(text)).toEqual([
			`a.ts:2 cites ${missing}, which docs/imburse-api.md does not have`,
		]);
	});

	it('names a source that is not there', () => {
		expect(problemsOf(sourcesIn('a.ts', "\nsource: '9.1, Bat'"), known)).toEqual([
			'a.ts:2 cites 9.1, "Bat", which docs/imburse-api.md does not have',
		]);
	});

	it('names what cannot be read', () => {
		expect(problems('Why (9.1).')).toEqual(['a.ts:2 cannot be read: (9.1). */']);
	});
});
