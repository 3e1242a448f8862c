import { randomUUID } from 'node:crypto';
import type { Clock } from './clock.mts';

export type Metadata = Readonly<Record<string, string>>;
export type Direction = 'CREDIT' | 'DEBIT';

/** What an instruction request says, once it has been checked. */
export interface InstructionTerms {
	customerRef: string;
	direction: Direction;
	/** Decimal text, exactly as it was sent. */
	amount: string;
	currency: string;
	country: string;
	schemeId: string | null;
	financialInstrumentId: string | null;
	/** `YYYY-MM-DD` */
	settledByDate: string | null;
	metadata: Metadata;
}

export interface InstructionRequest extends InstructionTerms {
	instructionRef: string;
}

export interface Transaction {
	transactionId: string;
	financialInstrumentId: string;
	/** Epoch milliseconds. */
	created: number;
	/** Set when the transaction pays a reward. */
	reward: { rewardId: string; settlingReads: number } | null;
}

/** Why an instruction ended badly. */
export interface Failure {
	errorCode: string;
	reason: string;
}

export interface Instruction extends InstructionRequest {
	/** An open text; see API reference 5 for the known ones. */
	status: string;
	/** Epoch milliseconds, as is `lastUpdated`. */
	created: number;
	lastUpdated: number;
	transaction: Transaction | null;
	failure: Failure | null;
}

/** An instruction has come to the status that it has now. */
export interface StatusChange {
	order: Order;
	instruction: Instruction;
	/** Null when it was only just made. */
	previous: string | null;
}

export interface CustomerDefault {
	schemeId: string | null;
	financialInstrumentId: string | null;
	metadata: Metadata;
}

export interface Order {
	orderRef: string;
	metadata: Metadata;
	customerDefaults: Readonly<Record<string, CustomerDefault>>;
	instructions: Instruction[];
}

export interface Customer {
	customerRef: string;
	metadata: Metadata;
}

/** What others may see of the store. */
export interface ReadableStore {
	readonly orders: readonly Readonly<Order>[];
	readonly customers: readonly Readonly<Customer>[];
	order(orderRef: string): Readonly<Order> | undefined;
	instruction(orderRef: string, instructionRef: string): Readonly<Instruction> | undefined;
	customer(customerRef: string): Readonly<Customer> | undefined;
}

/** Orders, instructions and customers, in memory. Whether a change is allowed is the routes' to say. */
export class Store implements ReadableStore {
	private readonly ordersByRef = new Map<string, Order>();
	private readonly customersByRef = new Map<string, Customer>();
	private readonly orderByInstruction = new WeakMap<Instruction, Order>();
	private readonly watchers: Array<(change: StatusChange) => void> = [];

	constructor(private readonly clock: Clock) {}

	get orders(): readonly Order[] {
		return [...this.ordersByRef.values()];
	}

	get customers(): readonly Customer[] {
		return [...this.customersByRef.values()];
	}

	order(orderRef: string): Order | undefined {
		return this.ordersByRef.get(orderRef);
	}

	instruction(orderRef: string, instructionRef: string): Instruction | undefined {
		return this.order(orderRef)?.instructions.find(
			(instruction) => instruction.instructionRef === instructionRef,
		);
	}

	customer(customerRef: string): Customer | undefined {
		return this.customersByRef.get(customerRef);
	}

	addOrder(order: Omit<Order, 'instructions'>): Order {
		const added: Order = { ...order, instructions: [] };
		this.ordersByRef.set(order.orderRef, added);
		for (const customerRef of Object.keys(order.customerDefaults)) this.addCustomer(customerRef);
		return added;
	}

	addInstruction(order: Order, request: InstructionRequest): Instruction {
		const now = this.clock();
		const instruction: Instruction = {
			...request,
			status: initialStatus(order, request),
			created: now,
			lastUpdated: now,
			transaction: null,
			failure: null,
		};
		order.instructions.push(instruction);
		this.orderByInstruction.set(instruction, order);
		this.addCustomer(request.customerRef);
		this.tell({ order, instruction, previous: null });
		return instruction;
	}

	removeInstruction(orderRef: string, instruction: Instruction): void {
		const order = this.order(orderRef);
		if (order) order.instructions = order.instructions.filter((one) => one !== instruction);
	}

	changeTerms(order: Order, instruction: Instruction, terms: InstructionTerms): void {
		Object.assign(instruction, terms);
		this.addCustomer(terms.customerRef);
		this.changeStatus(instruction, initialStatus(order, terms));
	}

	/** The one place where an instruction's status changes after it was made. */
	changeStatus(instruction: Instruction, status: string): void {
		const previous = instruction.status;
		const order = this.orderByInstruction.get(instruction);
		instruction.status = status;
		instruction.lastUpdated = this.clock();
		if (order && status !== previous) this.tell({ order, instruction, previous });
	}

	/** Calls back whenever an instruction has come to a new status, its first one included. */
	watchStatus(watcher: (change: StatusChange) => void): void {
		this.watchers.push(watcher);
	}

	/** Whether the instruction is there still. */
	holds(instruction: Instruction): boolean {
		const order = this.orderByInstruction.get(instruction);
		if (!order || this.order(order.orderRef) !== order) return false;
		return order.instructions.includes(instruction);
	}

	/** An instruction has one transaction at most; without a financial instrument it is given one. */
	beginTransaction(order: Order, instruction: Instruction): Transaction {
		const financialInstrumentId =
			instruction.financialInstrumentId ??
			customerDefaultFor(order, instruction.customerRef)?.financialInstrumentId ??
			randomUUID();
		instruction.transaction ??= {
			transactionId: randomUUID(),
			financialInstrumentId,
			created: this.clock(),
			reward: null,
		};
		return instruction.transaction;
	}

	/** A customer is there as soon as an order names it (inferred; unknown in API reference 4.2). */
	addCustomer(customerRef: string): Customer {
		const known = this.customersByRef.get(customerRef);
		if (known) return known;
		const customer: Customer = { customerRef, metadata: {} };
		this.customersByRef.set(customerRef, customer);
		return customer;
	}

	clear(): void {
		this.ordersByRef.clear();
		this.customersByRef.clear();
	}

	private tell(change: StatusChange): void {
		for (const watcher of this.watchers) watcher(change);
	}
}

/** What the order says for all instructions of a customer. */
export function customerDefaultFor(
	order: Pick<Order, 'customerDefaults'>,
	customerRef: string,
): CustomerDefault | undefined {
	return Object.entries(order.customerDefaults).find(([ref]) => ref === customerRef)?.[1];
}

/**
 * READY, or INCOMPLETE while something needed is missing: the names are documented, their meaning is
 * inferred (API reference 5). So is that the scheme can be missing: it is in effect required, yet may
 * come from the customer defaults (API reference 4.1).
 */
function initialStatus(order: Order, terms: InstructionTerms): string {
	const schemeId = terms.schemeId ?? customerDefaultFor(order, terms.customerRef)?.schemeId;
	return schemeId ? 'READY' : 'INCOMPLETE';
}
