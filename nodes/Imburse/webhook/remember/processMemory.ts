/** What this process knows of an event that it has handed to n8n. */
export type Fate =
	/** The delivery has not been answered yet. */
	| 'pending'
	/** The delivery was answered with a success. */
	| 'seen'
	/** It was answered with a failure: the event was not taken, whatever is stored. */
	| 'refused';

/** What an event comes to when its delivery is answered. */
export function fateAfter(isSuccess: boolean): Fate {
	return isSuccess ? 'seen' : 'refused';
}

/** How long an event may be under way before it counts as lost. Milliseconds. */
export const LEASE_MS = 10 * 60_000;

/** Whether n8n has answered with a success by now; undefined while it has not answered. */
export type LateAnswer = () => boolean | undefined;

interface Entry {
	fate: Fate;
	/** Milliseconds since 1970. */
	at: number;
	/** Only where nobody waits for the answer any more. */
	lateAnswer?: LateAnswer;
}

/** Most events that one trigger remembers in a process; the oldest go first. */
const MOST_ENTRIES = 5_000;

/** The events of one trigger in this process, by their hashes. */
export class ProcessMemory {
	private readonly entries = new Map<string, Entry>();

	/** A delivery that was not answered within the lease will not be any more. */
	fateOf(hash: string, now: number): Fate | undefined {
		const entry = this.entries.get(hash);
		const isOver = entry?.fate === 'pending' && now - entry.at >= LEASE_MS;
		return isOver ? undefined : entry?.fate;
	}

	set(hash: string, fate: Fate, now: number): void {
		this.entries.delete(hash);
		this.entries.set(hash, { fate, at: now });
	}

	/** Leaves an event under way whose caller has left, until n8n would have answered it. */
	leaveOpen(hash: string, lateAnswer: LateAnswer): void {
		const entry = this.entries.get(hash);
		if (entry?.fate === 'pending') entry.lateAnswer = lateAnswer;
	}

	/** Finds out what has become of the events that were left open. */
	learnLateAnswers(now: number): void {
		for (const [hash, { lateAnswer }] of [...this.entries]) {
			const isSuccess = lateAnswer?.();
			if (isSuccess !== undefined) this.set(hash, fateAfter(isSuccess), now);
		}
	}

	/** Leaves it to what is stored whether the event was taken. */
	forget(hash: string): void {
		this.entries.delete(hash);
	}

	/** The hashes with that fate and when it was met, the oldest first. */
	all(fate: Fate): Array<[hash: string, at: number]> {
		return [...this.entries].flatMap(([hash, entry]) =>
			entry.fate === fate ? [[hash, entry.at] as [string, number]] : [],
		);
	}

	/** Drops what is older than the window, and the oldest of what is too much. */
	tidy(oldest: number, now: number): void {
		for (const [hash, { fate, at }] of this.entries) {
			const tooMany = this.entries.size > MOST_ENTRIES;
			const isOver = fate === 'pending' ? now - at >= LEASE_MS : at < oldest || tooMany;
			if (isOver) this.entries.delete(hash);
		}
	}
}

/** Most triggers that are remembered in one process. */
const MOST_TRIGGERS = 1000;
const memories = new Map<string, ProcessMemory>();

/** The memory of one trigger, the same for every call in this process. */
export function memoryOf(trigger: string): ProcessMemory {
	const memory = memories.get(trigger) ?? new ProcessMemory();
	memories.delete(trigger);
	memories.set(trigger, memory);
	const [oldest] = memories.keys();
	if (memories.size > MOST_TRIGGERS && oldest !== undefined) memories.delete(oldest);
	return memory;
}
