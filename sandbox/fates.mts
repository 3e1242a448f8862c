import type { Clock } from './clock.mts';
import type { After } from './faults/vocabulary.mts';
import type { Failure, Instruction, Store } from './store.mts';

export interface BadEnd {
	status: string;
	failure: Failure;
}

/** What is still to happen to instructions when they are looked for. */
export class InstructionFates {
	private readonly appearances = new WeakMap<Instruction, Countdown>();
	private readonly badEnds = new WeakMap<Instruction, BadEnd & { countdown: Countdown }>();

	constructor(
		private readonly store: Store,
		private readonly clock: Clock,
	) {}

	/** The instruction is not found until then. */
	hide(instruction: Instruction, after: After): void {
		this.appearances.set(instruction, createCountdown(after, this.clock));
	}

	endBadly(instruction: Instruction, after: After, end: BadEnd): void {
		const countdown = createCountdown(after, this.clock);
		this.badEnds.set(instruction, { ...end, countdown });
	}

	/** To be asked once by every call that looks for the instruction: it counts, and brings on what is due. */
	isThere(instruction: Instruction): boolean {
		const badEnd = this.badEnds.get(instruction);
		if (badEnd?.countdown()) {
			this.badEnds.delete(instruction);
			instruction.failure = badEnd.failure;
			this.store.changeStatus(instruction, badEnd.status);
		}
		return this.appearances.get(instruction)?.() ?? true;
	}
}

/** Each call counts as one reading. True once the time has come. */
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
