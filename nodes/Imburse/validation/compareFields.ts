import { sameAmount, withoutPadding } from './amount';
import { isRunReference } from './runReferences';
import type { Metadata } from './metadataPairs';
import { formatValue } from './format';
import { isJsonObject } from './jsonObject';

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

/** What a field says of a payment. */
export type FieldKind =
	/** Who is paid, how much, which way, and by which scheme. */
	| 'payment'
	/** When the money moves. */
	| 'date'
	| 'metadata'
	/** Metadata in the customer defaults of an order. */
	| 'customerMetadata';

/** One field in which what Imburse has is not what was sent. */
export interface Mismatch {
	field: string;
	kind: FieldKind;
	/** Both as a message shows them. */
	sent: string;
	found: string;
}

export interface FieldComparison {
	mismatched: Mismatch[];
	/** Fields that were sent and that the response does not speak of: nobody can tell. */
	missing: string[];
	/** Mismatches of the kinds that may differ, also where the response does not speak of them. */
	tolerated: Mismatch[];
}

interface ComparedField {
	name: Exclude<keyof SentFields, 'metadata' | 'customerDefaults'>;
	/** As a user knows it. */
	label: string;
	/** Where it stands in the response, which nests what the request has flat. */
	path: readonly string[];
	equals: (sent: string, found: unknown) => boolean;
	/** Whether a response may leave it out all the same. */
	mayBeMissing?: boolean;
	/** One text for all ways in which the same value is written. */
	normalize?: (sent: string) => string | undefined;
	/** `payment` where it is left out. */
	kind?: FieldKind;
}

/** API reference 5 and 9, row 12: what requests have flat, responses nest. */
const COMPARED_FIELDS: readonly ComparedField[] = [
	{ name: 'orderRef', label: 'Order Reference', path: ['orderRef'], equals: sameText },
	{
		// A sample of Imburse's own leaves it out. The request that read it named it.
		name: 'instructionRef',
		label: 'Instruction Reference',
		path: ['instructionRef'],
		equals: sameText,
		mayBeMissing: true,
	},
	{ name: 'customerRef', label: 'Customer Reference', path: ['customerRef'], equals: sameText },
	{ name: 'direction', label: 'Direction', path: ['direction'], equals: sameText },
	{
		name: 'amount',
		label: 'Amount',
		path: ['amount'],
		equals: sameMoney,
		normalize: withoutPadding,
	},
	{ name: 'currency', label: 'Currency', path: ['currency'], equals: sameText },
	{ name: 'country', label: 'Country', path: ['country'], equals: sameText },
	{
		name: 'schemeId',
		label: 'Scheme',
		path: ['scheme', 'schemeId'],
		equals: sameId,
		normalize: bareId,
	},
	{
		name: 'financialInstrumentId',
		label: 'Financial Instrument ID',
		path: ['financialInstrument', 'financialInstrumentId'],
		equals: sameId,
		normalize: bareId,
	},
	{
		name: 'settledByDate',
		label: 'Settled By Date',
		path: ['settledByDate'],
		equals: sameDay,
		kind: 'date',
	},
];

/** One field that is not known to be there as it was sent. */
interface Difference {
	/** Under the names of the request, such as `amount` or `metadata.claim`. */
	name: string;
	/** As a user knows it. */
	label: string;
	kind: FieldKind;
	sent: unknown;
	/** Left out where the response does not speak of it: nobody can tell. */
	found?: { value: unknown };
	/** Only in metadata. */
	metadataKey?: string;
}

/**
 * Compares what was sent with what Imburse has when it is read. What only Imburse has, such as
 * metadata from customer defaults, does not count, nor do the keys that name the run. A field that
 * was not sent is not compared; one that the response lacks is never taken to be equal.
 *
 * @param found an order or an instruction as in API reference 5
 * @param mayDiffer kinds of fields in which a difference, or no answer, does not count
 */
export function compareFields(
	sent: SentFields,
	found: unknown,
	mayDiffer: readonly FieldKind[] = [],
): FieldComparison {
	const all = findDifferences(sent, found).filter(
		({ metadataKey }) => metadataKey === undefined || !isRunReference(metadataKey),
	);
	const isTolerated = ({ kind }: Difference) => mayDiffer.includes(kind);
	const differences = all.filter((difference) => !isTolerated(difference));
	const missing = differences.filter((difference) => difference.found === undefined);
	return {
		mismatched: differences.filter(({ found: answer }) => answer).map(mismatchOf),
		missing: [...new Set(missing.map(({ label }) => label))],
		tolerated: all.filter(isTolerated).map(mismatchOf),
	};
}

