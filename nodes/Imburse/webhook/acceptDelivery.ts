import type { Connection } from '../api/connection';
import {
	confirmEvents,
	type AcceptedEvent,
	type ConfirmationResult,
} from './confirm/confirmEvents';
import type { LookUpBudget } from './confirm/lookUpBudget';
import { parseBody, type Delivery } from './delivery';
import { readEvent, type ImburseEvent } from './events/event';
import { matchesEventTypes, matchesFilters } from './events/filters';
import { splitEvents } from './events/splitEvents';
import { mapInSlices, type GiveWay } from './mapInSlices';
import type { TriggerSettings } from './triggerSettings';
import { isInRanges } from './verify/ipRanges';
import { provesOrigin, verifyDelivery } from './verify/verifyDelivery';

/** What happens to a delivery, before its events are compared with earlier ones. */
export type DeliveryDecision =
	| { kind: 'accepted'; events: AcceptedEvent[] }
	/** With the status of the response. The reason is for n8n's log and holds no secret. */
	| { kind: 'rejected'; status: number; reason: string }
	/** The sender is to try again after so many seconds. */
	| { kind: 'deferred'; reason: string; retryAfter: number };

const UNAUTHORIZED = 401;
const TOO_LARGE = 413;
const UNPROCESSABLE = 422;

/** Accepts a delivery as a whole, or none of it. */
export async function acceptDelivery(
	delivery: Delivery,
	settings: TriggerSettings,
	connection: Connection,
	budget: LookUpBudget,
	giveWay: GiveWay,
): Promise<DeliveryDecision> {
	const rejection = rejectionOf(delivery, settings);
	if (rejection) return rejection;
	const body = parseBody(delivery);
	await giveWay();
	const split = splitEvents(body, settings.eventListPath);
	if (!split.ok) return { kind: 'rejected', status: UNPROCESSABLE, reason: split.reason };
	const read = await mapInSlices(split.events, giveWay, (payload) =>
		readEvent(payload, settings.eventPaths),
	);
	const events = read.filter((event) => matchesEventTypes(event, settings.filters));
	const result = await confirmIfWanted(events, settings, connection, budget, giveWay);
	if (result.kind === 'rejected') return { ...result, status: UNAUTHORIZED };
	if (result.kind === 'deferred') return result;
	const matching = result.events.filter(({ event }) => matchesFilters(event, settings.filters));
	return { kind: 'accepted', events: matching };
}

/** Checks what can be checked before the body is parsed. */
function rejectionOf(
	delivery: Delivery,
	{ allowedIpRanges, maxBodyBytes, verification }: TriggerSettings,
): DeliveryDecision | undefined {
	const { body, ipAddress } = delivery;
	if (allowedIpRanges.length > 0 && !isInRanges(ipAddress, allowedIpRanges)) {
		const reason = `it comes from ${ipAddress}, which is none of the Allowed Addresses`;
		return { kind: 'rejected', status: UNAUTHORIZED, reason };
	}
	if (body.length > maxBodyBytes) {
		const reason = `its body has ${body.length} bytes, more than Max Body Size allows`;
		return { kind: 'rejected', status: TOO_LARGE, reason };
	}
	const result = verifyDelivery(delivery, verification, Date.now());
	if (result.ok) return undefined;
	return { kind: 'rejected', status: UNAUTHORIZED, reason: result.reason };
}

async function confirmIfWanted(
	events: ImburseEvent[],
	{ confirmsEvents, readsOrder, verification }: TriggerSettings,
	connection: Connection,
	budget: LookUpBudget,
	giveWay: GiveWay,
): Promise<ConfirmationResult> {
	if (!confirmsEvents) {
		return { kind: 'accepted', events: events.map((event) => ({ event, confirmed: false })) };
	}
	const isOriginProved = provesOrigin(verification);
	return await confirmEvents(connection, budget, events, { isOriginProved, readsOrder, giveWay });
}
