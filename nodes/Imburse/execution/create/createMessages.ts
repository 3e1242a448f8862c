import { createFailure, type FailureParts, type ImburseFailure } from '../../api/errors/failure';
import type { FailureDetails } from '../../api/errors/failureDetails';
import { RUN_AGAIN } from '../../api/errors/messages';
import type { Mismatch } from '../../validation/compareFields';
import { joinWithAnd } from '../../validation/format';

/** What reading a create back has shown, thing by thing. */
export interface Findings {
	/** One for each thing that is not as it was sent. */
	mismatches: Array<{ label: string; fields: Mismatch[] }>;
	/** What is certainly not there, of a thing that is, such as `instruction "B" of ...`. */
	missing: string[];
	/** Clauses on whatever else is not as it should be, such as `... is not there`. */
	notes: string[];
	/** Whole sentences on what keeps all of it from being read. */
	obstacles: string[];
}

/** What the messages about one create speak of. */
export interface CreateInfo {
	/** Names what was to be made: `Payment Order "CLAIM-17"`. */
	wholeLabel: string;
	/** The same with the number of the item. */
	label: string;
	environment: string;
	clientCorrelationId: string;
}

/** API reference 2, documented. A dedicated environment has an address of its own. */
const PORTALS: ReadonlyMap<string, string> = new Map([
	['sandbox', 'https://sandbox-portal.imbursepayments.com'],
	['production', 'https://portal.imbursepayments.com'],
]);

function portalOf({ environment }: CreateInfo): string {
	const address = PORTALS.get(environment);
	return address ? `the Tenant Portal (${address})` : 'the Tenant Portal';
}

/** It exists, and is not what was asked for: both sides of every mismatch are listed. */
export function conflictFailure(
	info: CreateInfo,
	findings: Findings,
	details: FailureDetails,
): ImburseFailure {
	const { mismatches, missing, notes } = findings;
	const sides = mismatches.flatMap(({ label, fields }) =>
		fields.map((mismatch) => sideBySide(mismatch, label, info.wholeLabel)),
	);
	return failureOf(info, details, {
		outcome: 'conflict',
		message: `${info.label} exists already, and differs from your data: ${[...sides, ...notes].join('; ')}`,
		advice: [
			'Nothing was made for this item.',
			...(mismatches.length > 0 ? [DIFFERENT_ADVICE, takeBackAdvice(info)] : []),
			...(missing.length > 0 ? [missingAdvice(missing)] : []),
		].join(' '),
	});
}

const DIFFERENT_ADVICE =
	'If Imburse has the right values, correct your data; if this is another payment, it needs a reference of its own.';

/** The node has no operation that takes a payment back. */
function takeBackAdvice(info: CreateInfo): string {
	return `A payment that was made by mistake cannot be taken back through the API: look the order up in ${portalOf(info)} and ask Imburse before it is carried out.`;
}

/** Imburse takes the reference of an order only once, so the rest can only be added. */
function missingAdvice(missing: string[]): string {
	return `Running it again cannot add what is missing: add ${joinWithAnd(missing)} with Instruction > Create, under the same reference.`;
}

function sideBySide({ field, sent, found }: Mismatch, label: string, wholeLabel: string): string {
	const place = label === wholeLabel ? '' : ` of ${label}`;
	return `${field}${place} is ${sent} in your data and ${found} at Imburse`;
}

/** It was made as it was asked for, and Imburse has given it up since. */
export function endedFailure(
	info: CreateInfo,
	findings: Findings,
	details: FailureDetails,
): ImburseFailure {
	return failureOf(info, details, {
		outcome: 'failed',
		message: `Imburse has ${info.label}, but ${findings.notes.join('; ')}`,
		advice: `No money will move for it under this reference, and running it again changes nothing. Look it up in ${portalOf(info)} before you pay in another way.`,
	});
}

/** Nobody can tell whether all of it was made as it was asked for. */
export function unknownFailure(
	info: CreateInfo,
	{ missing, notes, obstacles }: Findings,
	details: FailureDetails,
	reason: string,
): ImburseFailure {
	const sentences = [...details.sentences, ...obstacles];
	return failureOf(
		info,
		{ ...details, sentences },
		{
			outcome: 'unknown',
			message: `It is not known whether ${info.label} was made: ${[reason, ...notes].join('; ')}`,
			advice: missing.length > 0 ? RUN_AGAIN_LATER : RUN_AGAIN,
		},
	);
}

const RUN_AGAIN_LATER =
	'Imburse may still be making it. Run it again later with the same references: that finds out what was made. Imburse takes a reference only once, so it cannot make a second one. Do not change the references.';

/** It exists just as it was asked for, and the user wants to hear of that as an error. */
export function existsFailure(info: CreateInfo, details: FailureDetails): ImburseFailure {
	return failureOf(info, details, {
		outcome: 'rejected',
		message: `${info.label} exists already`,
		advice:
			'It is the same as in your data: an earlier run made it, or an earlier try of this one. Nothing was made a second time. It is an error because the option "If It Already Exists" is set to Fail.',
	});
}

function failureOf(
	{ clientCorrelationId }: CreateInfo,
	details: FailureDetails,
	parts: Pick<FailureParts, 'outcome' | 'message' | 'advice'>,
): ImburseFailure {
	return createFailure({ ...parts, clientCorrelationId }, details);
}
