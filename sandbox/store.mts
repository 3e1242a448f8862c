import { randomUUID } from 'node:crypto';
import type { Clock } from './time.mts';

export type Metadata = Readonly<Record<string, string>>;
export type Direction = 'CREDIT' | 'DEBIT';

/** The fields of an instruction request, once they are valid. */
export interface InstructionFields {
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

export interface InstructionRequest extends InstructionFields {
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

/** Why an instruction failed. */
export interface Failure {
	errorCode: string;
	reason: string;
}

/** How an instruction was cancelled. */
export interface Cancellation {
	/** Epoch milliseconds. */
	timestamp: number;
	reason: string;
}

export interface Instruction extends InstructionRequest {
	/** Any text; API reference 5 has the known ones. */
	status: string;
	/** Epoch milliseconds, as is `lastUpdated`. */
	created: number;
	lastUpdated: number;
	transaction: Transaction | null;
	failure: Failure | null;
	cancellation: Cancellation | null;
}

/** An instruction has changed to the status that it has now. */
export interface StatusChange {
	order: Order;
	instruction: Instruction;
	/** Null when it has just been created. */
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

/** The part of the store that others may read. */
export interface ReadonlyStore {
	readonly orders: readonly Readonly<Order>[];
	readonly customers: readonly Readonly<Customer>[];
	order(orderRef: string): Readonly<Order> | undefined;
	instruction(orderRef: string, instructionRef: string): Readonly<Instruction> | undefined;
	customer(customerRef: string): Readonly<Customer> | undefined;
}

/** Statuses in which money moves or has moved, so that there is a transaction. */
const statusesWithTransaction = ['PROCESSING', 'SETTLED', 'COMPLETED'];

/** Orders, instructions and customers, in memory. The routes decide whether a change is allowed. */
export class Store implements ReadonlyStore {
	private readonly ordersByRef = new Map<string, Order>();
	private readonly customersByRef = new Map<string, Customer>();
	private readonly orderByInstruction = new WeakMap<Instruction, Order>();
	private readonly listeners: Array<(change: StatusChange) => void> = [];

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
			cancellation: null,
		};
		order.instructions.push(instruction);
		this.orderByInstruction.set(instruction, order);
		this.addCustomer(request.customerRef);
		this.notify({ order, instruction, previous: null });
		return instruction;
	}

	removeInstruction(orderRef: string, instruction: Instruction): void {
		const order = this.order(orderRef);
		if (order) order.instructions = order.instructions.filter((one) => one !== instruction);
	}

	updateInstruction(order: Order, instruction: Instruction, fields: InstructionFields): void {
		Object.assign(instruction, fields);
		this.addCustomer(fields.customerRef);
		this.setStatus(instruction, initialStatus(order, fields));
	}

	/** The one place where the status of an instruction changes after its creation. */
	setStatus(instruction: Instruction, status: string): void {
		const previous = instruction.status;
		const order = this.orderByInstruction.get(instruction);
		instruction.status = status;
		instruction.lastUpdated = this.clock();
		if (order && status !== previous) this.notify({ order, instruction, previous });
	}

	/** Calls the listener whenever an instruction has a new status, its first one included. */
	onStatusChange(listener: (change: StatusChange) => void): void {
		this.listeners.push(listener);
	}

	/** Whether the instruction is still there. */
	contains(instruction: Instruction): boolean {
		const order = this.orderByInstruction.get(instruction);
		if (!order || this.order(order.orderRef) !== order) return false;
		return order.instructions.includes(instruction);
	}

	/** Sets a status and what belongs to it: the failure, and the transaction when money moves. */
	moveInstruction(
		order: Order,
		instruction: Instruction,
		{ status, failure }: { status: string; failure?: Failure },
	): void {
		if (statusesWithTransaction.includes(status)) this.beginTransaction(order, instruction);
		instruction.failure = failure ?? null;
		this.setStatus(instruction, status);
	}

	cancelInstruction(instruction: Instruction, status: string, reason: string): void {
		instruction.cancellation = { timestamp: this.clock(), reason };
		this.setStatus(instruction, status);
	}

	/** An instruction has one transaction at most; one without a financial instrument gets a new one. */
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

	/** A customer exists as soon as an order names it (inferred; unknown in API reference 4.2). */
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

	private notify(change: StatusChange): void {
		for (const listener of this.listeners) listener(change);
	}
}

/** The order's default for all instructions of a customer. */
export function customerDefaultFor(
	order: Pick<Order, 'customerDefaults'>,
	customerRef: string,
): CustomerDefault | undefined {
	return Object.entries(order.customerDefaults).find(([ref]) => ref === customerRef)?.[1];
}

/**
 * READY, or INCOMPLETE while a required field is missing: the names are documented, their meaning is
 * inferred (API reference 5). It is also inferred that the scheme may be missing: it is required in
 * effect, but may come from the customer defaults (API reference 4.1).
 */
function initialStatus(order: Order, fields: InstructionFields): string {
	const schemeId = fields.schemeId ?? customerDefaultFor(order, fields.customerRef)?.schemeId;
	return schemeId ? 'READY' : 'INCOMPLETE';
}
