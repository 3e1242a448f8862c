import { readFlags, USAGE, type Flags } from './flags.mts';
import { runMatrix } from './matrix.mts';
import { writePage } from './page.mts';
import { runPlanted } from './planted.mts';
import { runSequences } from './sequences.mts';

const TASKS: Readonly<Record<Flags['task'], (flags: Flags) => Promise<number>>> = {
	matrix: runMatrix,
	sequences: runSequences,
	planted: runPlanted,
	page: writePage,
	help: async () => {
		console.log(USAGE);
		return 0;
	},
};

/** @returns the exit code */
export async function main(args: string[]): Promise<number> {
	let flags: Flags;
	try {
		flags = readFlags(args);
	} catch (error) {
		console.error(`${(error as Error).message}\n\n${USAGE}`);
		return 2;
	}
	return await TASKS[flags.task](flags);
}
