import { describe, expect, it } from '@jest/globals';
import {
	cancelledFailure,
	conflictFailure,
	endedFailure,
	existsFailure,
	toleratedHint,
	unknownFailure,
	type CreateInfo,
} from '../../../../nodes/Imburse/execution/create/createMessages.ts';
import type { FieldKind, Mismatch } from '../../../../nodes/Imburse/validation/compareFields.ts';
import { NO_DETAILS } from '../../../../nodes/Imburse/api/errors/failureDetails.ts';

const INFO: CreateInfo = {
	wholeLabel: 'Payment Order "CLAIM-17"',
	label: 'Payment Order "CLAIM-17" (item 3)',
	environment: 'production',
	clientCorrelationId: 'own-id',
};
const DETAILS = { ...NO_DETAILS, httpStatus: 400, correlationId: '0HL:1' };
const FIELDS: Mismatch[] = [{ field: 'Amount', kind: 'payment', sent: '"21.00"', found: '210' }];
const UPDATE_METADATA = 'Payment Order: Update Metadata';
const UPDATE = 'Instruction: Update';
const FINDINGS = {
	mismatches: [{ label: INFO.wholeLabel, changedWith: UPDATE_METADATA, fields: FIELDS }],
	missing: [],
	notes: [],
	obstacles: [],
};
const PART = 'instruction "B" of Payment Order "CLAIM-17"';
const MISSING = {
	mismatches: [],
	missing: [PART],
	notes: [`Imburse has no ${PART}`],
	obstacles: [],
};

describe('every failure of a create', () => {
	it.each([
		conflictFailure(INFO, FINDINGS, DETAILS),
		endedFailure(INFO, { ...FINDINGS, notes: ['it failed'] }, DETAILS),
		cancelledFailure(INFO, { ...FINDINGS, notes: ['it is void'] }, DETAILS),
		existsFailure(INFO, DETAILS),
		unknownFailure(INFO, FINDINGS, DETAILS, 'the connection was lost'),
	])('names the thing and the item, and quotes both IDs: $outcome', (failure) => {
		expect(failure.message).toContain('Payment Order "CLAIM-17" (item 3)');
		expect(failure.description).toContain("0HL:1 (Imburse's) and own-id (yours)");
		expect(failure).toMatchObject({ correlationId: '0HL:1', clientCorrelationId: 'own-id' });
	});
});

it('a conflict shows both sides, and where a wrong payment can be looked up', () => {
	const { message, description, outcome, retryable } = conflictFailure(INFO, FINDINGS, DETAILS);
	expect(outcome).toBe('conflict');
	expect(message).toContain('Amount is "21.00" in your data and 210 at Imburse');
	expect(description).toContain('https://portal.imbursepayments.com');
	expect(retryable).toBe(false);
});

it('what is missing can only be added, and is named', () => {
	const { message, description, retryable } = conflictFailure(INFO, MISSING, DETAILS);
	expect(message).toContain(`exists already, and differs from your data: Imburse has no ${PART}`);
	expect(description).toMatch(
		/^Nothing was made for this item\. Running it again cannot add what is missing: add instruction "B" of Payment Order "CLAIM-17" with Instruction > Create, under the same reference\. For/,
	);
	expect(retryable).toBe(false);
});

it('a conflict that lacks nothing speaks of nothing to add', () => {
	expect(conflictFailure(INFO, FINDINGS, DETAILS).description).toMatch(
		/^Nothing was made for this item\. If Imburse has .* Instruction > Cancel as long as it has not begun; .* ask Imburse\. For Imburse's/,
	);
});

it('a conflict tells the differences of a part from those of the whole, and all of them apart', () => {
	const findings = {
		mismatches: [...FINDINGS.mismatches, { label: PART, changedWith: UPDATE, fields: FIELDS }],
		missing: [],
		notes: ['it failed'],
		obstacles: [],
	};
	expect(conflictFailure(INFO, findings, DETAILS).message).toMatch(
		new RegExp(
			`exists already with a different payment: Amount is "21.00" in your data and 210 at Imburse; Amount of ${PART} is "21.00" in your data and 210 at Imburse; it failed$`,
		),
	);
});

