import type { Connection } from '../api/connection';
import { formatValue } from '../validation/format';
import {
	confirmEvents,
	RETRY_AFTER,
	type AcceptedEvent,
	type ConfirmationResult,
	type ConfirmOptions,
} from './confirm/confirmEvents';
import type { LookUpQueue } from './confirm/lookUpQueue';
import { parseBody, type Delivery } from './delivery';
import { readEvent, type ImburseEvent } from './events/event';
import {
	isAheadOfImburse,
	matchesConfirmedStatus,
	matchesEventTypes,
	matchesFilters,
	type EventFilters,
} from './events/filters';
import { splitEvents } from './events/splitEvents';
import { mapInSlices, type GiveWay } from '../n8n/timeSlice';
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

export const UNAUTHORIZED = 401;
const TOO_LARGE = 413;
const UNPROCESSABLE = 422;

/** Accepts a delivery as a whole, or none of it. */
export async function acceptDelivery(
	delivery: Delivery,
	settings: TriggerSettings,
	connection: Connection,
	queue: LookUpQueue,
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
	const result = await confirmIfWanted(events, settings, connection, queue, {
		bytes: delivery.body.length,
		giveWay,
	});
	if (result.kind === 'rejected') return { ...result, status: UNAUTHORIZED };
	if (result.kind === 'tooLarge') return { ...result, kind: 'rejected', status: TOO_LARGE };
	if (result.kind === 'deferred') return result;
	return filterConfirmed(result.events, settings.filters);
}

/** Leaves out what the user does not want, by what Imburse has confirmed where it has. */
function filterConfirmed(events: AcceptedEvent[], filters: EventFilters): DeliveryDecision {
	const isWanted = ({ event, confirmed }: AcceptedEvent) =>
		!confirmed || matchesConfirmedStatus(event, filters);
	const early = events.find((each) => !isWanted(each) && isAheadOfImburse(each.event))?.event;
	if (early) {
		const reason = `it tells of ${formatValue(early.eventType)}, and Imburse still answers ${early.status}`;
		return { kind: 'deferred', reason, retryAfter: RETRY_AFTER };
	}
	const matching = events.filter((each) => isWanted(each) && matchesFilters(each.event, filters));
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
	{ confirmsEvents, readsOrder, lookUpsPerMinute, verification }: TriggerSettings,
	connection: Connection,
	queue: LookUpQueue,
	delivery: Pick<ConfirmOptions, 'bytes' | 'giveWay'>,
): Promise<ConfirmationResult> {
	const isOriginProved = provesOrigin(verification);
	if (!confirmsEvents) {
		const accepted = events.map((event) => ({ event, confirmed: false, isOriginProved }));
		return { kind: 'accepted', events: accepted };
	}
	const options = { ...delivery, isOriginProved, readsOrder, lookUpsPerMinute };
	return await confirmEvents(connection, queue, events, options);
}
