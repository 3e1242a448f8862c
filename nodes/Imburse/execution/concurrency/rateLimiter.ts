import type { HttpResponse } from '../../api/http';
import { retryAfter } from '../../api/retryAfter';
import { INITIAL_STATE, nextState, type Signal } from './adaptiveConcurrency';
import { createSlots, type Slots } from './slots';

/** Time and chance, to be replaced in tests. */
export interface Clock {
	/** Milliseconds. */
	now(): number;
	/** Ends at once when the run is stopped. */
	sleep(milliseconds: number): Promise<void>;
	isStopped(): boolean;
	/** From 0 to 1. */
	random(): number;
}

const TOO_MANY_REQUESTS = 429;
const UNAVAILABLE = 503;
/** With so many rounds refused in a row, some minutes have gone by. */
const MOST_REFUSALS = 10;
/** Nobody expects a run to stand still for longer. */
const LONGEST_WAIT_MS = 10 * 60_000;

/**
 * All calls of a run: as many at once, and as fast, as Imburse takes them. Its gateway counts the calls
 * of an organisation and of an address together, token calls and reads included (API reference 4.9,
 * documented), so the limit that a run finds is what others leave of it.
 */
export class RateLimiter {
	private state = INITIAL_STATE;
	private readonly slots = createSlots(() => this.state.limit);

	/** @param ceiling most calls in flight, however many Imburse would take */
	constructor(
		private readonly ceiling: number,
		readonly clock: Clock,
	) {}

	/** Waits for a slot among the calls in flight. */
	async acquire(): Promise<Slot> {
		await this.slots.acquire();
		// An item that is not yet sending keeps its slot; otherwise all of them would start at once.
		for (let wait = this.waitMs(); wait > 0 && !this.clock.isStopped(); wait = this.waitMs()) {
			await this.clock.sleep(wait);
		}
		return new Slot(this, this.slots);
	}

	/** Milliseconds until a call may go out. */
	waitMs(): number {
		return this.state.notBefore - this.clock.now();
	}

	/** Goes up when Imburse refuses the pace. */
	round(): number {
		return this.state.round;
	}

	/** Learns from a response. @returns whether the call is to be sent again, at a slower pace */
	observe({ status, headers }: HttpResponse, round: number): boolean {
		const { ceiling, clock } = this;
		const now = clock.now();
		const { signal, isHopeless } = signalOf(status, headers, now);
		this.state = nextState(this.state, signal, round, { now, random: clock.random(), ceiling });
		return status === TOO_MANY_REQUESTS && !isHopeless && this.state.refusals < MOST_REFUSALS;
	}
}

/** The calls of one item: one at a time. */
export class Slot {
	private isHeld = true;

	constructor(
		private readonly limiter: RateLimiter,
		private readonly slots: Slots,
	) {}

	/** Waits until a call may go out. @returns the round to hand to `report` */
	async waitUntilClear(): Promise<number> {
		const { clock } = this.limiter;
		for (;;) {
			const wait = this.limiter.waitMs();
			if (clock.isStopped() || (this.isHeld && wait <= 0)) return this.limiter.round();
			if (wait > 0) {
				this.release();
				await clock.sleep(wait);
			} else {
				await this.slots.reacquire();
				this.isHeld = true;
			}
		}
	}

	/** Learns from a response. @returns whether the call is to be sent again, at a slower pace */
	report(response: HttpResponse, round: number): boolean {
		return this.limiter.observe(response, round);
	}

	/** Lets others go ahead as long as there is nothing to call. */
	release(): void {
		if (!this.isHeld) return;
		this.isHeld = false;
		this.slots.release();
	}
}

/** A wait that is asked for and that nobody would sit through is hopeless. */
function signalOf(
	status: number,
	headers: HttpResponse['headers'],
	now: number,
): { signal: Signal; isHopeless: boolean } {
	if (status !== TOO_MANY_REQUESTS && status !== UNAVAILABLE) {
		return { signal: { kind: 'good' }, isHopeless: false };
	}
	const wait = retryAfter(headers['retry-after'], headers.date, now);
	const isHopeless = wait !== undefined && wait > LONGEST_WAIT_MS;
	return { signal: { kind: 'tooFast', wait: isHopeless ? undefined : wait }, isHopeless };
}
