import { setMaxListeners } from 'node:events';
import type { Clock } from '../clock.mts';
import { Timers } from '../timers.mts';
import type { Destination } from './destination.mts';
import type { DeliveryJournal } from './delivery-journal.mts';
import type { Delivery, DeliveryAttempt, DeliveryHeaders } from './delivery.mts';
import { Lane } from './lane.mts';
import { post } from './post.mts';
import { requestHeaders } from './request-headers.mts';

/** Brings deliveries to one destination, and tries again until they are acknowledged or given up. */
export class Courier {
	private readonly lane = new Lane(() => this.destination().concurrency);
	private readonly timers = new Timers();
	private readonly closing = new AbortController();

	/** @param destination asked anew for every attempt */
	constructor(
		private readonly destination: () => Destination,
		private readonly journal: DeliveryJournal,
		private readonly clock: Clock,
	) {
		// Every call under way listens to it.
		setMaxListeners(0, this.closing.signal);
	}

	/** Together at the same moment, as soon as it is their turn. */
	send(deliveries: readonly Delivery[]): void {
		for (const delivery of deliveries) this.note(delivery, 'waiting');
		this.lane.add(async () => {
			await Promise.all(deliveries.map((delivery) => this.deliver(delivery)));
		});
	}

	/** With these headers, and only once, whatever the answer. */
	sendOnce(delivery: Delivery, headers: DeliveryHeaders): void {
		this.note(delivery, 'waiting');
		this.lane.add(async () => {
			const outcome = await this.attempt(delivery, headers);
			if (outcome === 'refused') this.note(delivery, 'givenUp');
		});
	}

	/** Ends everything at once; calls under way are broken off. */
	close(): void {
		this.closing.abort();
		this.lane.clear();
		this.timers.clear();
	}

	private async deliver(delivery: Delivery): Promise<void> {
		const headers = requestHeaders(this.destination(), delivery.body, this.clock());
		const outcome = await this.attempt(delivery, headers);
		if (outcome === 'refused') this.tryAgainLater(delivery);
	}

	private tryAgainLater(delivery: Delivery): void {
		const wait = this.destination().redelivery[delivery.attempts.length - 1];
		if (wait === undefined) {
			this.note(delivery, 'givenUp');
			return;
		}
		this.note(delivery, 'waiting');
		this.timers.after(wait, () => this.lane.add(() => this.deliver(delivery)));
	}

	private async attempt(
		delivery: Delivery,
		headers: DeliveryHeaders,
	): Promise<'acknowledged' | 'refused' | 'brokenOff'> {
		const attempt = beginAttempt(headers);
		delivery.attempts.push(attempt);
		this.note(delivery, 'sending');
		const { url, body } = delivery;
		const { timeoutMs } = this.destination();
		const outcome = await post({ url, headers, body, timeoutMs, stopped: this.closing.signal });
		Object.assign(attempt, outcome, { endedAt: Date.now() });
		if (this.closing.signal.aborted) return 'brokenOff';
		if (!isSuccess(outcome.status)) return 'refused';
		this.note(delivery, 'acknowledged');
		return 'acknowledged';
	}

	private note(delivery: Delivery, state: Delivery['state']): void {
		delivery.state = state;
		this.journal.noteChange();
	}
}

function beginAttempt(headers: DeliveryHeaders): DeliveryAttempt {
	const startedAt = Date.now();
	return { startedAt, endedAt: null, headers, status: null, answer: null, error: null };
}

/** That any 2xx acknowledges is assumed (API reference 7.2). */
function isSuccess(status: number | null): boolean {
	return status !== null && status >= 200 && status < 300;
}
