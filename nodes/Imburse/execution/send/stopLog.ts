import type { IExecuteFunctions } from 'n8n-workflow';

import type { Progress } from './sendAll';
import type { ReadyItem } from '../itemStates';

/**
 * Writes into n8n's log how far a run had come when the user stopped it. n8n has ended the
 * execution by then, and keeps nothing of what the node still returns.
 */
export function logStop(context: IExecuteFunctions, progress: Progress): void {
	const { done, inFlight, notSent } = progress;
	context.logger.warn(
		`Imburse: the run was stopped after ${done.length} items, with ${inFlight.length} in flight and ${notSent.length} not sent. Run it again with the same references to find out and to go on.`,
		{
			node: context.getNode().name,
			executionId: context.getExecutionId(),
			done: subjects(done),
			inFlight: subjects(inFlight),
			notSent: subjects(notSent),
		},
	);
}

function subjects(items: ReadyItem[]): string[] {
	return items.map(({ plan }) => plan.subject);
}
