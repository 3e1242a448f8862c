import type { HttpResponse } from '../../api/http';
import { retryAfter } from '../../api/retryAfter';
import { INITIAL_STATE, nextState, type Signal } from './adaptiveConcurrency';
import { createSlots } from './slots';

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

/** All calls of a run: as many at once, and as fast, as Imburse takes them. */
export interface RateLimiter {
	/** Waits for a slot among the calls in flight. */
	acquire(): Promise<Slot>;
}

/** The calls of one item: one at a time. */
export interface Slot {
	/** Waits until a call may go out. @returns the round to hand to `report` */
	waitForTurn(): Promise<number>;
	/** Learns from a response. @returns whether the call is to be sent again, at a slower pace */
	report(response: HttpResponse, round: number): boolean;
	/** Lets others go ahead as long as there is nothing to call. */
	release(): void;
}

const TOO_MANY_REQUESTS = 429;
const UNAVAILABLE = 503;
/** With so many rounds refused in a row, some minutes have gone by. */
const MOST_REFUSALS = 10;
/** Nobody expects a run to stand still for longer. */
const LONGEST_WAIT_MS = 10 * 60_000;

/** @param ceiling most calls in flight, however many Imburse would take */
export function createRateLimiter(ceiling: number, clock: Clock): RateLimiter {
	let state = INITIAL_STATE;
	const slots = createSlots(() => state.limit);

	/** An item that is not yet sending keeps its slot; otherwise all of them would start at once. */
	const waitInSlot = async (): Promise<void> => {
		for (;;) {
			const wait = state.notBefore - clock.now();
			if (wait <= 0 || clock.isStopped()) return;
			await clock.sleep(wait);
		}
	};
	const waitForTurn = async (holder: { hasSlot: boolean }): Promise<number> => {
		for (;;) {
			const wait = state.notBefore - clock.now();
			if (clock.isStopped() || (holder.hasSlot && wait <= 0)) return state.round;
			if (wait > 0) {
				release(holder);
				await clock.sleep(wait);
			} else {
				await slots.reacquire();
				holder.hasSlot = true;
			}
		}
	};
	const report = ({ status, headers }: HttpResponse, round: number): boolean => {
		const now = clock.now();
		const { signal, isHopeless } = signalOf(status, headers, now);
		state = nextState(state, signal, round, { now, random: clock.random(), ceiling });
		return status === TOO_MANY_REQUESTS && !isHopeless && state.refusals < MOST_REFUSALS;
	};
	const release = (holder: { hasSlot: boolean }): void => {
		if (!holder.hasSlot) return;
		holder.hasSlot = false;
		slots.release();
	};
	return {
		acquire: async () => {
			await slots.acquire();
			const holder = { hasSlot: true };
			await waitInSlot();
			return {
				waitForTurn: async () => await waitForTurn(holder),
				report,
				release: () => release(holder),
			};
		},
	};
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
