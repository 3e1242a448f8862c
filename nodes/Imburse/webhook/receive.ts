import type {
	ICredentialDataDecryptedObject,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { logWarning } from '../n8n/notices';
import { openConnection, readCredential, type Connection } from '../api/connection';
import { digest } from '../n8n/digest';
import { mapInSlices, timeSlice, type GiveWay } from '../n8n/timeSlice';
import { describeError, type ValidationError } from '../validation/result';
import { acceptDelivery } from './acceptDelivery';
import type { AcceptedEvent } from './confirm/confirmEvents';
import { lookUpQueueOf } from './confirm/lookUpQueue';
import { deduplicateDelivery } from './deduplicate/deduplicateDelivery';
import { readDelivery } from './delivery';
import { eventItem } from './eventItem';
import { eventKeyOf, type EventScope } from './events/eventKey';
import { SharedRead } from './sharedRead';
import { TriggerCache } from './triggerCache';
import { readTriggerParameters } from './triggerParameters';
import { validateSettings, type TriggerSettings } from './triggerSettings';

/**
 * Handles one call of the trigger's URL. Every error becomes a failure response and is never thrown:
 * n8n would start the workflow with an empty item then.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		return await readsFor(context).share(
			async () => await readCredential(context),
			async (credential) => await processDelivery(context, { ...credential }),
		);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		return reject(context, INTERNAL_ERROR, `the trigger could not deal with it: ${reason}`);
	}
}

const INTERNAL_ERROR = 500;
const UNAVAILABLE = 503;

/** @param credential for this delivery alone */
async function processDelivery(
	context: IWebhookFunctions,
	credential: ICredentialDataDecryptedObject,
): Promise<IWebhookResponseData> {
	const giveWay = timeSlice();
	const connection = await openConnection(context, async () => credential);
	if (!connection.ok) return rejectUnconfigured(context, connection.errors);
	const settings = validateSettings(readTriggerParameters(context), connection.value.credential);
	if (!settings.ok) return rejectUnconfigured(context, settings.errors);
	const decision = await acceptDelivery(
		await readDelivery(context),
		settings.value,
		connection.value,
		lookUpQueueOf(connection.value),
		giveWay,
	);
	switch (decision.kind) {
		case 'rejected':
			return reject(context, decision.status, decision.reason);
		case 'deferred':
			return defer(context, decision.reason, decision.retryAfter);
		case 'accepted':
			return startWorkflow(context, decision.events, settings.value, connection.value, giveWay);
	}
}

const credentialReads = new TriggerCache<SharedRead<ICredentialDataDecryptedObject>>();

/**
 * Readings of the credential, which deliveries share that are handled at the same time: n8n 2.41 makes
 * an isolate for each of them, which costs a third of a delivery.
 */
function readsFor(context: IWebhookFunctions): SharedRead<ICredentialDataDecryptedObject> {
	// A workflow that is saved may name another credential.
	const id = JSON.stringify([triggerIdOf(context), context.getNode().credentials]);
	return credentialReads.getOrAdd(id, () => new SharedRead());
}

/** Starts the workflow with the new events. */
async function startWorkflow(
	context: IWebhookFunctions,
	accepted: AcceptedEvent[],
	settings: TriggerSettings,
	connection: Connection,
	giveWay: GiveWay,
): Promise<IWebhookResponseData> {
	const scope = scopeOf(connection);
	const { environment } = connection.credential;
	const receivedAt = new Date().toISOString();
	const events = await mapInSlices(accepted, giveWay, (each) => {
		const key = eventKeyOf(each.event, each.confirmed, scope);
		const item = eventItem(each, key, environment, receivedAt);
		return { key, hash: digest(key), item };
	});
	// Nothing gives way from here on: the events of a delivery are marked all at once.
	const result = deduplicateDelivery(
		context,
		triggerIdOf(context),
		events.map(({ hash }) => hash),
		settings,
	);
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

function scopeOf({ baseUrl, credential }: Connection): EventScope {
	const { environment, tenantId } = credential;
	return { environment: environment === 'custom' ? new URL(baseUrl).host : environment, tenantId };
}

/** The same for every call of the same trigger. */
function triggerIdOf(context: IWebhookFunctions): string {
	return `${context.getWorkflow().id}/${context.getNode().id}`;
}

function rejectUnconfigured(
	context: IWebhookFunctions,
	errors: ValidationError[],
): IWebhookResponseData {
	const reasons = errors.map(describeError);
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
