import type { FaultCounts, Faults } from './faults/faults.mts';
import type { Fault } from './faults/faultSchema.mts';
import type { RequestLog, ReceivedRequest } from './requestLog.mts';
import type { Sandbox } from './sandbox.mts';
import type { Failure, Instruction, Order, ReadonlyStore, Store } from './store.mts';
import type { WebhookControls } from './webhooks/webhookControls.mts';

/** What the sandbox has and what it received, requests to the admin endpoints excepted. */
export interface Counts {
	orders: number;
	instructions: number;
	requests: number;
	posts: number;
	tokenCalls: number;
	/** Requests that triggered at least one fault. */
	faulted: number;
	/** Requests by the name of their route; `none` when no endpoint matched. */
	byRoute: Readonly<Record<string, number>>;
}

/** Selects instructions by their references; all of them when it is empty. */
export interface InstructionFilter {
	orderRef?: string;
	instructionRef?: string;
}

/** Inspects and steers the sandbox from outside Imburse's API; `adminApi.mts` offers the same over HTTP. */
export interface Controls {
	readonly store: ReadonlyStore;
	/** Every request received, those to the admin endpoints excepted. */
	readonly requests: readonly ReceivedRequest[];
	/** Token calls received, refused ones included. */
	readonly tokenCalls: number;
	readonly counts: Counts;
	/** The faults that are set, each with the number of requests that triggered it. */
	readonly faults: readonly FaultCounts[];
	/**
	 * Sets faults in place of all that were set. Throws an Error that says what is wrong with them.
	 * @param seed of the random numbers for probabilities; that of the options when left out
	 */
	setFaults(faults: readonly Fault[], seed?: number): void;
	/** Removes all faults. What they have done to orders, instructions and tokens stays. */
	clearFaults(): void;
	/** All tokens issued so far stop working at once. */
	expireTokens(): void;
	/**
	 * Moves an instruction to a status (any text, see API reference 5). Throws an Error when there is
	 * no such instruction.
	 * @param failure what the v2 response shows under `failed`
	 */
	setInstructionStatus(
		orderRef: string,
		instructionRef: string,
		status: string,
		failure?: Failure,
	): void;
	/**
	 * Moves every instruction to a status, or only those that the filter selects.
	 * @returns how many were moved
	 */
	advance(status: string, filter?: InstructionFilter, failure?: Failure): number;
	/** Destinations, events and deliveries. */
	readonly webhooks: WebhookControls;
	/**
	 * Removes orders, customers, requests, nonces, tokens, faults, events, deliveries, and all webhooks
	 * that the options do not name. The options stay as they are.
	 */
	reset(): void;
}

export function createControls(sandbox: Sandbox, requestLog: RequestLog, faults: Faults): Controls {
	const { options, store, tokens, nonces, webhooks, lifeCycle } = sandbox;
	return {
		store,
		get requests() {
			return requestLog.requests;
		},
		get tokenCalls() {
			return requestLog.tokenCalls;
		},
		get counts() {
			return count(store, requestLog);
		},
		get faults() {
			return faults.counts;
		},
		setFaults: (given, seed = options.seed) => faults.set(given, seed),
		clearFaults: () => faults.clear(),
		expireTokens: () => tokens.expireAll(),
		setInstructionStatus(orderRef, instructionRef, status, failure) {
			const order = store.order(orderRef);
			const instruction = store.instruction(orderRef, instructionRef);
			if (!order || !instruction) {
				throw new Error(`There is no instruction ${instructionRef} in ${orderRef}.`);
			}
			store.moveInstruction(order, instruction, { status, failure });
		},
		advance(status, filter = {}, failure) {
			const selected = selectInstructions(store, filter);
			for (const [order, instruction] of selected) {
				store.moveInstruction(order, instruction, { status, failure });
			}
			return selected.length;
		},
		webhooks,
		reset() {
			store.clear();
			requestLog.clear();
			nonces.clear();
			tokens.expireAll();
			faults.clear();
			lifeCycle.cancelAll();
			webhooks.reset();
		},
	};
}

function selectInstructions(
	store: Store,
	{ orderRef, instructionRef }: InstructionFilter,
): Array<[Order, Instruction]> {
	const orders = store.orders.filter((one) => orderRef === undefined || one.orderRef === orderRef);
	return orders.flatMap((order) =>
		order.instructions
			.filter((one) => instructionRef === undefined || one.instructionRef === instructionRef)
			.map((instruction): [Order, Instruction] => [order, instruction]),
	);
}

function count(store: ReadonlyStore, { requests, tokenCalls }: RequestLog): Counts {
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
