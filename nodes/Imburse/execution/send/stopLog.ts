import type { IExecuteFunctions } from 'n8n-workflow';

import { listed } from '../output/nodeErrors';
import type { Progress } from './sendAll';
import type { ReadyItem } from '../itemStates';

/**
 * Writes into n8n's log how far a run had come when the user stopped it. n8n has ended the
 * execution by then, and keeps nothing of what the node still returns. All of it stands in the
 * message, since n8n leaves out what is logged beside one unless it logs in full.
 */
export function logStop(context: IExecuteFunctions, progress: Progress): void {
	const { done, inFlight, notSent } = progress;
	context.logger.warn(
		[
			`"${context.getNode().name}": execution ${context.getExecutionId()} was stopped.`,
			`Done: ${subjects(done)}.`,
			`In flight: ${subjects(inFlight)}.`,
			`Not sent: ${subjects(notSent)}.`,
			'Run it again with the same references to find out what was made and to go on.',
		].join(' '),
	);
}

function subjects(items: ReadyItem[]): string {
	return listed(items.map(({ plan }) => plan.subject));
}
