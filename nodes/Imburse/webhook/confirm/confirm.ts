import type { Connection } from '../../api/connection';
import type { JsonObject } from '../../api/jsonObject';
import { FAILURE_STATUSES } from '../../validation/terminalFailure';
import { formatValue } from '../../validation/format';
import { isAboutSomethingElse } from '../events/aboutSomethingElse';
import type { ImburseEvent } from '../events/event';
import { own } from '../events/records';
import { ask, type Found } from './ask';
import { atOnce } from './atOnce';
import { confirmedEvent } from './confirmed';
import { LOOKUPS_AT_ONCE, type LookupBudget } from './lookupBudget';

/** An event with whether Imburse itself has confirmed its state. */
export interface JudgedEvent {
	event: ImburseEvent;
	confirmed: boolean;
}

/** What a delivery comes to when Imburse has been asked about its events. */
export type Confirmation =
	| { kind: 'judged'; events: JudgedEvent[] }
	/** Imburse says that an event is not true, or an event names nothing that could be asked for. */
	| { kind: 'refused'; reason: string }
	/** Nobody can tell now. */
	| { kind: 'later'; reason: string; seconds: number };

export interface ConfirmRules {
	/** Whether the origin of the delivery was proved, so that what cannot be looked up may pass. */
	isProved: boolean;
	/** Whether the metadata of the order is wanted beside the instruction's. */
	readsOrder: boolean;
}

/** When Imburse could not be asked, and the sender is to try again. Seconds. */
const AGAIN_AFTER = 60;

/**
 * Asks Imburse about every event that names an instruction (API reference 7.3 recommends it: an event
 * is no more than a hint). One answer that is missing holds up the whole delivery, since it is taken
 * or refused whole.
 */
export async function confirmEvents(
	connection: Connection,
	budget: LookupBudget,
	events: readonly ImburseEvent[],
	rules: ConfirmRules,
): Promise<Confirmation> {
	const targets = events.map(targetOf);
	const open = targets.findIndex((target) => target === undefined);
	if (open >= 0 && !rules.isProved) return { kind: 'refused', reason: NOT_NAMED };
	const other = rules.isProved ? undefined : events.find(isAboutSomethingElse);
	if (other) return { kind: 'refused', reason: NOT_CONFIRMABLE(other.eventType) };
	const lookups = lookupsFor(targets, rules);
	const taking = budget.take(lookups.length, Date.now());
	if (!taking.ok && lookups.length > 0) {
		return { kind: 'later', reason: OVER_BUDGET, seconds: taking.wait };
	}
	const answers = await lookUp(connection, lookups);
	if (taking.ok) taking.giveBack(lookups.length - answers.size);
	const missing = [...answers.values()].find((found) => found.kind === 'unavailable');
	if (missing) return { kind: 'later', reason: missing.why, seconds: AGAIN_AFTER };
	const untrue = lookups.find(({ key }) => answers.get(key)?.kind === 'absent');
	if (untrue) return { kind: 'refused', reason: `Imburse has no ${untrue.label}` };
	const judgedEvents = events.map((event) => judged(event, answers, rules));
	const late = judgedEvents.findIndex(({ event, confirmed }, index) => {
		return confirmed && hasEnded(events[index]?.status) && !hasEnded(event.status);
	});
	if (late < 0) return { kind: 'judged', events: judgedEvents };
	return { kind: 'later', reason: notYet(events[late], judgedEvents[late]), seconds: AGAIN_AFTER };
}

/** Statuses after which nothing more is expected, of both generations (API reference 5). */
const ENDS: ReadonlySet<string> = new Set(['SETTLED', 'COMPLETED', ...FAILURE_STATUSES]);

function hasEnded(status: string | null | undefined): boolean {
	return ENDS.has(status ?? '');
}

/** What Imburse answers may lag behind what it tells; to take the older state would lose the end. */
function notYet(told: ImburseEvent | undefined, held: JudgedEvent | undefined): string {
	return `it tells of the status ${told?.status}, and Imburse still answers ${held?.event.status}`;
}

const NOT_NAMED =
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

interface Lookup {
	key: string;
	label: string;
	request: Parameters<typeof ask>[2];
}

/** Each order and instruction once, however many events name it. */
function lookupsFor(targets: ReadonlyArray<Target | undefined>, rules: ConfirmRules): Lookup[] {
	const lookups = new Map<string, Lookup>();
	for (const target of targets) {
		if (!target) continue;
		const needed = rules.readsOrder
			? [instructionLookup(target), orderLookup(target)]
			: [instructionLookup(target)];
		for (const lookup of needed) lookups.set(lookup.key, lookup);
	}
	return [...lookups.values()];
}

function instructionLookup({ orderRef, instructionRef }: Target): Lookup {
	return {
		key: JSON.stringify([orderRef, instructionRef]),
		label: `instruction "${instructionRef}" of Payment Order "${orderRef}"`,
		request: { endpoint: 'getInstruction', identifiers: { orderRef, instructionRef } },
	};
}

function orderLookup({ orderRef }: Target): Lookup {
	return {
		key: JSON.stringify([orderRef]),
		label: `Payment Order "${orderRef}"`,
		request: { endpoint: 'getOrder', identifiers: { orderRef } },
	};
}

/** What Imburse says to each, until one answer decides about the whole delivery. */
async function lookUp(
	connection: Connection,
	lookups: readonly Lookup[],
): Promise<Map<string, Found>> {
	const answers = await atOnce(
		lookups,
		LOOKUPS_AT_ONCE,
		async (lookup) => usable(lookup, await ask(connection, lookup.label, lookup.request)),
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
function usable({ label, request }: Lookup, found: Found): Found {
	if (request.endpoint === 'getOrder') {
		return found.kind === 'absent' ? { kind: 'found', value: {} } : found;
	}
	if (found.kind !== 'found') return found;
	if (typeof own(found.value, 'status') !== 'string') {
		return { kind: 'unavailable', why: `${label} was answered without a status` };
	}
	const isOther = Object.entries(request.identifiers ?? {}).some(([name, asked]) => {
		const answered = own(found.value, name);
		return typeof answered === 'string' && answered !== asked;
	});
	if (!isOther) return found;
	return { kind: 'unavailable', why: `${label} was answered with another reference` };
}

function judged(
	event: ImburseEvent,
	answers: ReadonlyMap<string, Found>,
	{ isProved }: ConfirmRules,
): JudgedEvent {
	const target = targetOf(event);
	const instruction = target && valueOf(answers.get(instructionLookup(target).key));
	if (!target || !instruction) return { event, confirmed: false };
	const order = valueOf(answers.get(orderLookup(target).key));
	const sentMetadata = isProved ? event.metadata : {};
	return { event: confirmedEvent(event, instruction, order, sentMetadata), confirmed: true };
}

function valueOf(found: Found | undefined): JsonObject | undefined {
	return found?.kind === 'found' ? found.value : undefined;
}
