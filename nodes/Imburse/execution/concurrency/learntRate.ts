/**
 * The rate that Imburse takes, as far as refusals have shown it: a token bucket like the one that a
 * server may count with. Nobody has published the limit (API reference 4.9), so all of this is
 * learnt from what went through between two refusals.
 */
export interface LearntRate {
	/** Calls per millisecond; no limit until the first refusal. */
	perMs: number;
	/** Calls that the bucket holds when it is full, as far as can be told. */
	room: number;
	/** What went through until the first refusal, which the bucket cannot have been larger than. */
	first: { calls: number; ms: number };
	/** Two refusals make a measure; after the first one the rate is only felt for. */
	isMeasured: boolean;
	/** When the bucket is full again. Milliseconds, as are all moments here. */
	fullAt: number;
	/** Whether the last turn had to be waited for: a rate is proved only by who makes use of it. */
	isUsed: boolean;
	/** When Imburse had no room left. */
	emptyAt: number;
	/** When calls went out again after that. */
	resumedAt: number;
	/** Good responses since `emptyAt`, or since the beginning. */
	passed: number;
	/** The rate that was measured last, before it grew. */
	measuredPerMs: number;
	/** How long the measure took; it is believed for as long. */
	trustMs: number;
	/** The next increase, as a part of the rate; none before that moment and so many good responses. */
	step: number;
	increaseAt: number;
	increaseAfter: number;
}

export const UNKNOWN_RATE: LearntRate = {
	perMs: Infinity,
	room: 1,
	first: { calls: 0, ms: 0 },
	isMeasured: false,
	fullAt: 0,
	isUsed: false,
	emptyAt: 0,
	resumedAt: 0,
	passed: 0,
	measuredPerMs: 0,
	trustMs: 0,
	step: 0,
	increaseAt: 0,
	increaseAfter: 0,
};

/** How soon a bucket as large as the first burst would run empty, at the rate that is tried first. */
const FEELING_MS = 200;
const FEELING_STEP = 0.5;
const FIRST_STEP = 0.02;
const LARGEST_STEP = 0.16;
/** Steps in the time for which a measure is believed, and the fewest calls of each. */
const STEPS = 2;
const CALLS_OF_STEP = 5;
const SHORTEST_TRUST_MS = 1_000;
const LONGEST_TRUST_MS = 60_000;
/** So much of an earlier measure is kept, whatever is measured next. */
const KEPT = 0.9;
/** Fewer calls are a poor measure. */
const FEWEST_CALLS = 10;
/** After so long without a call nothing more can be told from the time that went by. */
const IDLE_MS = 1_000;

/** Takes the next turn. @returns when it is, and the rate with one turn less */
export function takeTurn(rate: LearntRate, now: number): { rate: LearntRate; at: number } {
	if (rate.perMs === Infinity) {
		const isIdle = now > rate.fullAt + IDLE_MS;
		const begin = isIdle ? { passed: 0, resumedAt: now } : {};
		return { rate: { ...rate, ...begin, fullAt: now }, at: now };
	}
	const burst = rate.isMeasured ? rate.room : 1;
	const at = Math.max(now, rate.fullAt - (burst - 1) / rate.perMs);
	const fullAt = Math.max(rate.fullAt, at) + 1 / rate.perMs;
	const current = now > rate.fullAt + IDLE_MS ? afterIdleness(rate, now) : rate;
	return { rate: { ...current, fullAt, isUsed: at > now }, at };
}

/** The bucket has filled up meanwhile: as if it had been empty just long enough ago for that. */
function afterIdleness(rate: LearntRate, now: number): LearntRate {
	return {
		...rate,
		passed: 0,
		resumedAt: now,
		emptyAt: now - rate.first.calls / rate.perMs,
		increaseAt: now + rate.trustMs,
		increaseAfter: rate.isMeasured ? CALLS_OF_STEP : rate.first.calls,
	};
}

/**
 * The rate after a good response. While it is felt for it grows by a half with each full bucket. A
 * measure is believed for as long as it took; then the rate grows by 2%, 4%, 8% and so on, until
 * Imburse refuses again.
 */
export function rateAfterGood(rate: LearntRate, now: number): LearntRate {
	const passed = rate.passed + 1;
	if (!rate.isUsed || now < rate.increaseAt || passed < rate.increaseAfter) {
		return { ...rate, passed };
	}
	if (!rate.isMeasured) {
		const perMs = rate.perMs * (1 + FEELING_STEP);
		return { ...rate, passed, perMs, increaseAfter: passed + rate.room };
	}
	return {
		...rate,
		passed,
		perMs: rate.perMs * (1 + rate.step),
		step: Math.min(LARGEST_STEP, 2 * rate.step),
		increaseAt: now + rate.trustMs / STEPS,
		increaseAfter: passed + CALLS_OF_STEP,
	};
}

/** The rate after a refusal. @param notBefore when calls go out again */
export function rateAfterRefusal(rate: LearntRate, now: number, notBefore: number): LearntRate {
	if (rate.perMs === Infinity) return firstGuess(rate, now, notBefore);
	const measured = rate.passed === 0 ? rate : measure(rate, now);
	const { isMeasured, perMs, room, trustMs } = measured;
	const refused = {
		...measured,
		fullAt: isMeasured ? now + room / perMs : notBefore,
		step: FIRST_STEP,
		increaseAt: notBefore + trustMs,
		increaseAfter: rate.passed + CALLS_OF_STEP,
	};
	if (rate.passed === 0) return rate.isMeasured ? refused : { ...refused, resumedAt: notBefore };
	// A few calls measure badly: they count towards the next measure.
	if (rate.isMeasured && rate.passed < FEWEST_CALLS) return refused;
	const increaseAfter = CALLS_OF_STEP;
	return { ...refused, emptyAt: now, resumedAt: notBefore, passed: 0, increaseAfter };
}

/** All that is known is how many calls the bucket held at most. */
function firstGuess(rate: LearntRate, now: number, notBefore: number): LearntRate {
	const first = { calls: Math.max(1, rate.passed), ms: now - rate.resumedAt };
	return {
		...rate,
		...{ first, room: first.calls, perMs: first.calls / Math.max(FEELING_MS, first.ms), passed: 0 },
		...{ fullAt: notBefore, emptyAt: now, resumedAt: notBefore },
		...{ increaseAt: notBefore, increaseAfter: first.calls },
	};
}

/**
 * Between two moments at which the bucket was empty, as much went through as came in. What came in
 * while nothing was sent may have run over, so both measures are too low at worst, and the higher
 * one counts: of all the time, and of the time with calls less what a full bucket held.
 */
function measure(rate: LearntRate, now: number): LearntRate {
	const { passed, first, emptyAt, resumedAt, measuredPerMs } = rate;
	const busyMs = Math.max(1, now - resumedAt);
	const ofAllTime = passed / Math.max(1, now - emptyAt);
	const ofBusyTime = (passed - first.calls) / busyMs;
	const kept = passed < FEWEST_CALLS ? 0 : KEPT * measuredPerMs;
	const perMs = Math.min(rate.perMs, Math.max(ofAllTime, ofBusyTime, kept));
	const room = Math.max(1, first.calls - perMs * first.ms);
	const trustMs = Math.min(LONGEST_TRUST_MS, Math.max(SHORTEST_TRUST_MS, busyMs));
	return { ...rate, perMs, measuredPerMs: perMs, room, trustMs, isMeasured: true };
}
