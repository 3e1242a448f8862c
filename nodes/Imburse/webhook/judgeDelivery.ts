import type {
	ICredentialDataDecryptedObject,
	INodeExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';

import { openConnection, readCredential, type Connection } from '../api/connection';
import { parseCredential } from '../api/credential';
import { digest } from '../n8n/digest';
import { mapInSlices, timeSlice, type GiveWay } from '../n8n/timeSlice';
import { describeError, type ValidationError } from '../validation/result';
import { acceptDelivery, UNAUTHORIZED, type DeliveryDecision } from './acceptDelivery';
import type { AcceptedEvent } from './confirm/confirmEvents';
import { lookUpQueueOf } from './confirm/lookUpQueue';
import { readDelivery, type Delivery } from './delivery';
import { eventItem } from './eventItem';
import { eventKeyOf, type EventScope } from './events/eventKey';
import { SharedRead, type Reader } from './sharedRead';
import { TriggerCache } from './triggerCache';
import { readTriggerParameters } from './triggerParameters';
import { validateSettings, type TriggerSettings } from './triggerSettings';

/** What becomes of a delivery, before its events are compared with earlier ones. */
export type Verdict =
	| Exclude<DeliveryDecision, { kind: 'accepted' }>
	| { kind: 'accepted'; events: KeyedEvent[]; settings: TriggerSettings };

/** An event with what it is known by, and the item that it becomes. */
export interface KeyedEvent {
	key: string;
	hash: string;
	item: INodeExecutionData;
}

export const INTERNAL_ERROR = 500;

/** Judges a delivery. None is refused by a credential that was read before the delivery came. */
export async function judgeDelivery(context: IWebhookFunctions): Promise<Verdict> {
	const reader = readerFor(context);
	const delivery = await readDelivery(context);
	const { value, isFresh } = await reader.recent();
	const verdict = await judgeBy(value, delivery, context);
	if (isFresh || !mayDependOnCredential(verdict)) return verdict;
	const fresh = await reader.fresh();
	return isSameButForToken(fresh, value) ? verdict : await judgeBy(fresh, delivery, context);
}

function mayDependOnCredential(verdict: Verdict): boolean {
	return verdict.kind === 'rejected' && [UNAUTHORIZED, INTERNAL_ERROR].includes(verdict.status);
}

/** A token is renewed where Imburse no longer takes it: nothing is refused for that. */
function isSameButForToken(
	one: ICredentialDataDecryptedObject,
	other: ICredentialDataDecryptedObject,
): boolean {
	const textOf = (data: ICredentialDataDecryptedObject) =>
		JSON.stringify({ ...parseCredential(data), accessToken: '' });
	return textOf(one) === textOf(other);
}

async function judgeBy(
	credential: ICredentialDataDecryptedObject,
	delivery: Delivery,
	context: IWebhookFunctions,
): Promise<Verdict> {
	const giveWay = timeSlice();
	// n8n writes a new token into it, so each delivery has its own.
	const opened = await openConnection(context, async () => ({ ...credential }));
	if (!opened.ok) return notSetUp(opened.errors);
	const connection = opened.value;
	const validated = validateSettings(readTriggerParameters(context), connection.credential);
	if (!validated.ok) return notSetUp(validated.errors);
	const settings = validated.value;
	const queue = lookUpQueueOf(connection);
	const decision = await acceptDelivery(delivery, settings, connection, queue, giveWay);
	if (decision.kind !== 'accepted') return decision;
	const events = await keyedEvents(decision.events, connection, giveWay);
	return { kind: 'accepted', events, settings };
}

function notSetUp(errors: ValidationError[]): Verdict {
	const reasons = errors.map(describeError);
	const reason = `the trigger is not set up: ${reasons.join(' ')}`;
	return { kind: 'rejected', status: INTERNAL_ERROR, reason };
}

async function keyedEvents(
	accepted: AcceptedEvent[],
	connection: Connection,
	giveWay: GiveWay,
): Promise<KeyedEvent[]> {
	const scope = scopeOf(connection);
	const { environment } = connection.credential;
	const receivedAt = new Date().toISOString();
	return await mapInSlices(accepted, giveWay, (each) => {
		const key = eventKeyOf(each.event, each.confirmed, scope);
		const item = eventItem(each, key, environment, receivedAt);
		return { key, hash: digest(key), item };
	});
}

function scopeOf({ baseUrl, credential }: Connection): EventScope {
	const { environment, tenantId } = credential;
	return { environment: environment === 'custom' ? new URL(baseUrl).host : environment, tenantId };
}

const credentialReads = new TriggerCache<SharedRead<ICredentialDataDecryptedObject>>();

/**
 * A reader of the credential. Deliveries share a reading that n8n has not answered yet: n8n 2.41 makes
 * an isolate for each of them, which costs a third of a delivery.
 */
function readerFor(context: IWebhookFunctions): Reader<ICredentialDataDecryptedObject> {
	// A workflow that is saved may name another credential.
	const { id, credentials } = context.getNode();
	const key = JSON.stringify([context.getWorkflow().id, id, credentials]);
	const reads = credentialReads.getOrAdd(key, () => new SharedRead());
	const response = context.getResponseObject();
	const reader = reads.join(
		async () => await readCredential(context),
		() => response.writableEnded || response.destroyed,
	);
	if (response.closed) reader.leave();
	else response.once('close', reader.leave);
	return reader;
}
