import type { PaceAnswer } from '../../api/errors/tokenError';
import { retryAfter } from '../../api/retryAfter';
import { ServerClock } from '../../api/serverClock';
import { INITIAL_STATE, nextState, type Signal } from './adaptiveConcurrency';
import {
	rateAfterGood,
	rateAfterIdleness,
	rateAfterRefusal,
	rateAfterWait,
	takeTurn,
	turnsWithin,
	UNKNOWN_RATE,
} from './learntRate';
import { Slots, type SlotGroup } from './slots';
import { createSteadyClock } from './steadyClock';

const TOO_MANY_REQUESTS = 429;
const UNAVAILABLE = 503;
/** With so many rounds refused in a row, more than a minute has gone by. */
const MOST_REFUSALS = 30;
/** Nobody expects a run to stand still for longer. */
const LONGEST_WAIT_MS = 10 * 60_000;
/** Few take a turn that is later than this after an answer, since the rate may have grown until then. */
const TURNS_AHEAD_MS = 500;

/** A call that has gone out. */
export interface SentCall {
	/** Of the pace when it went out: what comes back from an earlier round says nothing new. */
	round: number;
	/** Milliseconds. */
	sentAt: number;
	/** Whether it had to wait for its turn. */
	hasWaited: boolean;
}

/** What all runs on one host and account share: the calls in flight, and the pace that was found. */
export class SharedPace {
	private state = INITIAL_STATE;
	private rate = UNKNOWN_RATE;
	private latency = 0;
	private readonly serverClock = new ServerClock();
	private readonly slots = new Slots(() => this.limit());

	/** @param now milliseconds, never going back */
	constructor(readonly now: () => number) {}

	join(ceiling: number, itemsLeft: () => number): SlotGroup {
		if (this.slots.isUnused()) {
			// Whether Imburse still refuses is for a new run to find out.
			this.state = { ...this.state, refusals: 0 };
			this.rate = rateAfterIdleness(this.rate, this.now());
		}
		return this.slots.join(ceiling, itemsLeft);
	}

	leave(group: SlotGroup): void {
		this.slots.leave(group);
	}

	isUnused(): boolean {
		return this.slots.isUnused();
	}

	/** Milliseconds until Imburse wants to hear from anybody. */
	waitMs(): number {
		return this.state.notBefore - this.now();
	}

	/** Goes up when Imburse refuses the pace. */
	round(): number {
		return this.state.round;
	}

	/** Takes the next turn to send. @returns milliseconds until then */
	takeTurn(): number {
		const { rate, wait } = takeTurn(this.rate, this.now(), this.slots.itemsLeft());
		this.rate = rate;
		return wait;
	}

	/** Learns from a response. @returns whether the call is to be sent again, at a slower pace */
	observe(
		{ status, headers }: PaceAnswer,
		call: SentCall,
		{ random, ceiling }: { random: number; ceiling: number },
	): boolean {
		const now = this.now();
		const told = retryAfter(headers['retry-after'], this.serverClock.read(headers.date, now));
		const { signal, isHopeless } = signalOf(status, told, call, now);
		const isOfThisRound = call.round === this.state.round;
		this.state = nextState(this.state, signal, call.round, { now, random, ceiling });
		const isRefusal = isOfThisRound && status === TOO_MANY_REQUESTS;
		const { notBefore } = this.state;
		if (signal.kind === 'good') {
			this.latency = signal.latency;
			this.rate = rateAfterGood(this.rate, now, call.sentAt);
		} else if (isRefusal) {
			this.rate = rateAfterRefusal(this.rate, now, notBefore);
		} else if (notBefore > now) {
			this.rate = rateAfterWait(this.rate, now, notBefore);
		}
		this.slots.serve();
		return status === TOO_MANY_REQUESTS && !isHopeless && this.state.refusals < MOST_REFUSALS;
	}

	/** Calls in flight and in wait for their turn. After a refusal one goes first, the others when it is let in. */
	private limit(): number {
		const { limit, refusals } = this.state;
		if (refusals > 0) return 1;
		return Math.min(
			limit,
			turnsWithin(this.rate, this.latency + TURNS_AHEAD_MS, this.now(), this.slots.itemsLeft()),
		);
	}
}

/** A wait that is asked for and that nobody would sit through is hopeless. */
function signalOf(
	status: number,
	told: number | undefined,
	{ sentAt, hasWaited }: SentCall,
	now: number,
): { signal: Signal; isHopeless: boolean } {
	if (status !== TOO_MANY_REQUESTS && status !== UNAVAILABLE) {
		return { signal: { kind: 'good', latency: now - sentAt, hasWaited }, isHopeless: false };
	}
	const isHopeless = told !== undefined && told > LONGEST_WAIT_MS;
	return { signal: { kind: 'tooFast', wait: isHopeless ? undefined : told }, isHopeless };
}

/** A limit that was found may be another one by then. */
const REMEMBERED_MS = 60 * 60_000;

const steadyNow = createSteadyClock(() => Date.now());
const paces = new Map<string, { pace: SharedPace; usedAt: number }>();

/** The pace on a host with an account, remembered by this process; an unused one for an hour. */
export function sharedPace(baseUrl: string, accountId: string, now = steadyNow): SharedPace {
	for (const [key, { pace, usedAt }] of paces) {
		if (pace.isUnused() && now() - usedAt > REMEMBERED_MS) paces.delete(key);
	}
	const key = JSON.stringify([new URL(baseUrl).host, accountId]);
	const pace = paces.get(key)?.pace ?? new SharedPace(now);
	paces.set(key, { pace, usedAt: now() });
	return pace;
}
