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
	state: DeliveryState;
	/** Milliseconds since 1970. */
	at: number;
	/** Only for an event whose caller has disconnected. */
	lateResponse?: LateResponse;
}

/** More than two deliveries of the largest size that is accepted by default can hold. */
const MAX_ENTRIES = 20_000;

/** Delivery states of one trigger's events in this process, by the hashes of the events. */
export class InMemoryStates {
	private readonly entries = new Map<string, Entry>();

	/** Undefined also for an event whose lease is over: n8n will not respond any more. */
	get(hash: string, now: number): DeliveryState | undefined {
		const entry = this.entries.get(hash);
		return entry && !isLost(entry, now) ? entry.state : undefined;
	}

	set(hash: string, state: DeliveryState, now: number): void {
		this.entries.delete(hash);
		this.entries.set(hash, { state, at: now });
	}

	/** Keeps an event pending after its caller has disconnected, until n8n would have responded. */
	expectLateResponse(hash: string, lateResponse: LateResponse): void {
		const entry = this.entries.get(hash);
		if (entry?.state === 'pending') entry.lateResponse = lateResponse;
	}

	/** Sets the state of the events that n8n has responded to since their caller disconnected. */
	readLateResponses(now: number): void {
		for (const [hash, { lateResponse }] of [...this.entries]) {
			const isSuccess = lateResponse?.();
			if (isSuccess !== undefined) this.set(hash, stateAfter(isSuccess), now);
		}
	}

	/** From now on only what is stored tells the state of the event. */
	delete(hash: string): void {
		this.entries.delete(hash);
	}

	/** The hashes with that state and the time at which they got it, the oldest first. */
	entriesIn(state: DeliveryState): Array<[hash: string, at: number]> {
		return [...this.entries].flatMap(([hash, entry]) =>
			entry.state === state ? [[hash, entry.at] as [string, number]] : [],
		);
	}

	/** Drops events that are older than the window or lost, and the oldest ones above the limit. */
	prune(oldest: number, now: number): void {
		for (const [hash, entry] of this.entries) {
			const isExcess = this.entries.size > MAX_ENTRIES;
			const isPending = entry.state === 'pending';
			if (isPending ? isLost(entry, now) : entry.at < oldest || isExcess) this.delete(hash);
		}
	}
}

function isLost({ state, at }: Entry, now: number): boolean {
	return state === 'pending' && now - at >= LEASE_MS;
}

const statesByTrigger = new TriggerCache<InMemoryStates>();

/** The states of one trigger, the same for every call in this process. */
export function inMemoryStatesOf(triggerId: string): InMemoryStates {
	const known = statesByTrigger.get(triggerId);
	if (known) return known;
	const states = new InMemoryStates();
	statesByTrigger.set(triggerId, states);
	return states;
}
