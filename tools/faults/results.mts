import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Cell } from '../../test/engine/faults/cell.mts';
import type { Findings } from '../../test/engine/faults/trial.mts';
import { localFolder } from '../support/folders.mts';

/** The stored result of one cell. */
export interface CellResult extends Findings {
	fault: string;
	/** Title of the operation. */
	write: string;
	mode: string;
	items: number;
	seed: number;
	milliseconds: number;
}

const FILE = join(localFolder, 'faults', 'cells.jsonl');

export function saveResult(result: CellResult): void {
	mkdirSync(dirname(FILE), { recursive: true });
	appendFileSync(FILE, `${JSON.stringify(result)}\n`);
}

export function deleteResults(): void {
	rmSync(FILE, { force: true });
}

/** The results with these settings, by the key of the cell. */
export function readResults({
	items,
	seed,
}: {
	items: number;
	seed: number;
}): Map<string, CellResult> {
	const lines = existsSync(FILE) ? readFileSync(FILE, 'utf8').split('\n').filter(Boolean) : [];
	const all = lines.map((line) => JSON.parse(line) as CellResult);
	const own = all.filter((one) => one.items === items && one.seed === seed);
	return new Map(own.map((one) => [resultKey(one), one]));
}

export function resultKey({ fault, write, mode }: { fault: string; write: string; mode: string }) {
	return `${fault} / ${write} / ${mode}`;
}

export const cellKey = ({ fault, write, mode }: Cell): string =>
	resultKey({ fault, write: write.title, mode });
