import type { FaultRecord, Faults } from './faults/faults.mts';
import type { Fault } from './faults/vocabulary.mts';
import type { Journal, ReceivedRequest } from './journal.mts';
import type { Sandbox } from './sandbox.mts';
import type { ReadableStore } from './store.mts';

/** What the sandbox holds and what it received, the admin endpoints' own calls excepted. */
export interface Counts {
	orders: number;
	instructions: number;
	requests: number;
	posts: number;
	tokenCalls: number;
	/** Requests that at least one fault struck. */
	faulted: number;
	/** Requests by the name of their route; `none` when no endpoint matched. */
	byRoute: Readonly<Record<string, number>>;
}

/** What one can see and do from outside Imburse's API; `admin.mts` offers the same over HTTP. */
export interface Controls {
	readonly store: ReadableStore;
	/** Every call received, the admin endpoints' own excepted. */
	readonly requests: readonly ReceivedRequest[];
	/** Token calls received, refused ones included. */
	readonly tokenCalls: number;
	readonly counts: Counts;
	/** The faults that are set, with how many calls each has struck. */
	readonly faults: readonly FaultRecord[];
	/**
	 * Sets faults, in place of any that were set. Throws an Error that says what is wrong with them.
	 * @param seed decides about probabilities; that of the options when left out
	 */
	misbehave(faults: readonly Fault[], seed?: number): void;
	/** Takes all faults away. What they have done to orders, instructions and tokens stays. */
	behave(): void;
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
	/** Forgets orders, customers, calls, nonces, tokens and faults. The other options stay. */
	reset(): void;
}

/** Statuses in which money is moving or has moved, so that there is a transaction. */
const statusesWithTransaction = ['PROCESSING', 'SETTLED', 'COMPLETED'];

export function createControls(sandbox: Sandbox, journal: Journal, faults: Faults): Controls {
	const { options, store, tokens, nonces } = sandbox;
	return {
		store,
		get requests() {
			return journal.requests;
		},
		get tokenCalls() {
			return journal.tokenCalls;
		},
		get counts() {
			return count(store, journal);
		},
		get faults() {
			return faults.records;
		},
		misbehave: (chosen, seed = options.seed) => faults.set(chosen, seed),
		behave: () => faults.clear(),
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
			faults.clear();
		},
	};
}

function count(store: ReadableStore, { requests, tokenCalls }: Journal): Counts {
	const byRoute: Record<string, number> = {};
	for (const { name } of requests) byRoute[name ?? 'none'] = (byRoute[name ?? 'none'] ?? 0) + 1;
	return {
		orders: store.orders.length,
		instructions: store.orders.flatMap((order) => order.instructions).length,
		requests: requests.length,
		posts: requests.filter(({ method }) => method === 'POST').length,
		tokenCalls,
		faulted: requests.filter(({ faults }) => faults.length > 0).length,
		byRoute,
	};
}
