import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { openConnection, type Connection } from '../api/connection';
import type { ValidationError } from '../validation/result';
import type { AcceptedEvent } from './confirm/confirmEvents';
import { lookUpBudgetOf } from './confirm/budgets';
import { eventItem } from './eventItem';
import { eventKeyOf } from './events/eventKey';
import { acceptDelivery } from './acceptDelivery';
import { readDelivery } from './readDelivery';
import { deduplicateDelivery } from './deduplicate/deduplicateDelivery';
import { validateSettings, type TriggerSettings } from './triggerSettings';
import { readTriggerParameters } from './triggerParameters';

/**
 * Takes one call of the trigger's address. Whatever goes wrong, it answers with a failure and never
 * throws: n8n would start the workflow with an empty item then.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		return await processDelivery(context);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		return reject(context, INTERNAL_ERROR, `the trigger could not deal with it: ${reason}`);
	}
}

const INTERNAL_ERROR = 500;
const UNAVAILABLE = 503;

async function processDelivery(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const connection = await openConnection(context);
	if (!connection.ok) return rejectUnconfigured(context, connection.errors);
	const settings = validateSettings(readTriggerParameters(context), connection.value.credential);
	if (!settings.ok) return rejectUnconfigured(context, settings.errors);
	const decision = await acceptDelivery(
		await readDelivery(context),
		settings.value,
		connection.value,
		lookUpBudgetOf(triggerIdOf(context), settings.value.lookUpsPerMinute),
	);
	switch (decision.kind) {
		case 'rejected':
			return reject(context, decision.status, decision.reason);
		case 'deferred':
			return defer(context, decision.reason, decision.retryAfter);
		case 'accepted':
			return await startWorkflow(context, decision.events, settings.value, connection.value);
	}
}

/** Starts the workflow with the events that did not come before. */
async function startWorkflow(
	context: IWebhookFunctions,
	events: AcceptedEvent[],
	settings: TriggerSettings,
	{ baseUrl, credential }: Connection,
): Promise<IWebhookResponseData> {
	const environment =
		credential.environment === 'custom' ? new URL(baseUrl).host : credential.environment;
	const scope = { environment, tenantId: credential.tenantId };
	const keys = events.map(({ event, confirmed }) => eventKeyOf(event, confirmed, scope));
	const deduplication = deduplicateDelivery(context, triggerIdOf(context), keys, settings);
	if (deduplication.kind === 'pending') {
		return defer(context, `the event ${deduplication.eventKey} is being handled at this moment`, 1);
	}
	const receivedAt = new Date().toISOString();
	const items = events
		.map((judged, index) =>
			eventItem(judged, keys[index] ?? '', credential.environment, receivedAt),
		)
		.filter((_, index) => deduplication.isNew[index]);
	return items.length === 0
		? { webhookResponse: NOTHING_NEW }
		: { workflowData: [withPairedItem(items)] };
}

const NOTHING_NEW = 'Nothing new';

function withPairedItem(items: INodeExecutionData[]): INodeExecutionData[] {
	return items.map((item) => ({ ...item, pairedItem: { item: 0 } }));
}

/** The same for every call of the same trigger. */
function triggerIdOf(context: IWebhookFunctions): string {
	return `${context.getWorkflow().id}/${context.getNode().id}`;
}

function rejectUnconfigured(
	context: IWebhookFunctions,
	errors: ValidationError[],
): IWebhookResponseData {
	const reasons = errors.map(({ field, reason, fix }) => `${field}: ${reason}. ${fix}`);
	return reject(context, INTERNAL_ERROR, `the trigger is not set up: ${reasons.join(' ')}`);
}

function defer(
	context: IWebhookFunctions,
	reason: string,
	retryAfter: number,
): IWebhookResponseData {
	context.getResponseObject().setHeader('Retry-After', String(retryAfter));
	return reject(context, UNAVAILABLE, reason);
}

/** n8n answers 200 unless the node ends the response itself. Nothing is told to the caller. */
function reject(context: IWebhookFunctions, status: number, reason: string): IWebhookResponseData {
	const { name } = context.getNode();
	context.logger.warn(`"${name}" refused a call with ${status}: ${reason}`);
	context
		.getResponseObject()
		.status(status)
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
