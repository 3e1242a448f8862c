import { timeSlice, type GiveWay } from '../n8n/timeSlice';

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
