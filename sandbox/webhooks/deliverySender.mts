import { setMaxListeners } from 'node:events';
import type { Clock } from '../time.mts';
import { Timers } from '../time.mts';
import type { Destination } from './destination.mts';
import type { DeliveryLog } from './deliveryLog.mts';
import type { Delivery, DeliveryAttempt, DeliveryHeaders } from './delivery.mts';
import { JobQueue } from './jobQueue.mts';
import { post } from './post.mts';
import { requestHeaders } from './requestHeaders.mts';

/** Sends deliveries to one destination, and retries until they are acknowledged or given up. */
export class DeliverySender {
	private readonly queue = new JobQueue(() => this.destination().concurrency);
	private readonly timers = new Timers();
	private readonly closed = new AbortController();

	/** @param destination read anew for every attempt */
	constructor(
		private readonly destination: () => Destination,
		private readonly log: DeliveryLog,
		private readonly clock: Clock,
	) {
		// Every request in flight listens to it.
		setMaxListeners(0, this.closed.signal);
	}

	/** Sends these deliveries at the same moment, as soon as it is their turn. */
	send(deliveries: readonly Delivery[]): void {
		for (const delivery of deliveries) this.setState(delivery, 'waiting');
		this.queue.add(async () => {
			await Promise.all(deliveries.map((delivery) => this.deliver(delivery)));
		});
	}

	/** Sends with these headers, and only once, whatever the response. */
	sendOnce(delivery: Delivery, headers: DeliveryHeaders): void {
		this.setState(delivery, 'waiting');
		this.queue.add(async () => {
			const outcome = await this.attempt(delivery, headers);
			if (outcome === 'failed') this.setState(delivery, 'givenUp');
		});
	}

	/** Ends everything at once; requests in flight are aborted. */
	close(): void {
		this.closed.abort();
		this.queue.clear();
		this.timers.clear();
	}

	private async deliver(delivery: Delivery): Promise<void> {
		const headers = requestHeaders(this.destination(), delivery.body, this.clock());
		const outcome = await this.attempt(delivery, headers);
		if (outcome === 'failed') this.retryLater(delivery);
	}

	private retryLater(delivery: Delivery): void {
		const delay = this.destination().redelivery[delivery.attempts.length - 1];
		if (delay === undefined) {
			this.setState(delivery, 'givenUp');
			return;
		}
		this.setState(delivery, 'waiting');
		this.timers.after(delay, () => this.queue.add(() => this.deliver(delivery)));
	}

	private async attempt(
		delivery: Delivery,
		headers: DeliveryHeaders,
	): Promise<'acknowledged' | 'failed' | 'aborted'> {
		const attempt = startAttempt(headers);
		delivery.attempts.push(attempt);
		this.setState(delivery, 'sending');
		const { url, body } = delivery;
		const { timeoutMs } = this.destination();
		const outcome = await post({ url, headers, body, timeoutMs, stopSignal: this.closed.signal });
		Object.assign(attempt, outcome, { endedAt: Date.now() });
		if (this.closed.signal.aborted) return 'aborted';
		if (!isSuccess(outcome.status)) return 'failed';
		this.setState(delivery, 'acknowledged');
		return 'acknowledged';
	}

	private setState(delivery: Delivery, state: Delivery['state']): void {
		delivery.state = state;
		this.log.notifyChange();
	}
}

function startAttempt(headers: DeliveryHeaders): DeliveryAttempt {
	const startedAt = Date.now();
	return { startedAt, endedAt: null, headers, status: null, responseBody: null, error: null };
}

/** It is assumed that any 2xx acknowledges (API reference 7.2). */
function isSuccess(status: number | null): boolean {
	return status !== null && status >= 200 && status < 300;
}
