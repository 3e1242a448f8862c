import type { IWebhookFunctions } from 'n8n-workflow';

import type { TriggerSettings } from '../settings';
import { claimEvents, type Claim } from './claim';
import { fateAfter, memoryOf, type LateAnswer } from './processMemory';
import { readStoredKeys, writeStoredKeys } from './storedKeys';

type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

/**
 * Claims the events of a delivery, and remembers them when it is answered with a success. A test
 * event is never remembered: whoever tries out a workflow sends the same one again.
 */
export function rememberDelivery(
	context: IWebhookFunctions,
	trigger: string,
	eventKeys: readonly string[],
	{ window, waitsForEnd }: TriggerSettings,
): Claim {
	if (context.getMode() === 'manual') {
		return { kind: 'claimed', fresh: eventKeys.map(() => true), hashes: [] };
	}
	const memory = memoryOf(trigger);
	const staticData = context.getWorkflowStaticData('node');
	const stored = readStoredKeys(staticData);
	const claim = claimEvents(eventKeys, { memory, stored }, { window, waitsForEnd }, Date.now());
	if (claim.kind === 'pending' || claim.hashes.length === 0) return claim;
	writeStoredKeys(staticData, stored);
	watchAnswer(context.getResponseObject(), {
		answered: (isSuccess) => {
			for (const hash of claim.hashes) memory.set(hash, fateAfter(isSuccess), Date.now());
		},
		callerLeft: (lateAnswer) => {
			for (const hash of claim.hashes) {
				if (waitsForEnd) memory.leaveOpen(hash, lateAnswer);
				// n8n 2.x stores nothing of a delivery that it could not start the workflow with.
				else memory.forget(hash);
			}
		},
	});
	return claim;
}

interface AnswerWatch {
	answered(isSuccess: boolean): void;
	/** The caller did not wait. Where the workflow's end is waited for, n8n's answer tells it later. */
	callerLeft(lateAnswer: LateAnswer): void;
}

function watchAnswer(response: Response, watch: AnswerWatch): void {
	const isSuccess = () => response.statusCode >= 200 && response.statusCode < 300;
	// n8n answers in the end whether anybody listens or not: nothing goes out then, but this tells.
	const lateAnswer = () => (response.writableEnded ? isSuccess() : undefined);
	// Looking up took longer than the caller would wait: nothing will be told any more.
	if (response.closed || response.destroyed) return watch.callerLeft(lateAnswer);
	let isAnswered = false;
	response.once('finish', () => {
		isAnswered = true;
		watch.answered(isSuccess());
	});
	response.once('close', () => {
		if (!isAnswered) watch.callerLeft(lateAnswer);
	});
}
