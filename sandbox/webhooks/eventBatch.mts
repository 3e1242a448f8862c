import { Timers } from '../time.mts';
import type { WebhookEvent } from './event.mts';

export interface BatchLimits {
	maximumBatchSize: number;
	maximumBatchDelayMs: number;
}

/** Collects events until the batch is full or its first event has waited long enough. */
export class EventBatch {
	private events: WebhookEvent[] = [];
	private readonly timers = new Timers();

	constructor(
		private readonly limits: () => BatchLimits,
		private readonly dispatch: (events: readonly WebhookEvent[]) => void,
	) {}

	get isEmpty(): boolean {
		return this.events.length === 0;
	}

	add(event: WebhookEvent): void {
		const { maximumBatchSize, maximumBatchDelayMs } = this.limits();
		this.events.push(event);
		if (this.events.length >= maximumBatchSize) this.flush();
		else if (this.events.length === 1) this.timers.after(maximumBatchDelayMs, () => this.flush());
	}

	/** Dispatches the events, even if the batch is not full. */
	flush(): void {
		this.timers.clear();
		const events = this.events.splice(0);
		if (events.length > 0) this.dispatch(events);
	}

	clear(): void {
		this.timers.clear();
		this.events = [];
	}
}
