import type { FaultRecord, Faults } from './faults/faults.mts';
import type { Fault } from './faults/vocabulary.mts';
import type { Journal, ReceivedRequest } from './journal.mts';
import type { Sandbox } from './sandbox.mts';
import { moveInstruction } from './status.mts';
import type { Failure, Instruction, Order, ReadableStore, Store } from './store.mts';
import type { WebhookControls } from './webhooks/webhook-controls.mts';

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

/** All instructions, but those of another order or with another reference. */
export interface InstructionChoice {
	orderRef?: string;
	instructionRef?: string;
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
		failure?: Failure,
	): void;
	/**
	 * Moves every instruction to a status, or only those with the references given.
	 * @returns how many there were
	 */
	advance(status: string, which?: InstructionChoice, failure?: Failure): number;
	/** Destinations, events and deliveries. */
	readonly webhooks: WebhookControls;
	/**
	 * Forgets orders, customers, calls, nonces, tokens and faults, events, deliveries and all webhooks
	 * that the options do not name. The other options stay.
	 */
	reset(): void;
}

export function createControls(sandbox: Sandbox, journal: Journal, faults: Faults): Controls {
	const { options, store, tokens, nonces, webhooks, lifeCycle } = sandbox;
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
			moveInstruction(store, order, instruction, { status, failure });
		},
		advance(status, which = {}, failure) {
			const chosen = chooseInstructions(store, which);
			for (const [order, instruction] of chosen) {
				moveInstruction(store, order, instruction, { status, failure });
			}
			return chosen.length;
		},
		webhooks,
		reset() {
			store.clear();
			journal.clear();
			nonces.clear();
			tokens.expireAll();
			faults.clear();
			lifeCycle.clear();
			webhooks.reset();
		},
	};
}

function chooseInstructions(
	store: Store,
	{ orderRef, instructionRef }: InstructionChoice,
): Array<[Order, Instruction]> {
	const orders = store.orders.filter((one) => orderRef === undefined || one.orderRef === orderRef);
	return orders.flatMap((order) =>
		order.instructions
			.filter((one) => instructionRef === undefined || one.instructionRef === instructionRef)
			.map((instruction): [Order, Instruction] => [order, instruction]),
	);
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
