import type { SandboxOptions } from './options.mts';

/** The sandbox's own time in epoch milliseconds (UTC). */
export type Clock = () => number;

export function createClock(options: SandboxOptions): Clock {
	return () => Date.now() + options.clockOffsetSeconds * 1000;
}
