import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { openConnection, type Connection } from '../api/connection';
import type { ValidationError } from '../validation/result';
import type { JudgedEvent } from './confirm/confirm';
import { budgetOf } from './confirm/budgets';
import { eventItem } from './eventItem';
import { eventKeyOf } from './events/eventKey';
import { judgeDelivery } from './judgeDelivery';
import { readDelivery } from './readDelivery';
import { rememberDelivery } from './remember/rememberDelivery';
import { checkSettings, type TriggerSettings } from './settings';
import { triggerParameters } from './triggerParameters';

/**
 * Takes one call of the trigger's address. Whatever goes wrong, it answers with a failure and never
 * throws: n8n would start the workflow with an empty item then.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		return await takeDelivery(context);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		return refuse(context, INTERNAL_ERROR, `the trigger could not deal with it: ${reason}`);
	}
}

const INTERNAL_ERROR = 500;
const UNAVAILABLE = 503;

async function takeDelivery(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const connection = await openConnection(context);
	if (!connection.ok) return notSetUp(context, connection.errors);
	const settings = checkSettings(triggerParameters(context), connection.value.credential);
	if (!settings.ok) return notSetUp(context, settings.errors);
	const judged = await judgeDelivery(
		await readDelivery(context),
		settings.value,
		connection.value,
		budgetOf(triggerOf(context), settings.value.maxLookups),
	);
	switch (judged.kind) {
		case 'refused':
			return refuse(context, judged.status, judged.reason);
		case 'later':
			return putOff(context, judged.reason, judged.seconds);
		case 'events':
			return await handOver(context, judged.events, settings.value, connection.value);
	}
}

/** Starts the workflow with the events that did not come before. */
async function handOver(
	context: IWebhookFunctions,
	events: JudgedEvent[],
	settings: TriggerSettings,
	{ baseUrl, credential }: Connection,
): Promise<IWebhookResponseData> {
	const environment =
		credential.environment === 'custom' ? new URL(baseUrl).host : credential.environment;
	const home = { environment, tenantId: credential.tenantId };
	const keys = events.map(({ event, confirmed }) => eventKeyOf(event, confirmed, home));
	const claim = rememberDelivery(context, triggerOf(context), keys, settings);
	if (claim.kind === 'pending') {
		return putOff(context, `the event ${claim.eventKey} is being handled at this moment`, 1);
	}
	const receivedAt = new Date().toISOString();
	const items = events
		.map((judged, index) =>
			eventItem(judged, keys[index] ?? '', credential.environment, receivedAt),
		)
		.filter((_, index) => claim.fresh[index]);
	return items.length === 0 ? { webhookResponse: NOTHING_NEW } : { workflowData: [paired(items)] };
}

const NOTHING_NEW = 'Nothing new';

function paired(items: INodeExecutionData[]): INodeExecutionData[] {
	return items.map((item) => ({ ...item, pairedItem: { item: 0 } }));
}

/** The same for every call of the same trigger. */
function triggerOf(context: IWebhookFunctions): string {
	return `${context.getWorkflow().id}/${context.getNode().id}`;
}

function notSetUp(context: IWebhookFunctions, errors: ValidationError[]): IWebhookResponseData {
	const reasons = errors.map(({ field, reason, fix }) => `${field}: ${reason}. ${fix}`);
	return refuse(context, INTERNAL_ERROR, `the trigger is not set up: ${reasons.join(' ')}`);
}

function putOff(context: IWebhookFunctions, reason: string, seconds: number): IWebhookResponseData {
	context.getResponseObject().setHeader('Retry-After', String(seconds));
	return refuse(context, UNAVAILABLE, reason);
}

/** n8n answers 200 unless the node ends the response itself. Nothing is told to the caller. */
function refuse(context: IWebhookFunctions, status: number, reason: string): IWebhookResponseData {
	const { name } = context.getNode();
	context.logger.warn(`"${name}" refused a call with ${status}: ${reason}`);
	context
		.getResponseObject()
		.status(status)
		.send(ANSWERS[status] ?? 'Refused')
		.end();
	return { noWebhookResponse: true };
}

const ANSWERS: Readonly<Record<number, string>> = {
	401: 'Unauthorized',
	413: 'Too large',
	422: 'Not understood',
	500: 'Not taken',
	503: 'Not now',
};
