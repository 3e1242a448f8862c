import type { Failure, Instruction, Order, Store } from './store.mts';

/** Statuses in which money is moving or has moved, so that there is a transaction. */
const statusesWithTransaction = ['PROCESSING', 'SETTLED', 'COMPLETED'];

/** Brings an instruction to a status with everything that goes with it. */
export function moveInstruction(
	store: Store,
	order: Order,
	instruction: Instruction,
	{ status, failure }: { status: string; failure?: Failure },
): void {
	if (statusesWithTransaction.includes(status)) store.beginTransaction(order, instruction);
	instruction.failure = failure ?? null;
	store.changeStatus(instruction, status);
}
