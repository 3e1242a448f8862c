import type { Connection } from '../api/connection';
import { confirmEvents, type JudgedEvent } from './confirm/confirm';
import type { LookupBudget } from './confirm/lookupBudget';
import type { Delivery } from './delivery';
import { readEvent } from './events/event';
import { isWanted, isWantedType } from './events/filters';
import { splitEvents } from './events/splitEvents';
import { jsonIn } from './readDelivery';
import type { TriggerSettings } from './settings';
import { isWithin } from './verify/address';
import { provesOrigin, verify } from './verify/verification';

/** What a delivery comes to, before anybody asks whether it came before. */
export type Judged =
	| { kind: 'events'; events: JudgedEvent[] }
	/** Not let in, with the status to answer; the reason is for n8n's log and holds no secret. */
	| { kind: 'refused'; status: number; reason: string }
	| { kind: 'later'; reason: string; seconds: number };

const UNAUTHORIZED = 401;
const TOO_LARGE = 413;
const UNPROCESSABLE = 422;

/** Decides about a delivery. It is taken or refused whole. */
export async function judgeDelivery(
	delivery: Delivery,
	settings: TriggerSettings,
	connection: Connection,
	budget: LookupBudget,
): Promise<Judged> {
	const { allowedAddresses, confirms, filters, maxBody, verification } = settings;
	if (allowedAddresses.length > 0 && !isWithin(delivery.address, allowedAddresses)) {
		const reason = `it comes from ${delivery.address}, which is none of the Allowed Addresses`;
		return { kind: 'refused', status: UNAUTHORIZED, reason };
	}
	if (delivery.body.length > maxBody) {
		const reason = `its body has ${delivery.body.length} bytes, more than Max Body Size allows`;
		return { kind: 'refused', status: TOO_LARGE, reason };
	}
	const verdict = verify(delivery, verification, Date.now());
	if (!verdict.ok) return { kind: 'refused', status: UNAUTHORIZED, reason: verdict.reason };
	const split = splitEvents(jsonIn(delivery), settings.eventsPath);
	if (!split.ok) return { kind: 'refused', status: UNPROCESSABLE, reason: split.reason };
	const events = split.events
		.map((payload) => readEvent(payload, settings.paths))
		.filter((event) => isWantedType(event, filters));
	if (!confirms) {
		const unconfirmed = events.map((event) => ({ event, confirmed: false }));
		return { kind: 'events', events: wanted(unconfirmed, settings) };
	}
	const { readsOrder } = settings;
	const isProved = provesOrigin(verification);
	const confirmation = await confirmEvents(connection, budget, events, { isProved, readsOrder });
	if (confirmation.kind === 'refused') return { ...confirmation, status: UNAUTHORIZED };
	if (confirmation.kind === 'later') return confirmation;
	return { kind: 'events', events: wanted(confirmation.events, settings) };
}

function wanted(events: JudgedEvent[], { filters }: TriggerSettings): JudgedEvent[] {
	return events.filter(({ event }) => isWanted(event, filters));
}
