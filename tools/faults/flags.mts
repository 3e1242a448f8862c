import { parseArgs } from 'node:util';

export interface Flags {
	task: 'matrix' | 'sequences' | 'planted' | 'page' | 'help';
	/** How many sequences. */
	sequences: number;
	seed: number;
	/** Items of each run of the matrix. */
	items: number;
	/** How many runs at once: most of them wait. */
	lanes: number;
	/** The part of the matrix to run, from 1, and the number of parts. */
	shard: { part: number; of: number };
	/** Whether to keep the results of an earlier call and go on from there. */
	resume: boolean;
}

export const USAGE = `Tries out what the node does when things go wrong.

  npm run faults                        the whole matrix; writes docs/faults.md when it is complete
  npm run faults -- --sequences 10000   random sequences of faults
  npm run faults -- --planted           plants mistakes, each of which must be seen
  npm run faults -- --page              writes docs/faults.md from what was found before

  --seed N       decides about chance (20190528)
  --items N      items of each run of the matrix (100)
  --lanes N      runs at a time in this process (4)
  --shard 1/2    only this part of the matrix, to run several processes side by side
  --resume       go on where an earlier call was broken off`;

/** Throws an Error that names the flag. */
export function readFlags(args: string[]): Flags {
	const { values } = parseArgs({
		args,
		options: {
			sequences: { type: 'string' },
			seed: { type: 'string', default: '20190528' },
			items: { type: 'string', default: '100' },
			lanes: { type: 'string', default: '4' },
			shard: { type: 'string', default: '1/1' },
			resume: { type: 'boolean', default: false },
			planted: { type: 'boolean', default: false },
			page: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	const [part = '', of = ''] = values.shard.split('/');
	return {
		task: taskOf(values),
		sequences: toCount(values.sequences ?? '200', '--sequences'),
		seed: toCount(values.seed, '--seed'),
		items: toCount(values.items, '--items'),
		lanes: toCount(values.lanes, '--lanes'),
		shard: { part: toCount(part, '--shard'), of: toCount(of, '--shard') },
		resume: values.resume,
	};
}

function taskOf(values: {
	help: boolean;
	planted: boolean;
	page: boolean;
	sequences?: string;
}): Flags['task'] {
	if (values.help) return 'help';
	if (values.planted) return 'planted';
	if (values.page) return 'page';
	return values.sequences === undefined ? 'matrix' : 'sequences';
}

function toCount(text: string, flag: string): number {
	if (!/^[1-9]\d*$/.test(text)) throw new Error(`${flag} must be a whole number greater than 0.`);
	return Number(text);
}
