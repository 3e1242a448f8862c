/*
 * How the columns of sheets are called that hold the fields of a payment: Imburse's own names (API
 * reference 4.1) and the usual ones. A usual name stands here only where it can mean nothing else.
 */

/** A field that a column can hold. */
export interface ColumnField {
	/** Its display name. */
	label: string;
	/** Names of columns. Letter case, spaces, "_" and "-" do not count. */
	names: readonly string[];
	/** Whether only the letter case is free: of what moves money, nothing is guessed. */
	isExact?: true;
}

/** By Imburse's own name, in the order in which a person thinks of them. */
export const COLUMN_FIELDS = {
	orderRef: {
		label: 'Order Reference',
		names: [
			...referenceNames('order'),
			...referenceNames('payment order'),
			...referenceNames('claim'),
		],
	},
	instructionRef: {
		label: 'Instruction Reference',
		names: [
			...referenceNames('instruction'),
			...referenceNames('payment'),
			...referenceNames('payout'),
		],
	},
	customerRef: {
		label: 'Customer Reference',
		names: [
			...referenceNames('customer'),
			...referenceNames('client'),
			...referenceNames('payee'),
			...referenceNames('policyholder'),
		],
	},
	direction: { label: 'Direction', names: ['direction'], isExact: true },
	amount: {
		label: 'Amount',
		names: ['amount', 'payment amount', 'payment_amount', 'payout amount', 'payout_amount'],
		isExact: true,
	},
	currency: { label: 'Currency', names: ['currency'], isExact: true },
	country: { label: 'Country', names: ['country', 'country code'] },
	schemeId: { label: 'Scheme', names: ['scheme id'] },
	settledByDate: { label: 'Settled By Date', names: ['settled by date', 'settle by date'] },
	financialInstrumentId: {
		label: 'Financial Instrument ID',
		names: ['financial instrument id'],
	},
} as const satisfies Readonly<Record<string, ColumnField>>;

export type ColumnFieldName = keyof typeof COLUMN_FIELDS;

export const COLUMN_FIELD_NAMES = Object.keys(COLUMN_FIELDS) as ColumnFieldName[];

function referenceNames(thing: string): string[] {
	return ['reference', 'ref', 'id', 'number', 'no', 'no.'].map((word) => `${thing} ${word}`);
}
