/** As they go over the wire; a list stands for a header that is sent several times. */
export type DeliveryHeaders = Readonly<Record<string, string | string[]>>;

/**
 * `held`: until it is released. `waiting`: for its first or next attempt. `sending`: until it is
 * answered. The last three are ends: answered 2xx, no attempts left, its destination gone.
 */
export type DeliveryState =
	'held' | 'waiting' | 'sending' | 'acknowledged' | 'givenUp' | 'cancelled';

/** One call to a destination. */
export interface DeliveryAttempt {
	/** Epoch milliseconds of this machine's clock, as is `endedAt`. */
	startedAt: number;
	/** Null while it is under way. */
	endedAt: number | null;
	headers: DeliveryHeaders;
	/** Null when there was no whole answer. */
	status: number | null;
	/** The text of the answer's body, null when there was no whole answer. */
	answer: string | null;
	/** Why there was none; null when there was one. */
	error: string | null;
}

/** Events that go to a destination in one call, and what became of it. */
export interface Delivery {
	/** Counts from 1, over all destinations. */
	deliveryId: number;
	destinationId: string;
	url: string;
	/** `copy` and `replay` are deliberate repetitions of the delivery `of`. */
	cause: 'events' | 'copy' | 'replay';
	of: number | null;
	eventIds: readonly string[];
	/** Exactly as it is sent. */
	body: string;
	/** Epoch milliseconds of this machine's clock. */
	createdAt: number;
	state: DeliveryState;
	attempts: DeliveryAttempt[];
}

/** Whether something is still to come without anybody doing anything. */
export function isPending({ state }: Delivery): boolean {
	return state === 'waiting' || state === 'sending';
}
