import { TriggerCache } from '../triggerCache';

/** What this process knows of an event that it has handed to n8n. */
export type DeliveryState =
	/** n8n has not responded to the delivery yet. */
	| 'pending'
	/** n8n responded with a success. */
	| 'delivered'
	/** n8n responded with a failure: the event was not delivered, whatever is stored. */
	| 'failed';

export function stateAfter(isSuccess: boolean): DeliveryState {
	return isSuccess ? 'delivered' : 'failed';
}

/** How long an event may be pending before it counts as lost. Milliseconds. */
export const LEASE_MS = 10 * 60_000;

/** Whether n8n has responded with a success by now; undefined as long as it has not responded. */
export type LateResponse = () => boolean | undefined;

interface Entry {
	/** Milliseconds since 1970. */
	at: number;
	/** Only for an event whose caller has disconnected. */
	lateResponse?: LateResponse;
}

/** More than two deliveries of the largest size that is accepted by default can hold. */
const MAX_ENTRIES = 20_000;
/** Of the delivered events, those that are handed out to be stored. */
const MAX_RECENT = 1_000;

const STATES: readonly DeliveryState[] = ['pending', 'delivered', 'failed'];

/**
 * Delivery states of one trigger's events in this process, by the hashes of the events. Each state has
 * a map of its own in the order of time, so that a delivery costs the same however many are known.
 */
export class InMemoryStates {
	private readonly entries: Record<DeliveryState, Map<string, Entry>> = {
		pending: new Map(),
		delivered: new Map(),
		failed: new Map(),
	};
	/** The newest of the delivered ones. */
	private readonly recent = new Map<string, number>();

	/** Undefined also for an event whose lease is over: n8n will not respond any more. */
	get(hash: string, now: number): DeliveryState | undefined {
		const state = STATES.find((each) => this.entries[each].has(hash));
		const at = state === undefined ? undefined : this.timeOf(hash, state);
		return state === 'pending' && at !== undefined && isLost(at, now) ? undefined : state;
	}

	/** Milliseconds since 1970; undefined if the event is not in that state. */
	timeOf(hash: string, state: DeliveryState): number | undefined {
		return this.entries[state].get(hash)?.at;
	}

	set(hash: string, state: DeliveryState, now: number): void {
		this.delete(hash);
		this.entries[state].set(hash, { at: now });
		if (state !== 'delivered') return;
		this.recent.set(hash, now);
		dropFirst(this.recent, () => this.recent.size > MAX_RECENT);
	}

	/** Keeps an event pending after its caller has disconnected, until n8n would have responded. */
	expectLateResponse(hash: string, lateResponse: LateResponse): void {
		const entry = this.entries.pending.get(hash);
		if (entry) entry.lateResponse = lateResponse;
	}

	/** Sets the state of the events that n8n has responded to since their caller disconnected. */
	readLateResponses(now: number): void {
		for (const [hash, { lateResponse }] of [...this.entries.pending]) {
			const isSuccess = lateResponse?.();
			if (isSuccess !== undefined) this.set(hash, stateAfter(isSuccess), now);
		}
	}

	/** From now on only what is stored tells the state of the event. */
	delete(hash: string): void {
		for (const state of STATES) this.entries[state].delete(hash);
		this.recent.delete(hash);
	}

	/** The hashes with that state and the time at which they got it, the oldest first. */
	entriesIn(state: DeliveryState): Array<[hash: string, at: number]> {
		return Array.from(this.entries[state], ([hash, { at }]) => [hash, at]);
	}

	/** The newest 1,000 delivered ones, the oldest first. */
	recentlyDelivered(): Iterable<[hash: string, at: number]> {
		return this.recent;
	}

	/** Drops events that are older than the window or lost, and the oldest ones above the limit. */
	prune(oldest: number, now: number): void {
		const { pending, delivered, failed } = this.entries;
		const isExcess = () => pending.size + delivered.size + failed.size > MAX_ENTRIES;
		dropFirst(pending, ({ at }) => isLost(at, now));
		dropFirst(delivered, ({ at }) => at < oldest || isExcess());
		dropFirst(failed, ({ at }) => at < oldest || isExcess());
		dropFirst(this.recent, (at) => at < oldest);
	}
}

/** Drops entries from the oldest one on, up to the first that stays. */
function dropFirst<Value>(map: Map<string, Value>, isToDrop: (value: Value) => boolean): void {
	for (const [hash, value] of map) {
		if (!isToDrop(value)) return;
		map.delete(hash);
	}
}

/** Of a pending event: n8n will not respond any more. */
function isLost(at: number, now: number): boolean {
	return now - at >= LEASE_MS;
}

const statesByTrigger = new TriggerCache<InMemoryStates>();

/** The states of one trigger, the same for every call in this process. */
export function inMemoryStatesOf(triggerId: string): InMemoryStates {
	return statesByTrigger.getOrAdd(triggerId, () => new InMemoryStates());
}
