import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { canBefall, FAULTS } from '../../engine/faults/faultTable.mts';
import { WRITES } from '../../engine/faults/writeTable.mts';
import { RESOURCES } from '../../../nodes/Imburse/resources/index.ts';
import { faultSchema } from '../../../sandbox/faults/faultSchema.mts';
import { rowsUnder } from './operationTables.mts';

const markdown = readFileSync(join(__dirname, '../../../docs/faults.md'), 'utf8');
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The part of the page about one operation. */
function sectionOf(title: string): string {
	return markdown.split(/^## /m).find((section) => section.startsWith(`${title}\n`)) ?? '';
}

describe('docs/faults.md', () => {
	it('says of every fault what it is, in sentences', () => {
		const listed = [...sectionOf('What goes wrong').matchAll(/^- \*\*(.+)\.\*\* (.+)$/gm)].map(
			([, name, text]) => [name, text],
		);
		expect(listed).toEqual(
			Object.entries(FAULTS).map(([name, { sentence }]) => [capital(name), sentence]),
		);
	});

	it.each(WRITES.map((write) => [write.title, write] as const))(
		'has the result of every fault that can befall: %s',
		(title, write) => {
			const rows = rowsUnder(sectionOf(title), 'What goes wrong');
			const befalling = Object.entries(FAULTS).filter(([, fault]) => canBefall(fault, write));
			expect(rows.map(([name]) => name)).toEqual(befalling.map(([name]) => capital(name)));
			for (const [, ...cells] of rows) {
				expect(cells.slice(0, 4).every((cell) => /^\d+ \w/.test(cell))).toBe(true);
				expect(cells.slice(4)).toEqual(['0', '0']);
			}
		},
	);

	it('has no other table', () => {
		const sections = markdown.split(/^## /m).filter((section) => /^\| *-{3}/m.test(section));
		expect(sections).toHaveLength(WRITES.length);
	});
});

describe('the tables of faults', () => {
	it('have every kind of fault that the sandbox knows', () => {
		const used = Object.values(FAULTS).flatMap(({ faults }) => faults({ next: 1 }, 1, 1));
		const kinds = faultSchema.options.map(({ shape }) => shape.kind.value);
		expect(new Set(used.map(({ kind }) => kind))).toEqual(new Set(kinds));
	});

	it('have every operation that writes', () => {
		const writing = RESOURCES.flatMap(({ name, operations }) =>
			operations
				.filter(({ effect }) => effect !== 'reads')
				.map((operation) => `${name}: ${operation.name}`),
		);
		const tried = WRITES.map(({ title }) => title.split(',')[0]);
		expect(new Set(tried)).toEqual(new Set(writing));
	});
});
