import type { Connection } from '../../api/connection';
import type { JsonObject } from '../../api/jsonObject';
import { FAILURE_STATUSES } from '../../validation/terminalFailure';
import { formatValue } from '../../validation/format';
import { isAboutSomethingElse } from '../events/aboutSomethingElse';
import type { ImburseEvent } from '../events/event';
import { ownProperty } from '../jsonValues';
import { lookUp, type LookUpResult } from './lookUp';
import { mapUntil } from './mapUntil';
import { confirmedEvent } from './confirmedEvent';
import { LOOK_UP_CONCURRENCY, type LookUpBudget } from './lookUpBudget';

/** An event with whether Imburse itself has confirmed its state. */
export interface AcceptedEvent {
	event: ImburseEvent;
	confirmed: boolean;
}

/** What a delivery comes to when Imburse has been asked about its events. */
export type ConfirmationResult =
	| { kind: 'accepted'; events: AcceptedEvent[] }
	/** Imburse says that an event is not true, or an event names nothing that could be asked for. */
	| { kind: 'rejected'; reason: string }
	/** Nobody can tell now. */
	| { kind: 'deferred'; reason: string; retryAfter: number };

export interface ConfirmOptions {
	/** Whether the origin of the delivery was proved, so that what cannot be looked up may pass. */
	isOriginProved: boolean;
	/** Whether the metadata of the order is wanted beside the instruction's. */
	readsOrder: boolean;
}

/** When Imburse could not be asked, and the sender is to try again. Seconds. */
const RETRY_AFTER = 60;

/**
 * Asks Imburse about every event that names an instruction (API reference 7.3 recommends it: an event
 * is no more than a hint). One answer that is missing holds up the whole delivery, since it is taken
 * or refused whole.
 */
export async function confirmEvents(
	connection: Connection,
	budget: LookUpBudget,
	events: readonly ImburseEvent[],
	rules: ConfirmOptions,
): Promise<ConfirmationResult> {
	const targets = events.map(targetOf);
	const open = targets.findIndex((target) => target === undefined);
	if (open >= 0 && !rules.isOriginProved) return { kind: 'rejected', reason: NO_INSTRUCTION_NAMED };
	const other = rules.isOriginProved ? undefined : events.find(isAboutSomethingElse);
	if (other) return { kind: 'rejected', reason: NOT_CONFIRMABLE(other.eventType) };
	const lookups = lookUpsFor(targets, rules);
	const taking = budget.take(lookups.length, Date.now());
	if (!taking.ok && lookups.length > 0) {
		return { kind: 'deferred', reason: OVER_BUDGET, retryAfter: taking.retryAfter };
	}
	const answers = await runLookUps(connection, lookups);
	if (taking.ok) taking.giveBack(lookups.length - answers.size);
	const missing = [...answers.values()].find((found) => found.kind === 'unavailable');
	if (missing) return { kind: 'deferred', reason: missing.why, retryAfter: RETRY_AFTER };
	const untrue = lookups.find(({ key }) => answers.get(key)?.kind === 'absent');
	if (untrue) return { kind: 'rejected', reason: `Imburse has no ${untrue.label}` };
	const acceptedEvents = events.map((event) => acceptedEvent(event, answers, rules));
	const late = acceptedEvents.findIndex(({ event, confirmed }, index) => {
		return confirmed && isFinal(events[index]?.status) && !isFinal(event.status);
	});
	if (late < 0) return { kind: 'accepted', events: acceptedEvents };
	return {
		kind: 'deferred',
		reason: laggingReason(events[late], acceptedEvents[late]),
		retryAfter: RETRY_AFTER,
	};
}

/** Statuses after which nothing more is expected, of both generations (API reference 5). */
const FINAL_STATUSES: ReadonlySet<string> = new Set(['SETTLED', 'COMPLETED', ...FAILURE_STATUSES]);

function isFinal(status: string | null | undefined): boolean {
	return FINAL_STATUSES.has(status ?? '');
}

/** What Imburse answers may lag behind what it tells; to take the older state would lose the end. */
function laggingReason(told: ImburseEvent | undefined, held: AcceptedEvent | undefined): string {
	return `it tells of the status ${told?.status}, and Imburse still answers ${held?.event.status}`;
}

const NO_INSTRUCTION_NAMED =
	'it holds an event that names no instruction, so that Imburse cannot be asked about it. Choose the event types that do, or verify deliveries by a signature or by a secret in a header';