describe('a conflict in which the payment is the same', () => {
	const mismatch = (kind: FieldKind, field: string): Mismatch => ({
		field,
		kind,
		sent: '"b"',
		found: '"a"',
	});
	const of = (label: string, changedWith: string, ...fields: Mismatch[]) => ({
		label,
		changedWith,
		fields,
	});
	const RETURN_IT = 'Return It If Payment Is the Same';

	it.each([
		[
			'metadata differ',
			[of(INFO.wholeLabel, UPDATE_METADATA, mismatch('metadata', 'Metadata > at'))],
			'To change what differs, use Payment Order: Update Metadata.',
			true,
		],
		[
			'metadata differ',
			[
				of(INFO.wholeLabel, UPDATE_METADATA, mismatch('metadata', 'Metadata > at')),
				of(PART, UPDATE, mismatch('metadata', 'Metadata > at')),
			],
			'To change what differs, use Payment Order: Update Metadata and Instruction: Update.',
			true,
		],
		[
			'metadata differ',
			[of(INFO.wholeLabel, UPDATE_METADATA, mismatch('customerMetadata', 'Customer Defaults > C'))],
			'',
			true,
		],
		[
			'the date differs',
			[of(PART, UPDATE, mismatch('date', 'Settled By Date'))],
			'To change what differs, use Instruction: Update.',
			false,
		],
		[
			'metadata and the date differ',
			[of(PART, UPDATE, mismatch('date', 'Settled By Date'), mismatch('metadata', 'Metadata > a'))],
			'To change what differs, use Instruction: Update.',
			false,
		],
	])('says that only %s (case %#), and never advises a new reference', (...row) => {
		const [only, mismatches, change, mayBeReturned] = row;
		const failure = conflictFailure(INFO, { ...FINDINGS, mismatches }, DETAILS);
		expect(failure.message).toContain(
			`exists already, and the payment is the same: only ${only}: ${mismatches[0]!.fields[0]!.field}`,
		);
		expect(failure.message).toContain('is "b" in your data and "a" at Imburse');
		expect(failure.description).toContain(
			'Imburse has this payment already: keep the reference, so that it is not paid again.',
		);
		expect(failure.description).not.toMatch(/reference of its own|another reference/);
		expect(failure.description).toContain(change);
		expect(failure.description.includes('To change what differs')).toBe(change !== '');
		expect(failure.description.includes(RETURN_IT)).toBe(mayBeReturned);
	});

	it('is none as soon as a field of the payment differs, too', () => {
		const fields = [mismatch('metadata', 'Metadata > at'), ...FIELDS];
		const mismatches = [of(PART, UPDATE, ...fields)];
		const failure = conflictFailure(INFO, { ...FINDINGS, mismatches }, DETAILS);
		expect(failure.message).toContain('exists already with a different payment');
		expect(failure.description).toContain('it needs a reference of its own');
		expect(failure.description).not.toContain('the same');
	});

	it('does not count as the same where something is missing', () => {
		const mismatches = [of(PART, UPDATE, mismatch('metadata', 'Metadata > at'))];
		const { message, description } = conflictFailure(INFO, { ...MISSING, mismatches }, DETAILS);
		expect(message).toContain('exists already, and differs from your data: Metadata > at of');
		expect(description).toContain('Running it again cannot add what is missing');
		expect(description).not.toContain('reference of its own');
	});

	it.each([
		[undefined, 'exists already with the same payment, and is left as it is'],
		['made', 'was made earlier in this execution, and is left as it was then'],
	] as const)('is named in a hint where it does not count (earlier: %s)', (earlier, since) => {
		const mismatches = [of(INFO.wholeLabel, UPDATE, mismatch('metadata', 'Metadata > at'))];
		expect(toleratedHint(INFO.wholeLabel, mismatches, earlier)).toBe(
			`Payment Order "CLAIM-17" ${since}: Metadata > at is "b" in your data and "a" at Imburse.`,
		);
	});
});

