import { retryAfter } from '../../api/retryAfter';
import type { HttpResponse } from '../../api/http';
import { INITIAL_LIMIT, nextLimit, type Signal } from './adaptiveLimit';
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

/** All calls of a run. */
export interface RateLimiter {
	/** Waits for a place among the calls in flight. */
	acquire(): Promise<Slot>;
}

/** The calls of one item: one at a time. */
export interface Slot {
	/** Waits until a call may go out. @returns what `heard` wants to know of it */
	waitForTurn(): Promise<number>;
	/** What came of the call. @returns whether it is to be sent again, at a slower pace */
	report(answer: HttpResponse, begunIn: number): boolean;
	/** Lets others go ahead as long as there is nothing to call. */
	release(): void;
}

const TOO_MANY_REQUESTS = 429;
const UNAVAILABLE = 503;
/** With these many rounds refused in a row, some minutes have gone by. */
const MOST_REFUSALS = 10;
/** Nobody expects a run to stand still for longer. */
const LONGEST_WAIT_MS = 10 * 60_000;

export function createRateLimiter(ceiling: number, surroundings: Clock): RateLimiter {
	let pace = INITIAL_LIMIT;
	const places = createSlots(() => pace.limit);

	/** Whoever has not begun keeps the place that waiting cost, or all would begin meanwhile. */
	const standStill = async (): Promise<void> => {
		for (;;) {
			const wait = pace.notBefore - surroundings.now();
			if (wait <= 0 || surroundings.isStopped()) return;
			await surroundings.sleep(wait);
		}
	};
	const turn = async (lane: { hasPlace: boolean }): Promise<number> => {
		for (;;) {
			const wait = pace.notBefore - surroundings.now();
			if (surroundings.isStopped() || (lane.hasPlace && wait <= 0)) return pace.round;
			if (wait > 0) {
				stepAside(lane);
				await surroundings.sleep(wait);
			} else {
				await places.reacquire();
				lane.hasPlace = true;
			}
		}
	};
	const heard = (answer: HttpResponse, begunIn: number): boolean => {
		const now = surroundings.now();
		const signal = signalOf(answer, now);
		pace = nextLimit(pace, signal, begunIn, { now, random: surroundings.random(), ceiling });
		return (
			answer.status === TOO_MANY_REQUESTS && !signal.isHopeless && pace.refusals < MOST_REFUSALS
		);
	};
	const stepAside = (lane: { hasPlace: boolean }): void => {
		if (!lane.hasPlace) return;
		lane.hasPlace = false;
		places.release();
	};
	return {
		acquire: async () => {
			await places.acquire();
			const lane = { hasPlace: true };
			await standStill();
			return {
				waitForTurn: async () => await turn(lane),
				report: heard,
				release: () => stepAside(lane),
			};
		},
	};
}

function signalOf(
	{ status, headers }: HttpResponse,
	now: number,
): Signal & { isHopeless: boolean } {
	if (status !== TOO_MANY_REQUESTS && status !== UNAVAILABLE) {
		return { kind: 'good', isHopeless: false };
	}
	const wait = retryAfter(headers['retry-after'], headers.date, now);
	const isHopeless = wait !== undefined && wait > LONGEST_WAIT_MS;
	return { kind: 'tooFast', wait: isHopeless ? undefined : wait, isHopeless };
}
