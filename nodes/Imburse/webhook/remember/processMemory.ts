/** What this process knows of an event that it has handed to n8n. */
export type Fate =
	/** The delivery has not been answered yet. */
	| 'pending'
	/** The delivery was answered with a success. */
	| 'seen'
	/** It was answered with a failure: the event was not taken, whatever is stored. */
	| 'refused';

interface Entry {
	fate: Fate;
	/** Milliseconds since 1970. */
	at: number;
}

/** Most events that one trigger remembers in a process; the oldest go first. */
const MOST_ENTRIES = 5_000;

/** The events of one trigger in this process, by their hashes. */
export class ProcessMemory {
	private readonly entries = new Map<string, Entry>();

	fateOf(hash: string): Fate | undefined {
		return this.entries.get(hash)?.fate;
	}

	set(hash: string, fate: Fate, now: number): void {
		this.entries.delete(hash);
		this.entries.set(hash, { fate, at: now });
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
	tidy(oldest: number): void {
		for (const [hash, { fate, at }] of this.entries) {
			const tooMany = this.entries.size > MOST_ENTRIES;
			if (fate !== 'pending' && (at < oldest || tooMany)) this.entries.delete(hash);
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
