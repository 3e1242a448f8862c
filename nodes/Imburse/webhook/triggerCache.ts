const MAX_TRIGGERS = 1000;

/**
 * One value for each trigger of this process. Beyond 1,000 triggers the least recently used one is
 * evicted.
 */
export class TriggerCache<Value> {
	private readonly values = new Map<string, Value>();

	get(triggerId: string): Value | undefined {
		const value = this.values.get(triggerId);
		if (value !== undefined) this.set(triggerId, value);
		return value;
	}

	/** The value of a trigger, made where there is none yet. */
	getOrAdd(triggerId: string, make: () => Value): Value {
		const value = this.get(triggerId) ?? make();
		this.set(triggerId, value);
		return value;
	}

	set(triggerId: string, value: Value): void {
		this.values.delete(triggerId);
		this.values.set(triggerId, value);
		const [leastRecentlyUsed] = this.values.keys();
		if (this.values.size > MAX_TRIGGERS && leastRecentlyUsed !== undefined) {
			this.values.delete(leastRecentlyUsed);
		}
	}
}
