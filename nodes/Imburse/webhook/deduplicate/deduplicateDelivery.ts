import type { IWebhookFunctions } from 'n8n-workflow';

import { changedStaticData } from '../../n8n/changedStaticData';
import type { TriggerSettings } from '../triggerSettings';
import { deduplicateEvents, statesToStore, type DeduplicationResult } from './deduplicateEvents';
import { inMemoryStatesOf, stateAfter, type LateResponse } from './inMemoryStates';
import { readStoredStates, writeStoredStates } from './storedStates';

type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

/**
 * Finds the new events of a delivery, and records them as delivered when n8n responds with a success.
 * Test events are not recorded: whoever tries out a workflow sends the same event again.
 */
export function deduplicateDelivery(
	context: IWebhookFunctions,
	triggerId: string,
	hashes: readonly string[],
	settings: TriggerSettings,
): DeduplicationResult {
	if (context.getMode() === 'manual') {
		return { kind: 'deduplicated', isNew: hashes.map(() => true), newHashes: [] };
	}
	const inMemory = inMemoryStatesOf(triggerId);
	const known = { inMemory, stored: readStoredStates(context.getWorkflowStaticData('node')) };
	const result = deduplicateEvents(hashes, known, settings.windowMs, Date.now());
	if (result.kind === 'pending' || result.newHashes.length === 0) return result;
	const { newHashes } = result;
	writeStoredStates(changedStaticData(context), () =>
		statesToStore(newHashes, known, settings, Date.now()),
	);
	watchResponse(context.getResponseObject(), {
		onFinish: (isSuccess) => {
			for (const hash of newHashes) inMemory.set(hash, stateAfter(isSuccess), Date.now());
		},
		onDisconnect: (lateResponse) => {
			for (const hash of newHashes) inMemory.expectLateResponse(hash, lateResponse);
		},
	});
	return result;
}

interface ResponseHandlers {
	onFinish(isSuccess: boolean): void;
	/** The caller did not wait. n8n's response tells later how the workflow ended. */
	onDisconnect(lateResponse: LateResponse): void;
}

function watchResponse(response: Response, handlers: ResponseHandlers): void {
	const isSuccess = () => response.statusCode >= 200 && response.statusCode < 300;
	// n8n ends the response even if the caller has disconnected: nothing is sent, but its status is set.
	const lateResponse = () => (response.writableEnded ? isSuccess() : undefined);
	// The caller disconnected during the look-ups: no event will be emitted any more.
	if (response.closed || response.destroyed) return handlers.onDisconnect(lateResponse);
	let isFinished = false;
	response.once('finish', () => {
		isFinished = true;
		handlers.onFinish(isSuccess());
	});
	response.once('close', () => {
		if (!isFinished) handlers.onDisconnect(lateResponse);
	});
}
