import { createFailure, type FailureParts, type ImburseFailure } from '../../api/errors/failure';
import type { FailureDetails } from '../../api/errors/failureDetails';
import { codeSentence, INSTRUCTION_CANCELLED } from '../../api/errors/errorCodes';
import { REFERENCE_IS_SPENT, RUN_AGAIN } from '../../api/errors/messages';
import type { FieldKind, Mismatch } from '../../validation/compareFields';
import { joinWithAnd } from '../../validation/format';
import type { EarlierCreate } from '../items';

/** What reading a create back has shown, thing by thing. */
export interface Findings {
	/** One for each thing that is not as it was sent. */
	mismatches: Mismatches[];
	/** What is certainly not there, of a thing that is, such as `instruction "B" of ...`. */
	missing: string[];
	/** Clauses on whatever else is not as it should be, such as `... is not there`. */
	notes: string[];
	/** Whole sentences on what keeps all of it from being read. */
	obstacles: string[];
}

/** How one thing is not as it was sent. */
export interface Mismatches {
	label: string;
	/** The operation that changes its metadata and date. */
	changedWith: string;
	fields: Mismatch[];
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
	const sides = differences(mismatches, info.wholeLabel);
	return failureOf(info, details, {
		outcome: 'conflict',
		message: `${info.label} ${conflictTitle(findings)}: ${[...sides, ...notes].join('; ')}`,
		advice: [
			'Nothing was made for this item.',
			...differenceAdvice(info, mismatches),
			...(missing.length > 0 ? [missingAdvice(missing)] : []),
		].join(' '),
	});
}

/** Both sides of every mismatch, as clauses. */
function differences(mismatches: readonly Mismatches[], wholeLabel: string): string[] {
	return mismatches.flatMap(({ label, fields }) =>
		fields.map((mismatch) => sideBySide(mismatch, label, wholeLabel)),
	);
}

function conflictTitle({ mismatches, missing }: Findings): string {
	const kinds = kindsIn(mismatches);
	if (kinds.has('payment')) return 'exists already with a different payment';
	if (kinds.size === 0 || missing.length > 0) return 'exists already, and differs from your data';
	return `exists already, and the payment is the same: only ${differingIn(kinds)}`;
}

function kindsIn(mismatches: readonly Mismatches[]): Set<FieldKind> {
	return new Set(mismatches.flatMap(({ fields }) => fields.map(({ kind }) => kind)));
}

function differingIn(kinds: ReadonlySet<FieldKind>): string {
	if (!kinds.has('date')) return 'metadata differ';
	return kinds.size === 1 ? 'the date differs' : 'metadata and the date differ';
}

function differenceAdvice(info: CreateInfo, mismatches: readonly Mismatches[]): string[] {
	const kinds = kindsIn(mismatches);
	if (kinds.size === 0) return [];
	if (kinds.has('payment')) return [DIFFERENT_ADVICE, takeBackAdvice(info)];
	return [SAME_PAYMENT, ...changeAdvice(mismatches), ...(kinds.has('date') ? [] : [RETURN_IT])];
}

/** A new reference is what pays twice. */
const SAME_PAYMENT =
	'Imburse has this payment already: keep the reference, so that it is not paid again.';
const RETURN_IT =
	'To go on with what Imburse has, set the option "If It Already Exists" to Return It If Payment Is the Same.';

/** Nothing where only customer defaults differ: no call changes those. */
function changeAdvice(mismatches: readonly Mismatches[]): string[] {
	const changeable = mismatches.filter(({ fields }) =>
		fields.some(({ kind }) => kind !== 'customerMetadata'),
	);
	const operations = [...new Set(changeable.map(({ changedWith }) => changedWith))];
	return operations.length === 0 ? [] : [`To change what differs, use ${joinWithAnd(operations)}.`];
}

/** What a create that succeeded leaves as it is, in one sentence. */
export function toleratedHint(
	wholeLabel: string,
	mismatches: readonly Mismatches[],
	earlier: EarlierCreate | undefined,
): string {
	const since = earlier
		? 'was made earlier in this execution, and is left as it was then'
		: 'exists already with the same payment, and is left as it is';
	return `${wholeLabel} ${since}: ${differences(mismatches, wholeLabel).join('; ')}.`;
}

const DIFFERENT_ADVICE =
	'If Imburse has the right values, correct your data; if this is another payment, it needs a reference of its own.';

/** Only what has not begun can be cancelled. */
function takeBackAdvice(info: CreateInfo): string {
	return `A payment that should not have been made can be stopped with Instruction > Cancel as long as it has not begun; after that, look the order up in ${portalOf(info)} and ask Imburse.`;
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

/** Imburse refuses the reference, because the payment under it was cancelled. */
export function cancelledFailure(
	info: CreateInfo,
	{ mismatches, notes }: Findings,
	details: FailureDetails,
): ImburseFailure {
	const found = [...differences(mismatches, info.wholeLabel), ...notes];
	return failureOf(info, details, {
		outcome: 'failed',
		message: [
			`Imburse refused ${info.label}: ${codeSentence(INSTRUCTION_CANCELLED)}`,
			...found,
		].join('; '),
		advice: `Nothing was made for this item. ${REFERENCE_IS_SPENT} Look it up in ${portalOf(info)} before you pay in another way.`,
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
			'It is the same as in your data: an earlier run made it, or this one did before. Nothing was made a second time. It is reported because the option "If It Already Exists" is set to Fail.',
	});
}

function failureOf(
	{ clientCorrelationId }: CreateInfo,
	details: FailureDetails,
	parts: Pick<FailureParts, 'outcome' | 'message' | 'advice'>,
): ImburseFailure {
	return createFailure({ ...parts, clientCorrelationId }, details);
}
