import { z } from 'zod/v4';
import type { Instruction, StatusChange, Store } from './store.mts';
import { maxDelayMs, Timers } from './time.mts';

const lifeCycleStep = z.strictObject({
	/** Any text; the known ones are in API reference 5. */
	status: z.string().min(1),
	/** Milliseconds since the step before, or since the instruction became READY. */
	afterMs: z.int().min(0).max(maxDelayMs),
	/** What the instruction shows under `failed` from then on. */
	failure: z.strictObject({ errorCode: z.string(), reason: z.string() }).optional(),
});

export type LifeCycleStep = z.infer<typeof lifeCycleStep>;

const startStatus = 'READY';

/** Throws an Error that says what is wrong with the steps. */
export function parseLifeCycle(value: unknown): LifeCycleStep[] {
	const { data, error } = z.array(lifeCycleStep).safeParse(value);
	if (error) throw new Error(`The life cycle cannot be read.\n${z.prettifyError(error)}`);
	const statuses = [startStatus, ...data.map(({ status }) => status)];
	const repeated = statuses.find((status, index) => statuses.indexOf(status) < index);
	if (repeated) throw new Error(`The life cycle comes to ${repeated} twice.`);
	return data;
}

/**
 * Moves instructions from status to status by time. The next step depends on the status alone: an
 * instruction that a command has moved goes on from there, and one in a status that the life cycle
 * does not name stays as it is.
 */
export class LifeCycle {
	private readonly timers = new Timers();
	private readonly cancelByInstruction = new WeakMap<Instruction, () => void>();

	/** @param steps read anew for every change, since a test may change them */
	constructor(
		private readonly steps: () => readonly LifeCycleStep[],
		private readonly store: Store,
	) {}

	onStatusChange({ order, instruction }: StatusChange): void {
		this.cancelByInstruction.get(instruction)?.();
		const step = nextStep(instruction.status, this.steps());
		if (!step) return;
		const cancel = this.timers.after(step.afterMs, () => {
			this.store.moveInstruction(order, instruction, step);
		});
		this.cancelByInstruction.set(instruction, cancel);
	}

	/** No instruction that exists now moves any more. */
	cancelAll(): void {
		this.timers.clear();
	}
}

function nextStep(status: string, steps: readonly LifeCycleStep[]): LifeCycleStep | undefined {
	if (status === startStatus) return steps[0];
	const index = steps.findIndex((step) => step.status === status);
	return index < 0 ? undefined : steps[index + 1];
}
