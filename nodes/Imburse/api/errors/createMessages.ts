import type { Mismatch } from '../../validation/compareFields';
import { joinWithAnd } from '../../validation/format';
import type { Facts } from './failureDetails';
import type { ImburseFailure } from './failure';
import { composed, RUN_AGAIN, type Asked } from './messages';

/** What reading a create back has shown, thing by thing. */
export interface Seen {
	/** One for each thing that is not as it was sent. */
	differing: Array<{ label: string; differences: Mismatch[] }>;
	/** What is certainly not there, of a thing that is, such as `instruction "B" of ...`. */
	missing: string[];
	/** Clauses on whatever else is not as it should be, such as `... is not there`. */
	notes: string[];
	/** Whole sentences on what keeps all of it from being read. */
	obstacles: string[];
}

/** API reference 4.1: how an order or instruction is cancelled is published nowhere. */
function takeBackAdvice(asked: Asked): string {
	return `A payment that was made by mistake cannot be taken back through the API: look the order up in ${portalOf(asked)} and ask Imburse before it is carried out.`;
}

/** API reference 2, documented. A dedicated environment has an address of its own. */
const PORTALS: ReadonlyMap<string, string> = new Map([
	['sandbox', 'https://sandbox-portal.imbursepayments.com'],
	['production', 'https://portal.imbursepayments.com'],
]);

function portalOf({ environment }: Asked): string {
	const address = PORTALS.get(environment);
	return address ? `the Tenant Portal (${address})` : 'the Tenant Portal';
}

/** It exists, and is not what was asked for: both sides of every difference are listed. */
export function conflictFailure(asked: Asked, seen: Seen, facts: Facts): ImburseFailure {
	const { differing, missing, notes } = seen;
	const sides = differing.flatMap(({ label, differences }) =>
		differences.map((difference) => sideBySide(difference, label, asked.label)),
	);
	return composed(
		asked,
		'conflict',
		`${asked.label} (item ${asked.item}) exists already, and differs from your data: ${[...sides, ...notes].join('; ')}`,
		[
			'Nothing was made for this item.',
			...(differing.length > 0 ? [DIFFERENT_ADVICE, takeBackAdvice(asked)] : []),
			...(missing.length > 0 ? [missingAdvice(missing)] : []),
		].join(' '),
		facts,
	);
}

const DIFFERENT_ADVICE =
	'If Imburse has the right values, correct your data; if this is another payment, it needs a reference of its own.';

/** Imburse takes the reference of an order only once, so the rest can only be added. */
function missingAdvice(missing: string[]): string {
	return `Running it again cannot add what is missing: add ${joinWithAnd(missing)} with Instruction > Create, under the same reference.`;
}

function sideBySide({ field, sent, found }: Mismatch, label: string, whole: string): string {
	const place = label === whole ? '' : ` of ${label}`;
	return `${field}${place} is ${sent} in your data and ${found} at Imburse`;
}

/** It was made as it was asked for, and Imburse has given it up since. */
export function endedFailure(asked: Asked, seen: Seen, facts: Facts): ImburseFailure {
	return composed(
		asked,
		'failed',
		`Imburse has ${asked.label} (item ${asked.item}), but ${seen.notes.join('; ')}`,
		`No money will move for it under this reference, and running it again changes nothing. Look it up in ${portalOf(asked)} before you pay in another way.`,
		facts,
	);
}

/** Nobody can tell whether all of it was made as it was asked for. */
export function unknownFailure(asked: Asked, seen: Seen, facts: Facts, why: string) {
	const reasons = [why, ...seen.notes];
	return composed(
		asked,
		'unknown',
		`It is not known whether ${asked.label} (item ${asked.item}) was made: ${reasons.join('; ')}`,
		seen.missing.length > 0 ? RUN_AGAIN_LATER : RUN_AGAIN,
		{ ...facts, lines: [...facts.lines, ...seen.obstacles] },
	);
}

const RUN_AGAIN_LATER =
	'Imburse may still be making it. Run it again later with the same references: the node will find out, and Imburse takes a reference only once, so this cannot make a second one. Do not change the references.';

/** It exists just as it was asked for, and the user wants to hear of that as an error. */
export function existsFailure(asked: Asked, facts: Facts): ImburseFailure {
	return composed(
		asked,
		'rejected',
		`${asked.label} (item ${asked.item}) exists already`,
		'It is the same as in your data: an earlier run made it, or an earlier try of this one. Nothing was made a second time. It is an error because the option "If It Already Exists" is set to Fail.',
		facts,
	);
}
