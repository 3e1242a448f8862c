import { createHash } from 'node:crypto';

import { normalizedFields, type SentFields } from './compareFields';

/** One order or one instruction of a batch, with all that decides about its money. */
export interface BatchEntry {
	/** The call that makes it. */
	call: string;
	/** Where it is made: environment, host, account and tenant. */
	place: readonly string[];
	orderRef: string;
	sent: SentFields;
}

/** What a fingerprint has a short digest of its own for, so that a difference can be named. */
const ASPECTS = [
	'references or customers',
	'amounts, currencies or directions',
	'countries, schemes, financial instruments, dates or customer defaults',
	'the environment, the account or the tenant',
] as const;

/** The digest of everything, then the first digits of one for each aspect. */
const FINGERPRINT = /^[0-9a-f]{64}(-[0-9a-f]{8}){4}$/;
const ASPECT_DIGITS = 8;
/** Rows are sorted in 256 groups: no group of any batch takes long. */
const GROUP_DIGITS = 2;
/** What goes in may only change together with this. */
const VERSION = 1;

/**
 * Stands for a batch: the same for the same payments in whatever order, however amounts and IDs are
 * written and whatever their metadata are; another one when anything else of them changes. The
 * SHA-256 of everything decides. The short digests behind it only tell what differs.
 *
 * In small steps, so that whoever takes them can give way between two.
 */
export function* fingerprintSteps(entries: readonly BatchEntry[]): Generator<void, string> {
	const groups = new Map<string, Row[]>();
	for (const entry of entries) {
		const row = rowOf(entry);
		const group = row.key.slice(0, GROUP_DIGITS);
		const others = groups.get(group);
		if (others) others.push(row);
		else groups.set(group, [row]);
		yield;
	}
	const whole = createHash('sha256').update(`${VERSION}`);
	const parts = ASPECTS.map(() => createHash('sha256'));
	for (const group of [...groups.keys()].sort()) {
		const rows = groups.get(group)!.sort(byKey);
		whole.update(rows.map(({ aspects }) => `\n${aspects.join('\t')}`).join(''));
		for (const [index, part] of parts.entries()) {
			part.update(rows.map(({ aspects }) => `\n${aspects[index]}`).join(''));
		}
		yield;
	}
	const short = parts.map((part) => part.digest('hex').slice(0, ASPECT_DIGITS));
	return [whole.digest('hex'), ...short].join('-');
}

/** Whether a text may be one of those above. */
export function isFingerprint(text: unknown): text is string {
	return typeof text === 'string' && FINGERPRINT.test(text);
}

/** What differs between two batches, as far as their fingerprints tell. */
export function differingAspects(one: string, other: string): string[] {
	const [, ...parts] = one.split('-');
	const [, ...others] = other.split('-');
	return ASPECTS.filter((_, index) => parts[index] !== others[index]);
}

interface Row {
	/** Rows stand in its order, so that sorting a sheet changes nothing. */
	key: string;
	/** What it says of each aspect, as JSON, which has neither tabs nor line breaks in it. */
	aspects: string[];
}

function rowOf({ call, place, orderRef, sent }: BatchEntry): Row {
	const { instructionRef, customerRef, direction, amount, currency, ...way } =
		normalizedFields(sent);
	const aspects = [
		[call, orderRef, instructionRef, customerRef],
		[direction, amount, currency],
		[way.country, way.schemeId, way.financialInstrumentId, way.settledByDate, defaultsOf(sent)],
		place,
	].map((values) => JSON.stringify(values));
	const references = JSON.stringify([orderRef, instructionRef]);
	const digest = createHash('sha256').update(references).digest('hex');
	return { key: `${digest} ${aspects.join(' ')}`, aspects };
}

function byKey(a: Row, b: Row): number {
	return a.key < b.key ? -1 : 1;
}

/** Of each customer what decides about money; nothing for one who has only metadata. */
function defaultsOf({ customerDefaults = {} }: SentFields): string[] {
	return Object.entries(customerDefaults)
		.map(([customerRef, fields]) => {
			const { schemeId, financialInstrumentId } = normalizedFields(fields);
			const isEmpty = schemeId === null && financialInstrumentId === null;
			return isEmpty ? '' : JSON.stringify([customerRef, schemeId, financialInstrumentId]);
		})
		.filter((text) => text !== '')
		.sort();
}
