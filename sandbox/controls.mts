import type { Journal, ReceivedRequest } from './journal.mts';
import type { Sandbox } from './sandbox.mts';
import type { ReadableStore } from './store.mts';

/** What one can see and do from outside Imburse's API; `admin.mts` offers the same over HTTP. */
export interface Controls {
	readonly store: ReadableStore;
	/** Every call received, the admin endpoints' own excepted. */
	readonly requests: readonly ReceivedRequest[];
	/** Token calls received, refused ones included. */
	readonly tokenCalls: number;
	/** All tokens issued so far stop working at once. */
	expireTokens(): void;
	/**
	 * Moves an instruction to a status (any text, see API reference 5). Throws an Error when there is
	 * no such instruction.
	 * @param failure what the v2 answer shows under `failed`
	 */
	setInstructionStatus(
		orderRef: string,
		instructionRef: string,
		status: string,
		failure?: { errorCode: string; reason: string },
	): void;
	/** Forgets orders, customers, calls, nonces and tokens. The options stay. */
	reset(): void;
}

/** Statuses in which money is moving or has moved, so that there is a transaction. */
const statusesWithTransaction = ['PROCESSING', 'SETTLED', 'COMPLETED'];

export function createControls(sandbox: Sandbox, journal: Journal): Controls {
	const { store, tokens, nonces } = sandbox;
	return {
		store,
		get requests() {
			return journal.requests;
		},
		get tokenCalls() {
			return journal.tokenCalls;
		},
		expireTokens: () => tokens.expireAll(),
		setInstructionStatus(orderRef, instructionRef, status, failure) {
			const order = store.order(orderRef);
			const instruction = store.instruction(orderRef, instructionRef);
			if (!order || !instruction) {
				throw new Error(`There is no instruction ${instructionRef} in ${orderRef}.`);
			}
			if (statusesWithTransaction.includes(status)) store.beginTransaction(order, instruction);
			instruction.failure = failure ?? null;
			store.changeStatus(instruction, status);
		},
		reset() {
			store.clear();
			journal.clear();
			nonces.clear();
			tokens.expireAll();
		},
	};
}