const PAYMENT_FIELDS = COMPARED_FIELDS.filter(({ kind }) => kind === undefined);

/**
 * A text that is the same for the same payment, whatever its metadata and its date are, and however
 * its amount and IDs are written.
 */
export function paymentIdentity(sent: SentFields): string {
	const own = PAYMENT_FIELDS.map((field) => normalized(field, sent));
	const defaults = Object.entries(sent.customerDefaults ?? {}).map(
		([customerRef, fields]) => `${customerRef} ${paymentIdentity(fields)}`,
	);
	return JSON.stringify([...own, ...defaults.sort()]);
}

/** What was sent in each field but metadata, in one way of writing it; null for nothing. */
export function normalizedFields(sent: SentFields): NormalizedFields {
	const fields: Partial<Record<ComparedField['name'], string | null>> = {};
	for (const field of COMPARED_FIELDS) fields[field.name] = normalized(field, sent);
	return fields as NormalizedFields;
}

function normalized({ name, normalize = same }: ComparedField, sent: SentFields): string | null {
	const value = sent[name];
	return value === undefined ? null : (normalize(value) ?? null);
}

export type NormalizedFields = Readonly<Record<ComparedField['name'], string | null>>;

function same(text: string): string {
	return text;
}

/** The metadata of an order or an instruction that was read; undefined where it shows none. */
export function metadataIn(found: unknown): Metadata | undefined {
	const metadata = valueAt(found, ['metadata']);
	return isJsonObject(metadata) ? (metadata as Metadata) : undefined;
}

/**
 * The names of the fields that are not known to be there as they were sent, as requests have them:
 * `amount`, `metadata.claim`. Keys that name a run count like any other.
 *
 * @param found an order or an instruction as in API reference 5
 */
export function unconfirmedFields(sent: SentFields, found: unknown): string[] {
	return findDifferences(sent, found).map(({ name }) => name);
}

function mismatchOf({ label, kind, sent, found }: Difference): Mismatch {
	const shown = found ? formatValue(found.value) : 'not shown';
	return { field: label, kind, sent: formatValue(sent), found: shown };
}

function findDifferences(sent: SentFields, found: unknown): Difference[] {
	return [
		...COMPARED_FIELDS.flatMap((field) => compareField(field, sent[field.name], found)),
		...compareMetadata(sent.metadata ?? {}, metadataIn(found)),
		...Object.entries(sent.customerDefaults ?? {}).flatMap(([customerRef, fields]) =>
			compareCustomer(customerRef, fields, valueAt(found, ['customerDefaults'])),
		),
	];
}

function compareField(
	{ name, label, path, equals, mayBeMissing, kind = 'payment' }: ComparedField,
	sent: string | undefined,
	response: unknown,
): Difference[] {
	if (sent === undefined) return [];
	const value = valueAt(response, path);
	const difference = { name, label, kind, sent };
	if (value === undefined) return mayBeMissing ? [] : [difference];
	return equals(sent, value) ? [] : [{ ...difference, found: { value } }];
}

function compareMetadata(sent: Metadata, found: unknown): Difference[] {
	return Object.entries(sent).flatMap(([key, text]): Difference[] => {
		const difference = {
			name: `metadata.${key}`,
			kind: 'metadata' as const,
			metadataKey: key,
			sent: text,
		};
		if (!isJsonObject(found)) return [{ ...difference, label: 'Metadata' }];
		const value = Object.hasOwn(found, key) ? found[key] : undefined;
		if (value === text) return [];
		return [{ ...difference, label: `Metadata > ${key}`, found: { value } }];
	});
}

/** References of customers are data, so their letters count as they are. */
function compareCustomer(customerRef: string, sent: SentFields, found: unknown): Difference[] {
	const name = `customerDefaults.${customerRef}`;
	const label = `Customer Defaults > ${customerRef}`;
	const isThere = isJsonObject(found) && Object.hasOwn(found, customerRef);
	const customer = isThere && found[customerRef];
	if (!customer) return [{ name, label, kind: 'payment', sent }];
	return findDifferences(sent, customer).map((difference) => ({
		...difference,
		kind: difference.kind === 'metadata' ? 'customerMetadata' : difference.kind,
		name: `${name}.${difference.name}`,
		label: `${label} > ${difference.label}`,
	}));
}

/** Capital and small letters are the same: a sample of Imburse's own has `Scheme` and `metaData`. */
function valueAt(response: unknown, path: readonly string[]): unknown {
	let value = response;
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

/** A date in requests, in responses at times with the time of day (API reference 9, row 23). */
function sameDay(sent: string, found: unknown): boolean {
	return typeof found === 'string' && found.slice(0, sent.length) === sent;
}
