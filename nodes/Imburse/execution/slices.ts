import { timeSlice } from '../n8n/timeSlice';

/** Called between pieces of work: undefined, or a promise to wait for while others have a turn. */
export type GiveWay = () => Promise<void> | undefined;

/** The user has stopped the run before it sent anything. */
export class RunStoppedError extends Error {
	override readonly name = 'RunStoppedError';

	constructor() {
		super('The run was stopped while its items were checked');
	}
}

/** Gives way during long work, and ends it with a `RunStoppedError` once the run is stopped. */
export function giveWayUntil(stopSignal: AbortSignal | undefined): GiveWay {
	const giveWay = timeSlice();
	return () => giveWay()?.then(() => throwIfStopped(stopSignal));
}

export function throwIfStopped(stopSignal: AbortSignal | undefined): void {
	if (stopSignal?.aborted) throw new RunStoppedError();
}

/** As `flatMap`, giving way in between. */
export async function flatMapInSlices<T, R>(
	entries: readonly T[],
	giveWay: GiveWay,
	toResults: (entry: T) => R[],
): Promise<R[]> {
	const results: R[] = [];
	for (const entry of entries) {
		results.push(...toResults(entry));
		const pause = giveWay();
		if (pause) await pause;
	}
	return results;
}
