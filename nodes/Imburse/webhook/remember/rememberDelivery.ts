import type { IWebhookFunctions } from 'n8n-workflow';

import type { TriggerSettings } from '../settings';
import { claimEvents, type Claim } from './claim';
import { memoryOf } from './processMemory';
import { readStoredKeys, writeStoredKeys } from './storedKeys';

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
	watchAnswer(context, (isSuccess) => {
		for (const hash of claim.hashes) {
			if (isSuccess !== undefined) memory.set(hash, isSuccess ? 'seen' : 'refused', Date.now());
			else if (!waitsForEnd) memory.forget(hash);
		}
	});
	return claim;
}

/**
 * Tells how the call was answered: with a success, with a failure, or undefined where the caller did
 * not wait for it. What is stored decides then: n8n 2.x stores nothing of a delivery that it could not
 * start the workflow with. Where the workflow's end is waited for, it is stored only then, and the
 * event stays under way until its lease is over.
 */
function watchAnswer(
	context: IWebhookFunctions,
	tell: (isSuccess: boolean | undefined) => void,
): void {
	const response = context.getResponseObject();
	// Looking up took longer than the caller would wait: nothing will be told any more.
	if (response.closed || response.destroyed) return tell(undefined);
	let isAnswered = false;
	response.once('finish', () => {
		isAnswered = true;
		tell(response.statusCode >= 200 && response.statusCode < 300);
	});
	response.once('close', () => {
		if (!isAnswered) tell(undefined);
	});
}
