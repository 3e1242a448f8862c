import { sameAmount } from './amount';
import { withoutRunReferences } from './runReferences';
import type { Metadata } from './metadataPairs';
import { formatValue } from './format';

/** What was sent of an order or an instruction, under the names of the request. */
export interface SentFields {
	orderRef?: string;
	instructionRef?: string;
	customerRef?: string;
	direction?: string;
	/** Decimal text. */
	amount?: string;
	currency?: string;
	country?: string;
	schemeId?: string;
	financialInstrumentId?: string;
	/** `YYYY-MM-DD`. */
	settledByDate?: string;
	metadata?: Metadata;
	/** Of an order, by customer. */
	customerDefaults?: Readonly<Record<string, SentFields>>;
}

/** One field in which what Imburse has is not what was sent. */
export interface Mismatch {
	field: string;
	/** Both as a message shows them. */
	sent: string;
	found: string;
}

export interface FieldComparison {
	mismatched: Mismatch[];
	/** Fields that were sent and that the answer does not speak of: nobody can tell. */
	missing: string[];
}

interface ComparedField {
	name: Exclude<keyof SentFields, 'metadata' | 'customerDefaults'>;
	/** As a user knows it. */
	label: string;
	/** Where it stands in the answer, whose nesting differs from the request's. */
	path: readonly string[];
	equals: (sent: string, found: unknown) => boolean;
	/** Whether an answer may leave it out all the same. */
	mayBeMissing?: boolean;
}

/** API reference 5 and 9, row 12: what requests have flat, answers nest. */
const COMPARED_FIELDS: readonly ComparedField[] = [
	{ name: 'orderRef', label: 'Order Reference', path: ['orderRef'], equals: sameText },
	{
		// A sample of Imburse's own leaves it out; what was read was asked for by this very name.
		name: 'instructionRef',
		label: 'Instruction Reference',
		path: ['instructionRef'],
		equals: sameText,
		mayBeMissing: true,
	},
	{ name: 'customerRef', label: 'Customer Reference', path: ['customerRef'], equals: sameText },
	{ name: 'direction', label: 'Direction', path: ['direction'], equals: sameText },
	{ name: 'amount', label: 'Amount', path: ['amount'], equals: sameMoney },
	{ name: 'currency', label: 'Currency', path: ['currency'], equals: sameText },
	{ name: 'country', label: 'Country', path: ['country'], equals: sameText },
	{ name: 'schemeId', label: 'Scheme', path: ['scheme', 'schemeId'], equals: sameId },
	{
		name: 'financialInstrumentId',
		label: 'Financial Instrument ID',
		path: ['financialInstrument', 'financialInstrumentId'],
		equals: sameId,
	},
	{ name: 'settledByDate', label: 'Settled By Date', path: ['settledByDate'], equals: sameDay },
];

/**
 * Compares what was sent with what Imburse answers when it is read. What only Imburse has, such as
 * metadata from customer defaults, does not count, nor do the keys that name the run. A field that
 * was not sent is not compared; one that the answer lacks is never taken to be equal.
 *
 * @param answer an order or an instruction as in API reference 5
 */
export function compareFields(sent: SentFields, answer: unknown): FieldComparison {
	const agreement: FieldComparison = { mismatched: [], missing: [] };
	for (const { name, label, path, equals: agree, mayBeMissing: mayLack } of COMPARED_FIELDS) {
		const value = sent[name];
		if (value === undefined) continue;
		const found = valueAt(answer, path);
		if (found === undefined) {
			if (!mayLack) agreement.missing.push(label);
		} else if (!agree(value, found)) {
			agreement.mismatched.push({
				field: label,
				sent: formatValue(value),
				found: formatValue(found),
			});
		}
	}
	compareMetadata(withoutRunReferences(sent.metadata ?? {}), answer, agreement);
	for (const [customerRef, terms] of Object.entries(sent.customerDefaults ?? {})) {
		compareCustomer(customerRef, terms, valueAt(answer, ['customerDefaults']), agreement);
	}
	return agreement;
}

/** References of customers are data, so their letters count as they are. */
function compareCustomer(
	customerRef: string,
	sent: SentFields,
	defaults: unknown,
	agreement: FieldComparison,
): void {
	const place = `Customer Defaults > ${customerRef}`;
	const isThere = typeof defaults === 'object' && defaults !== null;
	const found = isThere && Object.hasOwn(defaults, customerRef) && defaults[customerRef as never];
	if (!found) {
		agreement.missing.push(place);
		return;
	}
	const { mismatched: differences, missing: lacking } = compareFields(sent, found);
	agreement.missing.push(...lacking.map((field) => `${place} > ${field}`));
	agreement.mismatched.push(
		...differences.map((difference) => ({
			...difference,
			field: `${place} > ${difference.field}`,
		})),
	);
}

function compareMetadata(sent: Metadata, answer: unknown, agreement: FieldComparison): void {
	const keys = Object.keys(sent);
	if (keys.length === 0) return;
	const found = valueAt(answer, ['metadata']);
	if (typeof found !== 'object' || found === null || Array.isArray(found)) {
		agreement.missing.push('Metadata');
		return;
	}
	for (const key of keys) {
		const value: unknown = Object.hasOwn(found, key) ? found[key as never] : undefined;
		if (value === sent[key]) continue;
		const field = `Metadata > ${key}`;
		agreement.mismatched.push({ field, sent: formatValue(sent[key]), found: formatValue(value) });
	}
}

/** Capital and small letters are the same: a sample of Imburse's own has `Scheme` and `metaData`. */
function valueAt(answer: unknown, path: readonly string[]): unknown {
	let value = answer;
	for (const name of path) {
		if (typeof value !== 'object' || value === null) return value;
		const key = Object.keys(value).find((own) => own.toLowerCase() === name.toLowerCase());
		value = key === undefined ? undefined : value[key as never];
	}
	return value;
}

function sameText(sent: string, found: unknown): boolean {
	return sent === found;
}

function sameMoney(sent: string, found: unknown): boolean {
	return (typeof found === 'number' || typeof found === 'string') && sameAmount(sent, found);
}

/** Once a GUID, later 32 capital hex digits (API reference 9, row 13): the same digits count. */
function sameId(sent: string, found: unknown): boolean {
	return typeof found === 'string' && bareId(sent) === bareId(found);
}

function bareId(id: string): string {
	return id.replaceAll('-', '').toUpperCase();
}

/** A date in requests, in answers at times with the time of day (API reference 9, row 23). */
function sameDay(sent: string, found: unknown): boolean {
	return typeof found === 'string' && found.slice(0, sent.length) === sent;
}
