import type { ImburseOnEngine } from '../support/imburse.mts';
import { canBefall, FAULTS, type Calls } from './faultTable.mts';
import { carryOut, MODES, type Findings } from './trial.mts';
import { WRITES, type Write } from './writeTable.mts';

/** One fault, one operation, one way of running the node. */
export interface Cell {
	fault: string;
	write: Write;
	mode: string;
}

export interface CellSettings {
	items: number;
	seed: number;
	/** Which of the calls that the fault is aimed at it strikes. */
	calls: Calls;
	/** Seconds that the node waits for an answer where none comes. */
	timeout: number;
}

/** Seconds. */
const LONG = 60;
/** Where the node waits in vain, no call that is answered may wait behind many others. */
const FEW_CALLS = 5;
/** For a machine that has much else to do: no call that is answered may seem lost. */
const PATIENT_TIMEOUT = 60;

/** Every fault, every operation that it can befall, every mode. */
export function allCells(): Cell[] {
	return Object.entries(FAULTS).flatMap(([fault, one]) =>
		WRITES.filter((write) => canBefall(one, write)).flatMap((write) =>
			Object.keys(MODES).map((mode) => ({ fault, write, mode })),
		),
	);
}

/** Every fault with every operation, every operation and every fault with every mode: all pairs. */
export function pairwiseCells(): Cell[] {
	const modes = Object.keys(MODES);
	const faults = Object.keys(FAULTS);
	return allCells().filter(({ fault, write, mode }) => {
		const turn = faults.indexOf(fault) + WRITES.indexOf(write);
		return mode === modes[turn % modes.length];
	});
}

export async function tryCell(
	imburse: ImburseOnEngine,
	{ fault, write, mode }: Cell,
	{ items, seed, calls, timeout }: CellSettings,
): Promise<Findings> {
	const { faults, options, isUnclear, waitsInVain, waitingHelps, spoils } = FAULTS[fault]!;
	const set = faults(calls, timeout, items);
	const findings = await carryOut(imburse, {
		write,
		mode,
		items,
		faults: set,
		seed,
		options,
		...(waitsInVain ? { timeout, maxConcurrency: FEW_CALLS } : { timeout: PATIENT_TIMEOUT }),
		createdWithin: waitingHelps && LONG,
		isSpoilt: spoils,
		isClear: !isUnclear,
	});
	if (set.length > 0 && findings.struck === 0) findings.broken.push('the fault struck no call');
	return findings;
}
