import { z } from 'zod/v4';
import type { SandboxOptions } from './options.mts';
import { moveInstruction } from './status.mts';
import type { Instruction, StatusChange, Store } from './store.mts';
import { longestWaitMs, Timers } from './timers.mts';

const lifeCycleStep = z.strictObject({
	/** Any text; the known ones are in API reference 5. */
	status: z.string().min(1),
	/** Milliseconds since the step before, or since the instruction became READY. */
	afterMs: z.int().min(0).max(longestWaitMs),
	/** What the instruction shows under `failed` from then on. */
	failure: z.strictObject({ errorCode: z.string(), reason: z.string() }).optional(),
});

export type LifeCycleStep = z.infer<typeof lifeCycleStep>;

const beginning = 'READY';

/** Throws an Error that says what is wrong with the steps. */
export function readLifeCycle(value: unknown): LifeCycleStep[] {
	const { data, error } = z.array(lifeCycleStep).safeParse(value);
	if (error) throw new Error(`The life cycle cannot be read.\n${z.prettifyError(error)}`);
	const statuses = [beginning, ...data.map(({ status }) => status)];
	const repeated = statuses.find((status, index) => statuses.indexOf(status) < index);
	if (repeated) throw new Error(`The life cycle comes to ${repeated} twice.`);
	return data;
}

/**
 * Brings instructions from status to status by time. What comes next depends on nothing but the
 * status: one that is moved by command goes on from there, and one in a status of which the life
 * cycle knows nothing stays as it is.
 */
export class LifeCycle {
	private readonly timers = new Timers();
	private readonly cancelByInstruction = new WeakMap<Instruction, () => void>();

	constructor(
		private readonly options: SandboxOptions,
		private readonly store: Store,
	) {}

	follow({ order, instruction }: StatusChange): void {
		this.cancelByInstruction.get(instruction)?.();
		const step = stepAfter(instruction.status, this.options.lifeCycle);
		if (!step) return;
		const cancel = this.timers.after(step.afterMs, () => {
			moveInstruction(this.store, order, instruction, step);
		});
		this.cancelByInstruction.set(instruction, cancel);
	}

	/** Nothing more happens to the instructions of now. */
	clear(): void {
		this.timers.clear();
	}
}

function stepAfter(status: string, steps: readonly LifeCycleStep[]): LifeCycleStep | undefined {
	if (status === beginning) return steps[0];
	const index = steps.findIndex((step) => step.status === status);
	return index < 0 ? undefined : steps[index + 1];
}
