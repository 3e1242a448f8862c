import type { ImburseEvent } from './event';

/**
 * What belongs to a payment and has a life of its own. Chargebacks, customers and financial
 * instruments are documented as kinds of events (API reference 7.1); the others are inferred.
 */
const SOMETHING_ELSE =
	/CHARGE_?BACK|DISPUTE|REFUND|REVERS|RETURN|REWARD|MANDATE|CUSTOMER|INSTRUMENT|LINK|SESSION|METADATA|BATCH/i;

/**
 * Whether an event is about something else than the state of its instruction. Such a one is never
 * taken for a repetition of the state, and reading the instruction does not confirm it.
 */
export function isAboutSomethingElse({ eventType }: ImburseEvent): boolean {
	return eventType !== null && SOMETHING_ELSE.test(eventType);
}
