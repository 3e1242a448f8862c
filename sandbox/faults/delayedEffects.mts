import type { Clock } from '../time.mts';
import type { After } from './faultSchema.mts';
import type { Failure, Instruction, Store } from '../store.mts';

export interface TerminalFailure {
	status: string;
	failure: Failure;
}

/** What becomes of instructions later, when a request looks for them. */
export class DelayedEffects {
	private readonly hiddenUntil = new WeakMap<Instruction, Countdown>();
	private readonly later = new WeakMap<Instruction, { countdown: Countdown; apply: () => void }>();

	constructor(
		private readonly store: Store,
		private readonly clock: Clock,
	) {}

	/** Until then no request finds the instruction. */
	hide(instruction: Instruction, after: After): void {
		this.hiddenUntil.set(instruction, createCountdown(after, this.clock));
	}

	failLater(instruction: Instruction, after: After, { status, failure }: TerminalFailure): void {
		this.applyLater(instruction, after, () => {
			instruction.failure = failure;
			this.store.setStatus(instruction, status);
		});
	}

	/** In place of what was to become of it before. */
	applyLater(instruction: Instruction, after: After, apply: () => void): void {
		this.later.set(instruction, { countdown: createCountdown(after, this.clock), apply });
	}

	/** Call it once for each request that looks for the instruction: it counts, and applies what is due. */
	find(instruction: Instruction): boolean {
		const effect = this.later.get(instruction);
		if (effect?.countdown()) {
			this.later.delete(instruction);
			effect.apply();
		}
		return this.hiddenUntil.get(instruction)?.() ?? true;
	}
}

/** Each call counts as one read. True once the time has come. */
type Countdown = () => boolean;

function createCountdown(after: After, clock: Clock): Countdown {
	if ('ms' in after) {
		const due = clock() + after.ms;
		return () => clock() >= due;
	}
	let readsLeft = after.reads;
	return () => {
		readsLeft -= 1;
		return readsLeft < 0;
	};
}
