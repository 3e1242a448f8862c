import type { Counts } from './counts.mts';

/** One check of `npm test`. */
export interface Check {
	name: string;
	run(): Promise<Outcome>;
}

export interface Outcome {
	counts: Counts;
	/** What it printed. */
	output: string;
	/** Whether it passed before, and nothing has changed since. */
	isAsBefore?: boolean;
}