it('an unknown outcome tells what keeps it from being found out, beside what to do', () => {
	const findings = { ...FINDINGS, obstacles: ['Imburse refused the keys.'] };
	expect(unknownFailure(INFO, findings, NO_DETAILS, 'Imburse accepted it').description).toMatch(
		/^Run it again with the same reference: .* Imburse refused the keys\. For Imburse's support/,
	);
});

it('what may still appear is worth running again, later', () => {
	const { message, description } = unknownFailure(INFO, MISSING, DETAILS, 'Imburse accepted it');
	expect(message).toMatch(new RegExp(`was made: Imburse accepted it; Imburse has no ${PART}$`));
	expect(description).toMatch(/^Imburse may still be making it\. Run it again later with the same/);
});

it('a dedicated environment is not sent to a portal that is not its own', () => {
	const { description } = conflictFailure({ ...INFO, environment: 'custom' }, FINDINGS, DETAILS);
	expect(description).toContain('in the Tenant Portal and ask Imburse');
});

it('what is unknown says what to do, and what not', () => {
	const { description, retryable } = unknownFailure(
		INFO,
		FINDINGS,
		DETAILS,
		'the connection was lost',
	);
	expect(description).toContain('Run it again with the same reference');
	expect(description).toContain('Do not change the reference');
	expect(retryable).toBe(true);
});

/** What stands before the correlation IDs. */
const adviceOf = (description: string): string => description.split(" For Imburse's support")[0]!;

describe('the words of a create', () => {
	const LOOK_UP =
		'Look it up in the Tenant Portal (https://portal.imbursepayments.com) before you pay in another way.';

	it('say of another payment what is to be corrected, and how one is stopped', () => {
		expect(adviceOf(conflictFailure(INFO, FINDINGS, DETAILS).description)).toBe(
			'Nothing was made for this item. If Imburse has the right values, correct your data; if this is another payment, it needs a reference of its own. A payment that should not have been made can be stopped with Instruction > Cancel as long as it has not begun; after that, look the order up in the Tenant Portal (https://portal.imbursepayments.com) and ask Imburse.',
		);
	});

	it('say of a payment that Imburse has given up that nothing will move', () => {
		const ended = endedFailure(INFO, { ...FINDINGS, notes: ['it failed'] }, DETAILS);
		expect(ended.message).toBe(`Imburse has ${INFO.label}, but it failed`);
		expect(adviceOf(ended.description)).toBe(
			`No money will move for it under this reference, and running it again changes nothing. ${LOOK_UP}`,
		);
	});

	it('say of a cancelled one that its reference is spent', () => {
		const cancelled = cancelledFailure(INFO, { ...FINDINGS, mismatches: [], notes: [] }, DETAILS);
		expect(cancelled.message).toBe(
			`Imburse refused ${INFO.label}: the instruction with this reference was cancelled`,
		);
		expect(adviceOf(cancelled.description)).toBe(
			`Nothing was made for this item. Its reference stays used, and running it again changes nothing: a new payment needs a reference of its own. ${LOOK_UP}`,
		);
	});

	it('say of one that is there as it was asked for why it is an error', () => {
		const exists = existsFailure(INFO, DETAILS);
		expect(exists.message).toBe(`${INFO.label} exists already`);
		expect(adviceOf(exists.description)).toBe(
			'It is the same as in your data: an earlier run made it, or this one did before. Nothing was made a second time. It is reported because the option "If It Already Exists" is set to Fail.',
		);
	});

	it('say of what Imburse may still be making to run it again later', () => {
		const unknown = unknownFailure(INFO, MISSING, NO_DETAILS, 'Imburse accepted it');
		expect(adviceOf(unknown.description)).toBe(
			'Imburse may still be making it. Run it again later with the same references: that finds out what was made. Imburse takes a reference only once, so it cannot make a second one. Do not change the references.',
		);
	});
});
