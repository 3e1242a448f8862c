import type { HttpResponse } from '../../api/http';
import { retryAfter } from '../../api/retryAfter';
import { INITIAL_STATE, nextState, type Signal } from './adaptiveConcurrency';
import { rateAfterGood, rateAfterRefusal, takeTurn, UNKNOWN_RATE } from './learntRate';
import { Slots, type SlotGroup } from './slots';

const TOO_MANY_REQUESTS = 429;
const UNAVAILABLE = 503;
/** With so many rounds refused in a row, some minutes have gone by. */
const MOST_REFUSALS = 11;
/** Nobody expects a run to stand still for longer. */
const LONGEST_WAIT_MS = 10 * 60_000;

/** A call that has gone out. */
export interface SentCall {
	/** Of the pace when it went out: what comes back from an earlier round says nothing new. */
	round: number;
	/** Milliseconds. */
	sentAt: number;
}

/** What all runs on one host and account share: the calls in flight, and the pace that was found. */
export class SharedPace {
	private state = INITIAL_STATE;
	private rate = UNKNOWN_RATE;
	// After a refusal one call goes first, and the others when it is let in.
	private readonly slots = new Slots(() => (this.state.refusals > 0 ? 1 : this.state.limit));

	join(ceiling: number): SlotGroup {
		// Whether Imburse still refuses is for a new run to find out.
		if (this.slots.isUnused()) this.state = { ...this.state, refusals: 0 };
		return this.slots.join(ceiling);
	}

	leave(group: SlotGroup): void {
		this.slots.leave(group);
	}

	isUnused(): boolean {
		return this.slots.isUnused();
	}

	/** No call goes out before this moment. */
	notBefore(): number {
		return this.state.notBefore;
	}

	/** Goes up when Imburse refuses the pace. */
	round(): number {
		return this.state.round;
	}

	/** Takes the next turn to send. @returns the moment of it */
	takeTurn(now: number): number {
		const { rate, at } = takeTurn(this.rate, now);
		this.rate = rate;
		return at;
	}

	/** Learns from a response. @returns whether the call is to be sent again, at a slower pace */
	observe(
		{ status, headers }: HttpResponse,
		{ round, sentAt }: SentCall,
		{ now, random, ceiling }: { now: number; random: number; ceiling: number },
	): boolean {
		const { signal, isHopeless } = signalOf(status, headers, { now, latency: now - sentAt });
		const isOfThisRound = round === this.state.round;
		this.state = nextState(this.state, signal, round, { now, random, ceiling });
		if (signal.kind === 'good') {
			this.rate = rateAfterGood(this.rate, now);
		} else if (isOfThisRound && status === TOO_MANY_REQUESTS) {
			this.rate = rateAfterRefusal(this.rate, now, this.state.notBefore);
		}
		this.slots.serve();
		return status === TOO_MANY_REQUESTS && !isHopeless && this.state.refusals < MOST_REFUSALS;
	}
}

/** A wait that is asked for and that nobody would sit through is hopeless. */
function signalOf(
	status: number,
	headers: HttpResponse['headers'],
	{ now, latency }: { now: number; latency: number },
): { signal: Signal; isHopeless: boolean } {
	if (status !== TOO_MANY_REQUESTS && status !== UNAVAILABLE) {
		return { signal: { kind: 'good', latency }, isHopeless: false };
	}
	const wait = retryAfter(headers['retry-after'], headers.date, now);
	const isHopeless = wait !== undefined && wait > LONGEST_WAIT_MS;
	return { signal: { kind: 'tooFast', wait: isHopeless ? undefined : wait }, isHopeless };
}

/** A limit that was found may be another one by then. */
const REMEMBERED_MS = 60 * 60_000;

const paces = new Map<string, { pace: SharedPace; usedAt: number }>();

/** The pace on a host with an account, remembered by this process; an unused one for an hour. */
export function sharedPace(baseUrl: string, accountId: string, now: number): SharedPace {
	for (const [key, { pace, usedAt }] of paces) {
		if (pace.isUnused() && now - usedAt > REMEMBERED_MS) paces.delete(key);
	}
	const key = JSON.stringify([new URL(baseUrl).host, accountId]);
	const pace = paces.get(key)?.pace ?? new SharedPace();
	paces.set(key, { pace, usedAt: now });
	return pace;
}
