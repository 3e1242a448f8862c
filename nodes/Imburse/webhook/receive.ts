import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { logWarning } from '../n8n/notices';
import { deduplicateDelivery } from './deduplicate/deduplicateDelivery';
import { INTERNAL_ERROR, judgeDelivery, type KeyedEvent, type Verdict } from './judgeDelivery';
import type { TriggerSettings } from './triggerSettings';

/**
 * Handles one call of the trigger's URL. Every error becomes a failure response and is never thrown:
 * n8n would start the workflow with an empty item then.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		return respond(context, await judgeDelivery(context));
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		return reject(context, INTERNAL_ERROR, `the trigger could not deal with it: ${reason}`);
	}
}

const UNAVAILABLE = 503;

function respond(context: IWebhookFunctions, verdict: Verdict): IWebhookResponseData {
	switch (verdict.kind) {
		case 'rejected':
			return reject(context, verdict.status, verdict.reason);
		case 'deferred':
			return defer(context, verdict.reason, verdict.retryAfter);
		case 'accepted':
			return startWorkflow(context, verdict.events, verdict.settings);
	}
}

/** Starts the workflow with the new events. Nothing gives way: they are marked all at once. */
function startWorkflow(
	context: IWebhookFunctions,
	events: KeyedEvent[],
	settings: TriggerSettings,
): IWebhookResponseData {
	const triggerId = `${context.getWorkflow().id}/${context.getNode().id}`;
	const hashes = events.map(({ hash }) => hash);
	const result = deduplicateDelivery(context, triggerId, hashes, settings);
	if (result.kind === 'pending') {
		const key = events[result.index]?.key;
		return defer(context, `the event ${key} is being handled at this moment`, 1);
	}
	const items = events.flatMap(({ item }, index) => (result.isNew[index] ? [item] : []));
	if (items.length > 0) return { workflowData: [items] };
	context.getResponseObject().type('text/plain');
	return { webhookResponse: NOTHING_NEW };
}

const NOTHING_NEW = 'Nothing new';

function defer(
	context: IWebhookFunctions,
	reason: string,
	retryAfter: number,
): IWebhookResponseData {
	context.getResponseObject().setHeader('Retry-After', String(retryAfter));
	return reject(context, UNAVAILABLE, reason);
}

/**
 * Responds with a failure. The reason goes to n8n's log only: the caller may be anybody. n8n would
 * respond with 200 if the node did not end the response itself.
 */
function reject(context: IWebhookFunctions, status: number, reason: string): IWebhookResponseData {
	const { name } = context.getNode();
	logWarning(context, `"${name}" refused a call with ${status}: ${reason}`);
	context
		.getResponseObject()
		.status(status)
		.type('text/plain')
		.send(RESPONSE_TEXTS[status] ?? 'Refused')
		.end();
	return { noWebhookResponse: true };
}

const RESPONSE_TEXTS: Readonly<Record<number, string>> = {
	401: 'Unauthorized',
	413: 'Too large',
	422: 'Not understood',
	500: 'Not taken',
	503: 'Not now',
};
