import { setTimeout } from 'node:timers/promises';
import type { Effect } from './faults.mts';
import type { Moment } from './vocabulary.mts';

/** Waits for all delays of this moment together. False when the sandbox stopped meanwhile. */
export async function pause(
	effects: readonly Effect[],
	moment: Moment,
	stopped: AbortSignal,
): Promise<boolean> {
	const milliseconds = effects.reduce(
		(sum, effect) => (effect.kind === 'delay' && effect.at === moment ? sum + effect.ms : sum),
		0,
	);
	if (milliseconds === 0) return true;
	await setTimeout(milliseconds, undefined, { signal: stopped }).catch(() => undefined);
	return !stopped.aborted;
}
