import { describe, expect, it } from '@jest/globals';
import {
	conflictFailure,
	endedFailure,
	existsFailure,
	unknownFailure,
	type CreateInfo,
} from '../../../../nodes/Imburse/execution/create/createMessages.ts';
import { NO_DETAILS } from '../../../../nodes/Imburse/api/errors/failureDetails.ts';

const INFO: CreateInfo = {
	wholeLabel: 'Payment Order "CLAIM-17"',
	label: 'Payment Order "CLAIM-17" (item 3)',
	environment: 'production',
	clientCorrelationId: 'own-id',
};
const DETAILS = { ...NO_DETAILS, httpStatus: 400, correlationId: '0HL:1' };
const FIELDS = [{ field: 'Amount', sent: '"21.00"', found: '210' }];
const FINDINGS = {
	mismatches: [{ label: INFO.wholeLabel, fields: FIELDS }],
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
		/^Nothing was made for this item\. If Imburse has .* before it is carried out\. For Imburse's/,
	);
});

it('a conflict tells the differences of a part from those of the whole, and all of them apart', () => {
	const findings = {
		mismatches: [...FINDINGS.mismatches, { label: PART, fields: FIELDS }],
		missing: [],
		notes: ['it failed'],
		obstacles: [],
	};
	expect(conflictFailure(INFO, findings, DETAILS).message).toMatch(
		new RegExp(
			`data: Amount is "21.00" in your data and 210 at Imburse; Amount of ${PART} is "21.00" in your data and 210 at Imburse; it failed$`,
		),
	);
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
