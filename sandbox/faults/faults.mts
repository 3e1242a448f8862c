import type { Clock } from '../time.mts';
import type { ApiRequest, Route } from '../route.mts';
import { seededRandom, matchesRequest, isSelected } from './matching.mts';
import { parseFaults } from './parseFaults.mts';
import { TokenBucket } from './tokenBucket.mts';
import type { Fault, FaultOf } from './faultSchema.mts';

/** A fault that a request has triggered, and its effect: the fault itself, or the one that it turns into. */
export interface TriggeredFault {
	fault: Fault;
	effect: Effect;
}

export type Effect = Exclude<Fault, FaultOf<'rateLimit'>>;

/** A fault that is set, with its counts. */
export interface FaultCounts {
	fault: Fault;
	/** Requests that it targets. */
	matched: number;
	/** Those of them that triggered it. */
	triggered: number;
}

/** The faults that are set. */
export class Faults {
	private active: ActiveFault[] = [];

	constructor(private readonly clock: Clock) {}

	/**
	 * Sets faults in place of all that were set; every count starts at 0. Throws when a fault makes no
	 * sense.
	 * @param seed of the random numbers; see `probability` in `faultSchema.mts`
	 */
	set(faults: readonly Fault[], seed: number): void {
		this.active = parseFaults(faults).map(
			(fault, index) => new ActiveFault(fault, seededRandom(seed, index), this.clock),
		);
	}

	clear(): void {
		this.active = [];
	}

	get counts(): readonly FaultCounts[] {
		return this.active.map(({ fault, matched, triggered }) => ({ fault, matched, triggered }));
	}

	/** The faults that this request triggers, in the order of the list. Call it once for each request. */
	trigger(request: ApiRequest, route: Route): TriggeredFault[] {
		return this.active.flatMap((one) => {
			const effect = one.trigger(request, route);
			return effect ? [{ fault: one.fault, effect }] : [];
		});
	}
}

/** One fault that is set, and its counts. */
class ActiveFault {
	matched = 0;
	triggered = 0;
	private readonly bucket: TokenBucket | null;

	constructor(
		readonly fault: Fault,
		private readonly random: (n: number) => number,
		clock: Clock,
	) {
		this.bucket =
			fault.kind === 'rateLimit' ? new TokenBucket(fault.perSecond, fault.burst, clock) : null;
	}

	trigger(request: ApiRequest, route: Route): Effect | null {
		if (!matchesRequest(this.fault, request, route)) return null;
		this.matched += 1;
		if (!isSelected(this.fault.calls, this.matched, this.random)) return null;
		const effect = this.currentEffect();
		if (effect) this.triggered += 1;
		return effect;
	}

	private currentEffect(): Effect | null {
		if (this.fault.kind !== 'rateLimit') return this.fault;
		const seconds = this.bucket?.take() ?? 0;
		return seconds > 0 ? tooManyRequests(this.fault, Math.ceil(seconds)) : null;
	}
}

function tooManyRequests(fault: FaultOf<'rateLimit'>, seconds: number): FaultOf<'answer'> {
	const { status = 429, retryAfter, body } = fault;
	return {
		kind: 'answer',
		at: 'beforeWrite',
		status,
		body,
		errorCodes: ['TOO_MANY_REQUESTS'],
		retryAfter: retryAfter && { seconds, as: retryAfter },
	};
}
