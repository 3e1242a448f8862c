/** Headers as they are sent; a list is a header that is sent several times. */
export type DeliveryHeaders = Readonly<Record<string, string | string[]>>;

/**
 * `held`: until it is released. `waiting`: for its first or next attempt. `sending`: until there is a
 * response. The last three are final: answered 2xx, no attempts left, the destination removed.
 */
export type DeliveryState =
	'held' | 'waiting' | 'sending' | 'acknowledged' | 'givenUp' | 'cancelled';

/** One request to a destination. */
export interface DeliveryAttempt {
	/** Epoch milliseconds of this machine's clock, as is `endedAt`. */
	startedAt: number;
	/** Null while it is in flight. */
	endedAt: number | null;
	headers: DeliveryHeaders;
	/** Null when there was no whole response. */
	status: number | null;
	/** Null when there was no whole response. */
	responseBody: string | null;
	/** Why there was no whole response; null when there was one. */
	error: string | null;
}

/** Events that go to a destination in one request, and its attempts. */
export interface Delivery {
	/** Counts from 1, over all destinations. */
	deliveryId: number;
	destinationId: string;
	url: string;
	/** `copy` and `replay` are deliberate repetitions of the delivery `originalId`. */
	cause: 'events' | 'copy' | 'replay';
	originalId: number | null;
	eventIds: readonly string[];
	/** Exactly as it is sent. */
	body: string;
	/** Epoch milliseconds of this machine's clock. */
	createdAt: number;
	state: DeliveryState;
	attempts: DeliveryAttempt[];
}

/** Whether the delivery will be sent without a further command. */
export function isPending({ state }: Delivery): boolean {
	return state === 'waiting' || state === 'sending';
}
