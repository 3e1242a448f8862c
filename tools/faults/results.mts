import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Cell } from '../../test/engine/faults/cell.mts';
import type { Findings } from '../../test/engine/faults/trial.mts';
import { localFolder } from '../project.mts';

/** What a run of one cell has shown, as it is kept. */
export interface Kept extends Findings {
	fault: string;
	/** Title of the operation. */
	write: string;
	mode: string;
	items: number;
	seed: number;
	milliseconds: number;
}

const FILE = join(localFolder, 'faults', 'cells.jsonl');

export function keep(one: Kept): void {
	mkdirSync(dirname(FILE), { recursive: true });
	appendFileSync(FILE, `${JSON.stringify(one)}\n`);
}

export function forget(): void {
	rmSync(FILE, { force: true });
}

/** What was found with these settings, one for each cell. */
export function kept({ items, seed }: { items: number; seed: number }): Map<string, Kept> {
	const lines = existsSync(FILE) ? readFileSync(FILE, 'utf8').split('\n').filter(Boolean) : [];
	const all = lines.map((line) => JSON.parse(line) as Kept);
	const own = all.filter((one) => one.items === items && one.seed === seed);
	return new Map(own.map((one) => [nameOf(one), one]));
}

export function nameOf({ fault, write, mode }: { fault: string; write: string; mode: string }) {
	return `${fault} / ${write} / ${mode}`;
}

export const nameOfCell = ({ fault, write, mode }: Cell): string =>
	nameOf({ fault, write: write.title, mode });
