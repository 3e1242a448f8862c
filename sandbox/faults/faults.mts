import type { Clock } from '../clock.mts';
import type { Call, Route } from '../route.mts';
import { drawsOf, isAimedAt, isOneOf } from './aim.mts';
import { readFaults } from './read-faults.mts';
import { TokenBucket } from './token-bucket.mts';
import type { Fault, FaultOf } from './vocabulary.mts';

/** A fault that strikes a call, and what it does to it: the fault itself, or what it comes down to. */
export interface Strike {
	fault: Fault;
	effect: Effect;
}

export type Effect = Exclude<Fault, FaultOf<'rateLimit'>>;

/** A fault that is set, and how often it was met. */
export interface FaultRecord {
	fault: Fault;
	/** Calls that it was aimed at. */
	aimedAt: number;
	/** Those of them that it struck. */
	struck: number;
}

/** The faults that are set, and which calls they strike. */
export class Faults {
	private watches: Watch[] = [];

	constructor(private readonly clock: Clock) {}

	/**
	 * In place of all that were set; every count begins anew. Throws when a fault makes no sense.
	 * @param seed decides about probabilities; see `probability` in the vocabulary
	 */
	set(faults: readonly Fault[], seed: number): void {
		this.watches = readFaults(faults).map(
			(fault, index) => new Watch(fault, drawsOf(seed, index), this.clock),
		);
	}

	clear(): void {
		this.watches = [];
	}

	get records(): readonly FaultRecord[] {
		return this.watches.map(({ fault, aimedAt, struck }) => ({ fault, aimedAt, struck }));
	}

	/** Those that strike this call, in the order of the list. To be asked once for every call. */
	strike(call: Call, route: Route): Strike[] {
		return this.watches.flatMap((watch) => {
			const effect = watch.strike(call, route);
			return effect ? [{ fault: watch.fault, effect }] : [];
		});
	}
}

/** One fault and its counts. */
class Watch {
	aimedAt = 0;
	struck = 0;
	private readonly bucket: TokenBucket | null;

	constructor(
		readonly fault: Fault,
		private readonly draw: (n: number) => number,
		clock: Clock,
	) {
		this.bucket =
			fault.kind === 'rateLimit' ? new TokenBucket(fault.perSecond, fault.burst, clock) : null;
	}

	strike(call: Call, route: Route): Effect | null {
		if (!isAimedAt(this.fault, call, route)) return null;
		this.aimedAt += 1;
		if (!isOneOf(this.fault.calls, this.aimedAt, this.draw)) return null;
		const effect = this.effect();
		if (effect) this.struck += 1;
		return effect;
	}

	private effect(): Effect | null {
		if (this.fault.kind !== 'rateLimit') return this.fault;
		const seconds = this.bucket?.take() ?? 0;
		return seconds > 0 ? tooMany(this.fault, Math.ceil(seconds)) : null;
	}
}

function tooMany(fault: FaultOf<'rateLimit'>, seconds: number): FaultOf<'answer'> {
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
