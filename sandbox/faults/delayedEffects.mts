import type { Clock } from '../time.mts';
import type { After } from './faultSchema.mts';
import type { Failure, Instruction, Store } from '../store.mts';

export interface TerminalFailure {
	status: string;
	failure: Failure;
}

/** What faults do to instructions later, when a request looks for them. */
export class DelayedEffects {
	private readonly hiddenUntil = new WeakMap<Instruction, Countdown>();
	private readonly terminalFailures = new WeakMap<
		Instruction,
		TerminalFailure & { countdown: Countdown }
	>();

	constructor(
		private readonly store: Store,
		private readonly clock: Clock,
	) {}

	/** Until then no request finds the instruction. */
	hide(instruction: Instruction, after: After): void {
		this.hiddenUntil.set(instruction, createCountdown(after, this.clock));
	}

	failLater(instruction: Instruction, after: After, failure: TerminalFailure): void {
		const countdown = createCountdown(after, this.clock);
		this.terminalFailures.set(instruction, { ...failure, countdown });
	}

	/** Call it once for each request that looks for the instruction: it counts, and applies what is due. */
	find(instruction: Instruction): boolean {
		const terminal = this.terminalFailures.get(instruction);
		if (terminal?.countdown()) {
			this.terminalFailures.delete(instruction);
			instruction.failure = terminal.failure;
			this.store.setStatus(instruction, terminal.status);
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
