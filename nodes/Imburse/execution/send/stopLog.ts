import type { IExecuteFunctions } from 'n8n-workflow';

import { logWarning } from '../../n8n/notices';
import { joinLabels } from '../errors/nodeErrors';
import { countedPayments, paymentsOf, plannedSums, sentSums } from '../paymentSums';
import type { Progress, Stage } from './sendAll';

const TITLES: Readonly<Record<Stage, string>> = {
	done: 'Done',
	existed: 'Existed already',
	failed: 'Failed',
	unknown: 'Unknown',
	inFlight: 'In flight',
	notSent: 'Not sent',
};

/**
 * Writes into n8n's log how far a run had come when the user stopped it. n8n has ended the
 * execution by then, and keeps nothing of what the node still returns.
 */
export function logStop(context: IExecuteFunctions, progress: Progress): void {
	const stages = Object.keys(TITLES) as Stage[];
	logWarning(
		context,
		[
			`"${context.getNode().name}": execution ${context.getExecutionId()} was stopped.`,
			...stages.map((stage) => `${TITLES[stage]}: ${labelsAt(stage, progress)}.`),
			'Run it again with the same references to find out what was made and to go on.',
		].join(' '),
	);
}

function labelsAt(stage: Stage, progress: Progress): string {
	const items = [...progress].filter(([, reached]) => reached === stage);
	const labels = joinLabels(items.map(([{ plan }]) => plan.label));
	const payments = items.flatMap(([{ plan }]) => paymentsOf(plan));
	if (payments.length === 0) return labels;
	const sums = stage === 'done' ? sentSums(payments) : plannedSums(payments);
	return `${labels} (${countedPayments(payments.length)}, ${sums})`;
}