const NOT_CONFIRMABLE = (eventType: string | null) =>
	`it holds an event of the type ${formatValue(eventType)}, which reading an instruction does not confirm. Leave it out of the Event Types, or verify deliveries by a signature or by a secret in a header`;
const OVER_BUDGET =
	'more look-ups would be needed than Max Look-Ups per Minute allows; nothing was taken';

/** API reference 4.1, documented. A dot alone would be another path. */
const REFERENCE = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,50}$/;

interface Target {
	orderRef: string;
	instructionRef: string;
}

/** The instruction that an event is about; undefined where it names none that can exist. */
function targetOf({ orderRef, instructionRef }: ImburseEvent): Target | undefined {
	if (orderRef === null || instructionRef === null) return undefined;
	const canExist = [orderRef, instructionRef].every((text) => REFERENCE.test(text));
	return canExist ? { orderRef, instructionRef } : undefined;
}

interface LookUp {
	key: string;
	label: string;
	request: Parameters<typeof lookUp>[2];
}

/** Each order and instruction once, however many events name it. */
function lookUpsFor(targets: ReadonlyArray<Target | undefined>, rules: ConfirmOptions): LookUp[] {
	const lookups = new Map<string, LookUp>();
	for (const target of targets) {
		if (!target) continue;
		const needed = rules.readsOrder
			? [instructionLookUp(target), orderLookUp(target)]
			: [instructionLookUp(target)];
		for (const lookup of needed) lookups.set(lookup.key, lookup);
	}
	return [...lookups.values()];
}

function instructionLookUp({ orderRef, instructionRef }: Target): LookUp {
	return {
		key: JSON.stringify([orderRef, instructionRef]),
		label: `instruction "${instructionRef}" of Payment Order "${orderRef}"`,
		request: { endpoint: 'getInstruction', identifiers: { orderRef, instructionRef } },
	};
}

function orderLookUp({ orderRef }: Target): LookUp {
	return {
		key: JSON.stringify([orderRef]),
		label: `Payment Order "${orderRef}"`,
		request: { endpoint: 'getOrder', identifiers: { orderRef } },
	};
}

/** What Imburse says to each, until one answer decides about the whole delivery. */
async function runLookUps(
	connection: Connection,
	lookups: readonly LookUp[],
): Promise<Map<string, LookUpResult>> {
	const answers = await mapUntil(
		lookups,
		LOOK_UP_CONCURRENCY,
		async (lookup) => checkedResult(lookup, await lookUp(connection, lookup.label, lookup.request)),
		(found) => found.kind !== 'found',
	);
	return new Map(
		lookups.flatMap(({ key }, index) => {
			const found = answers[index];
			return found ? [[key, found] as const] : [];
		}),
	);
}

/** An instruction without a status confirms nothing; an order that is gone has no metadata to add. */
function checkedResult({ label, request }: LookUp, found: LookUpResult): LookUpResult {
	if (request.endpoint === 'getOrder') {
		return found.kind === 'absent' ? { kind: 'found', value: {} } : found;
	}
	if (found.kind !== 'found') return found;
	if (typeof ownProperty(found.value, 'status') !== 'string') {
		return { kind: 'unavailable', why: `${label} was answered without a status` };
	}
	const isOther = Object.entries(request.identifiers ?? {}).some(([name, asked]) => {
		const answered = ownProperty(found.value, name);
		return typeof answered === 'string' && answered !== asked;
	});
	if (!isOther) return found;
	return { kind: 'unavailable', why: `${label} was answered with another reference` };
}

function acceptedEvent(
	event: ImburseEvent,
	answers: ReadonlyMap<string, LookUpResult>,
	{ isOriginProved: isOriginProved }: ConfirmOptions,
): AcceptedEvent {
	const target = targetOf(event);
	const instruction = target && foundValue(answers.get(instructionLookUp(target).key));
	if (!target || !instruction) return { event, confirmed: false };
	const order = foundValue(answers.get(orderLookUp(target).key));
	const sentMetadata = isOriginProved ? event.metadata : {};
	return { event: confirmedEvent(event, instruction, order, sentMetadata), confirmed: true };
}

function foundValue(found: LookUpResult | undefined): JsonObject | undefined {
	return found?.kind === 'found' ? found.value : undefined;
}
