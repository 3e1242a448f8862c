import type { Connection } from '../api/connection';
import { confirmEvents, type AcceptedEvent } from './confirm/confirmEvents';
import type { LookUpBudget } from './confirm/lookUpBudget';
import type { Delivery } from './delivery';
import { readEvent } from './events/event';
import { matchesFilters, matchesEventTypes } from './events/filters';
import { splitEvents } from './events/splitEvents';
import { parseBody } from './readDelivery';
import type { TriggerSettings } from './triggerSettings';
import { isInRanges } from './verify/ipRanges';
import { provesOrigin, verifyDelivery } from './verify/verifyDelivery';

/** What a delivery comes to, before anybody asks whether it came before. */
export type DeliveryDecision =
	| { kind: 'accepted'; events: AcceptedEvent[] }
	/** Not let in, with the status to answer; the reason is for n8n's log and holds no secret. */
	| { kind: 'rejected'; status: number; reason: string }
	| { kind: 'deferred'; reason: string; retryAfter: number };

const UNAUTHORIZED = 401;
const TOO_LARGE = 413;
const UNPROCESSABLE = 422;

/** Decides about a delivery. It is taken or refused whole. */
export async function acceptDelivery(
	delivery: Delivery,
	settings: TriggerSettings,
	connection: Connection,
	budget: LookUpBudget,
): Promise<DeliveryDecision> {
	const {
		allowedIpRanges: allowedAddresses,
		confirmsEvents: confirms,
		filters,
		maxBodyBytes: maxBody,
		verification,
	} = settings;
	if (allowedAddresses.length > 0 && !isInRanges(delivery.ipAddress, allowedAddresses)) {
		const reason = `it comes from ${delivery.ipAddress}, which is none of the Allowed Addresses`;
		return { kind: 'rejected', status: UNAUTHORIZED, reason };
	}
	if (delivery.body.length > maxBody) {
		const reason = `its body has ${delivery.body.length} bytes, more than Max Body Size allows`;
		return { kind: 'rejected', status: TOO_LARGE, reason };
	}
	const result = verifyDelivery(delivery, verification, Date.now());
	if (!result.ok) return { kind: 'rejected', status: UNAUTHORIZED, reason: result.reason };
	const split = splitEvents(parseBody(delivery), settings.eventListPath);
	if (!split.ok) return { kind: 'rejected', status: UNPROCESSABLE, reason: split.reason };
	const events = split.events
		.map((payload) => readEvent(payload, settings.eventPaths))
		.filter((event) => matchesEventTypes(event, filters));
	if (!confirms) {
		const unconfirmed = events.map((event) => ({ event, confirmed: false }));
		return { kind: 'accepted', events: wantedEvents(unconfirmed, settings) };
	}
	const { readsOrder: readsOrder } = settings;
	const isOriginProved = provesOrigin(verification);
	const confirmation = await confirmEvents(connection, budget, events, {
		isOriginProved: isOriginProved,
		readsOrder,
	});
	if (confirmation.kind === 'rejected') return { ...confirmation, status: UNAUTHORIZED };
	if (confirmation.kind === 'deferred') return confirmation;
	return { kind: 'accepted', events: wantedEvents(confirmation.events, settings) };
}

function wantedEvents(events: AcceptedEvent[], { filters }: TriggerSettings): AcceptedEvent[] {
	return events.filter(({ event }) => matchesFilters(event, filters));
}
