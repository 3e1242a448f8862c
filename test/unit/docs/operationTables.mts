import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import { ENDPOINTS, type Endpoint } from '../../../nodes/Imburse/api/endpoints.ts';
import type { Operation } from '../../../nodes/Imburse/operation.ts';
import { RESOURCES } from '../../../nodes/Imburse/resources/index.ts';

/** A row of a table, cell by cell. */
export type Row = string[];

/** The rows of all tables in a Markdown text whose first column has this name. */
export function rowsUnder(markdown: string, firstColumn: string): Row[] {
	return tablesIn(markdown)
		.filter(([head]) => head?.[0] === firstColumn)
		.flatMap(([, , ...rows]) => rows);
}

/** The cells of all columns of this name in a Markdown text. */
export function cellsUnder(markdown: string, column: string): string[] {
	return tablesIn(markdown).flatMap(([head = [], , ...rows]) =>
		head.includes(column) ? rows.map((row) => row[head.indexOf(column)] ?? '') : [],
	);
}

function tablesIn(markdown: string): Row[][] {
	return markdown.split(/\n(?!\|)/).map((block) => block.trim().split('\n').map(cellsOf));
}

function cellsOf(line: string): Row {
	return line
		.replace(/^\||\|$/g, '')
		.split('|')
		.map((cell) => cell.trim());
}

const OPERATIONS = RESOURCES.flatMap(({ name, operations }) =>
	operations.map((operation): [string, Operation] => [`${name}: ${operation.name}`, operation]),
);

/** What the table of calls has to say: each operation's calls, the one that it is about first. */
export function callRows(): Row[] {
	return OPERATIONS.flatMap(([title, { calls }]) =>
		calls.map((name) => [title, ...callCells(ENDPOINTS[name])]),
	);
}

function callCells({ method, path, versions, roles, certainty, source }: Endpoint): Row {
	const [version] = versions;
	return [
		`\`${method} ${path}\``,
		versions.length > 1 ? 'as the credential says' : `always ${version?.toUpperCase()}`,
		roles.map((role) => `\`${role}\``).join(' or '),
		certainty,
		source,
	];
}

/** What the table of fields has to say, without the words of its second column. */
export function fieldRows(): Row[] {
	return OPERATIONS.map(([title, { fields, options = [] }]) => [
		title,
		fields
			.filter(({ type }) => type !== 'notice')
			.map(fieldText)
			.join('; ') || 'nothing',
		options.map(({ displayName }) => displayName).join('; ') || 'none',
	]);
}

/** A required field stands in bold, a collection with what it holds. */
function fieldText({ displayName, required, options = [], type }: INodeProperties): string {
	const name = required ? `**${displayName}**` : displayName;
	const inner = (options as Array<INodeProperties | INodePropertyCollection>).flatMap((option) =>
		'values' in option ? option.values : [option],
	);
	if (!['collection', 'fixedCollection'].includes(type)) return name;
	const shown = inner.map((field) =>
		field.required ? `**${field.displayName}**` : field.displayName,
	);
	return `${name} (${shown.join(', ')})`;
}
