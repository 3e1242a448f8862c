import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '../support/folders.mts';
import { runCommand } from '../support/command.mts';
import { inWords, type Counts } from '../test/counts.mts';
import type { Flags } from './flags.mts';

/** A mistake as somebody might make it. The text stands in the file exactly once. */
export interface Mistake {
	name: string;
	file: string;
	text: string;
	becomes: string;
}

export const MISTAKES: readonly Mistake[] = [
	{
		name: 'sends a create again without looking',
		file: 'nodes/Imburse/execution/create/idempotentCreate.ts',
		text: '		responses.push(response);\n',
		becomes:
			"		responses.push(response);\n		if (response === 'unclear' && responses.length === 1) continue;\n",
	},
	{
		name: 'compares the reference only',
		file: 'nodes/Imburse/execution/create/readBack.ts',
		text: 'compareFields(sentFields, value, mayDiffer);',
		becomes: 'compareFields(sentFields && {}, value, mayDiffer);',
	},
	{
		name: 'takes any 404 for absent',
		file: 'nodes/Imburse/api/classifyResponse.ts',
		text: "	if (!isClientError(status) || !error.isImburse) return 'unclear';\n",
		becomes:
			"	if (status === NOT_FOUND) return 'absent';\n	if (!isClientError(status) || !error.isImburse) return 'unclear';\n",
	},
	{
		name: 'takes accepted for created',
		file: 'nodes/Imburse/execution/create/idempotentCreate.ts',
		text: 'if (\n			result.ok &&\n			(result.response.status === CREATED || expected.createdWithinMs === undefined)\n		) {\n			return createdAtOnce(result.response);',
		becomes:
			"if (result.ok) {\n			return { response: result.response, result: 'created', hints: [] };",
	},
];

const COPIED = [
	'nodes',
	'credentials',
	'sandbox',
	'test',
	'tools',
	'package.json',
	'tsconfig.json',
];

/** Plants each mistake in a copy of the project, where the sequences must break a promise. */
export async function runPlanted({ sequences, seed, lanes }: Flags): Promise<number> {
	const counts: Counts = { passed: 0, failed: 0 };
	for (const mistake of MISTAKES) {
		const folder = copyWith(mistake);
		const args = ['--sequences', `${sequences}`, '--seed', `${seed}`, '--lanes', `${lanes}`];
		try {
			const { output } = await runCommand(
				process.execPath,
				['--import', 'tsx', 'tools/faults.mts', ...args],
				{ cwd: folder },
			);
			const isSeen = output.includes('breaks a promise');
			counts[isSeen ? 'passed' : 'failed']++;
			console.log(`${isSeen ? 'seen    ' : 'NOT SEEN'} a node that ${mistake.name}`);
			console.log(`${output.trim().replaceAll(/^/gm, '    ')}\n`);
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	}
	console.log(inWords(counts));
	return counts.failed === 0 ? 0 : 1;
}

function copyWith({ file, text, becomes }: Mistake): string {
	const folder = mkdtempSync(join(tmpdir(), 'planted-'));
	for (const name of COPIED) {
		cpSync(join(projectFolder, name), join(folder, name), { recursive: true });
	}
	symlinkSync(join(projectFolder, 'node_modules'), join(folder, 'node_modules'));
	const path = join(folder, file);
	writeFileSync(
		path,
		readFileSync(path, 'utf8').replace(text, () => becomes),
	);
	return folder;
}
