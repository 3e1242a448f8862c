import type { IExecuteFunctions } from 'n8n-workflow';

import { listed } from '../output/nodeErrors';
import type { Progress, Stage } from './sendAll';

const WORDS: Readonly<Record<Stage, string>> = {
	done: 'Done',
	failed: 'Failed',
	unknown: 'Unknown',
	inFlight: 'In flight',
	notSent: 'Not sent',
};

/**
 * Writes into n8n's log how far a run had come when the user stopped it. n8n has ended the
 * execution by then, and keeps nothing of what the node still returns. All of it stands in the
 * message: n8n prints nothing else of a log entry, except at level debug or as JSON.
 */
export function logStop(context: IExecuteFunctions, progress: Progress): void {
	const stages = Object.keys(WORDS) as Stage[];
	context.logger.warn(
		[
			`"${context.getNode().name}": execution ${context.getExecutionId()} was stopped.`,
			...stages.map((stage) => `${WORDS[stage]}: ${subjectsAt(stage, progress)}.`),
			'Run it again with the same references to find out what was made and to go on.',
		].join(' '),
	);
}

function subjectsAt(stage: Stage, progress: Progress): string {
	const items = [...progress].filter(([, reached]) => reached === stage);
	return listed(items.map(([{ plan }]) => plan.label));
}
