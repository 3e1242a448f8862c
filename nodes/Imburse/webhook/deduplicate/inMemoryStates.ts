/** What this process knows of an event that it has handed to n8n. */
export type DeliveryState =
	/** The delivery has not been answered yet. */
	| 'pending'
	/** The delivery was answered with a success. */
	| 'delivered'
	/** It was answered with a failure: the event was not taken, whatever is stored. */
	| 'failed';

/** What an event comes to when its delivery is answered. */
export function stateAfter(isSuccess: boolean): DeliveryState {
	return isSuccess ? 'delivered' : 'failed';
}

/** How long an event may be under way before it counts as lost. Milliseconds. */
export const LEASE_MS = 10 * 60_000;

/** Whether n8n has answered with a success by now; undefined while it has not answered. */
export type LateResponse = () => boolean | undefined;

interface Entry {
	state: DeliveryState;
	/** Milliseconds since 1970. */
	at: number;
	/** Only where nobody waits for the answer any more. */
	lateResponse?: LateResponse;
}

/** Most events that one trigger remembers in a process; the oldest go first. */
const MAX_ENTRIES = 5_000;

/** The events of one trigger in this process, by their hashes. */
export class InMemoryStates {
	private readonly entries = new Map<string, Entry>();

	/** A delivery that was not answered within the lease will not be any more. */
	get(hash: string, now: number): DeliveryState | undefined {
		const entry = this.entries.get(hash);
		const isOver = entry?.state === 'pending' && now - entry.at >= LEASE_MS;
		return isOver ? undefined : entry?.state;
	}

	set(hash: string, fate: DeliveryState, now: number): void {
		this.entries.delete(hash);
		this.entries.set(hash, { state: fate, at: now });
	}

	/** Leaves an event under way whose caller has left, until n8n would have answered it. */
	expectLateResponse(hash: string, lateAnswer: LateResponse): void {
		const entry = this.entries.get(hash);
		if (entry?.state === 'pending') entry.lateResponse = lateAnswer;
	}

	/** Finds out what has become of the events that were left open. */
	readLateResponses(now: number): void {
		for (const [hash, { lateResponse: lateAnswer }] of [...this.entries]) {
			const isSuccess = lateAnswer?.();
			if (isSuccess !== undefined) this.set(hash, stateAfter(isSuccess), now);
		}
	}

	/** Leaves it to what is stored whether the event was taken. */
	delete(hash: string): void {
		this.entries.delete(hash);
	}

	/** The hashes with that fate and when it was met, the oldest first. */
	entriesIn(fate: DeliveryState): Array<[hash: string, at: number]> {
		return [...this.entries].flatMap(([hash, entry]) =>
			entry.state === fate ? [[hash, entry.at] as [string, number]] : [],
		);
	}

	/** Drops what is older than the window, and the oldest of what is too much. */
	prune(oldest: number, now: number): void {
		for (const [hash, { state: fate, at }] of this.entries) {
			const tooMany = this.entries.size > MAX_ENTRIES;
			const isOver = fate === 'pending' ? now - at >= LEASE_MS : at < oldest || tooMany;
			if (isOver) this.entries.delete(hash);
		}
	}
}

/** Most triggers that are remembered in one process. */
const MAX_TRIGGERS = 1000;
const triggers = new Map<string, InMemoryStates>();

/** The memory of one trigger, the same for every call in this process. */
export function inMemoryStatesOf(trigger: string): InMemoryStates {
	const memory = triggers.get(trigger) ?? new InMemoryStates();
	triggers.delete(trigger);
	triggers.set(trigger, memory);
	const [oldest] = triggers.keys();
	if (triggers.size > MAX_TRIGGERS && oldest !== undefined) triggers.delete(oldest);
	return memory;
}
