import { DecimalNumber } from './decimal.mts';
import {
	customerDefaultFor,
	type CustomerDefault,
	type Instruction,
	type Order,
} from './store.mts';

type Version = 'v1' | 'v2';
type InheritedFields = ReturnType<typeof inheritedFields>;

/**
 * An instruction may change only in these states (API reference 4.1, documented). That it may be
 * cancelled in the same ones is inferred.
 */
const changeableStatuses = ['INCOMPLETE', 'READY'];

export function isChangeable(instruction: Instruction): boolean {
	return changeableStatuses.includes(instruction.status);
}

/** The Order model (API reference 5, documented for 2019; the same under v2 is inferred). */
export function presentOrder(order: Order, version: Version): object {
	return {
		orderRef: order.orderRef,
		instructions: order.instructions.map((one) => presentInstruction(order, one, version)),
		metadata: order.metadata,
		customerDefaults: Object.fromEntries(
			Object.entries(order.customerDefaults).map(([customerRef, customerDefault]) => [
				customerRef,
				presentCustomerDefault(customerDefault),
			]),
		),
	};
}

/** The Instruction models of both generations (API reference 5, documented). */
export function presentInstruction(
	order: Order,
	instruction: Instruction,
	version: Version,
): object {
	const inherited = inheritedFields(order, instruction);
	return version === 'v1'
		? presentInstructionV1(instruction, inherited)
		: presentInstructionV2(order, instruction, inherited);
}

/** `instructionRef` is in the table of fields; the date has the format of the sample of 2019. */
function presentInstructionV1(instruction: Instruction, inherited: object): object {
	const { instructionRef, settledByDate } = instruction;
	return {
		instructionRef,
		...commonFields(instruction),
		settledByDate: settledByDate && `${settledByDate}T00:00:00.000Z`,
		...inherited,
	};
}

/** The reference is only in the link, as in the sample; the path of the link is of v1 (documented). */
function presentInstructionV2(
	order: Order,
	instruction: Instruction,
	inherited: InheritedFields,
): object {
	const { created, lastUpdated, settledByDate } = instruction;
	return {
		_links: presentLinks(order, instruction, inherited.financialInstrument.financialInstrumentId),
		created,
		lastUpdated,
		...commonFields(instruction),
		settledByDate,
		forecastedSettlementDate: null,
		actualSettlementDate: null,
		executionTimestamp: null,
		...inherited,
		transaction: presentTransaction(instruction),
		failed: instruction.failure && { failedTimestamp: lastUpdated, ...instruction.failure },
		cancelled: presentCancellation(instruction),
	};
}

/** The three names are documented (API reference 5), what stands in `identity` is inferred. */
function presentCancellation({ cancellation }: Instruction): object | null {
	if (!cancellation) return null;
	const { timestamp, reason } = cancellation;
	return { cancelledTimestamp: timestamp, identity: 'api-key', reason };
}

function commonFields(instruction: Instruction): object {
	const { direction, status, customerRef, amount, currency, country } = instruction;
	return { direction, status, customerRef, amount: new DecimalNumber(amount), currency, country };
}

/**
 * The instruction's own value wins over the customer default; metadata is merged key by key (API
 * reference 5, documented). `MANUALLY_SET` for the instruction's own value is inferred.
 */
function inheritedFields(order: Order, instruction: Instruction) {
	const fallback = customerDefaultFor(order, instruction.customerRef);
	const canUpdate = isChangeable(instruction);
	const financialInstrument = firstWithValue([
		['MANUALLY_SET', instruction.financialInstrumentId],
		['CUSTOMER_DEFAULT', fallback?.financialInstrumentId],
		['SYSTEM_GENERATED', instruction.transaction?.financialInstrumentId],
	]);
	const scheme = firstWithValue([
		['MANUALLY_SET', instruction.schemeId],
		['CUSTOMER_DEFAULT', fallback?.schemeId],
	]);
	return {
		financialInstrument: {
			financialInstrumentId: financialInstrument.id,
			source: financialInstrument.source,
			canUpdate,
		},
		scheme: { schemeId: scheme.id, source: scheme.source, canUpdate },
		metadata: { ...fallback?.metadata, ...instruction.metadata },
	};
}

/** The first of the candidates that has a value. */
function firstWithValue(candidates: Array<[source: string, id: string | null | undefined]>) {
	const [source, id] = candidates.find(([, candidate]) => candidate) ?? ['NONE', null];
	return { source, id: id ?? null };
}

/** Nested in responses (API reference 5, documented), flat in requests (API reference 9, row 14). */
function presentCustomerDefault(customerDefault: CustomerDefault): object {
	const { financialInstrumentId, schemeId, metadata } = customerDefault;
	return {
		financialInstrument: {
			financialInstrumentId,
			source: financialInstrumentId ? 'MANUALLY_SET' : 'NONE',
		},
		scheme: { schemeId, source: schemeId ? 'MANUALLY_SET' : 'NONE' },
		metadata,
	};
}

/** The targets of the links are documented (API reference 4.2 and 5), their names are inferred. */
function presentLinks(
	order: Order,
	instruction: Instruction,
	financialInstrumentId: string | null,
) {
	const { customerRef, instructionRef, transaction } = instruction;
	const instrument = `/v1/customer-vault/${customerRef}/financial-instrument/${financialInstrumentId}`;
	return {
		self: { href: `/v1/order-management/${order.orderRef}/instruction/${instructionRef}` },
		financialInstruments: financialInstrumentId
			? [{ href: instrument, name: 'financial-instrument' }]
			: [],
		transactions: transaction
			? [{ href: `${instrument}/transaction/${transaction.transactionId}`, name: 'transaction' }]
			: [],
	};
}

/** The transaction of the v2 sample (API reference 5, documented); its status follows the instruction's. */
function presentTransaction({ transaction, amount, status, lastUpdated }: Instruction) {
	if (!transaction) return null;
	return {
		transactionId: transaction.transactionId,
		financialInstrumentId: transaction.financialInstrumentId,
		createdTimestamp: transaction.created,
		lastUpdatedTimestamp: lastUpdated,
		amount: new DecimalNumber(amount),
		netAmount: new DecimalNumber(amount),
		status: status === 'SETTLED' ? 'COMPLETED' : status,
		additionalInformation: null,
		app: null,
		refunds: [],
		chargebacks: [],
	};
}
