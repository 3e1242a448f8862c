import type { IWebhookFunctions } from 'n8n-workflow';

import type { TriggerSettings } from '../triggerSettings';
import { deduplicateEvents, type DeduplicationResult } from './deduplicateEvents';
import { stateAfter, inMemoryStatesOf, type LateResponse } from './inMemoryStates';
import { readStoredStates, writeStoredStates } from './storedStates';

type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

/**
 * Claims the events of a delivery, and remembers them when it is answered with a success. A test
 * event is never remembered: whoever tries out a workflow sends the same one again.
 */
export function deduplicateDelivery(
	context: IWebhookFunctions,
	trigger: string,
	eventKeys: readonly string[],
	{ windowMs: window, waitsForWorkflow: waitsForEnd }: TriggerSettings,
): DeduplicationResult {
	if (context.getMode() === 'manual') {
		return { kind: 'deduplicated', isNew: eventKeys.map(() => true), hashes: [] };
	}
	const inMemory = inMemoryStatesOf(trigger);
	const staticData = context.getWorkflowStaticData('node');
	const stored = readStoredStates(staticData);
	const result = deduplicateEvents(
		eventKeys,
		{ inMemory: inMemory, stored },
		{ windowMs: window, waitsForWorkflow: waitsForEnd },
		Date.now(),
	);
	if (result.kind === 'pending' || result.hashes.length === 0) return result;
	writeStoredStates(staticData, stored);
	watchResponse(context.getResponseObject(), {
		onFinish: (isSuccess) => {
			for (const hash of result.hashes) inMemory.set(hash, stateAfter(isSuccess), Date.now());
		},
		onDisconnect: (lateAnswer) => {
			for (const hash of result.hashes) {
				if (waitsForEnd) inMemory.expectLateResponse(hash, lateAnswer);
				// n8n 2.x stores nothing of a delivery that it could not start the workflow with.
				else inMemory.delete(hash);
			}
		},
	});
	return result;
}

interface ResponseHandlers {
	onFinish(isSuccess: boolean): void;
	/** The caller did not wait. Where the workflow's end is waited for, n8n's answer tells it later. */
	onDisconnect(lateAnswer: LateResponse): void;
}

function watchResponse(response: Response, watch: ResponseHandlers): void {
	const isSuccess = () => response.statusCode >= 200 && response.statusCode < 300;
	// n8n answers in the end whether anybody listens or not: nothing goes out then, but this tells.
	const lateAnswer = () => (response.writableEnded ? isSuccess() : undefined);
	// Looking up took longer than the caller would wait: nothing will be told any more.
	if (response.closed || response.destroyed) return watch.onDisconnect(lateAnswer);
	let isAnswered = false;
	response.once('finish', () => {
		isAnswered = true;
		watch.onFinish(isSuccess());
	});
	response.once('close', () => {
		if (!isAnswered) watch.onDisconnect(lateAnswer);
	});
}
