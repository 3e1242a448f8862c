import type { ImburseCredential } from '../../api/credential';
import { mapInSlices, runInSlices, type GiveWay } from '../../n8n/timeSlice';
import type { Operation } from '../../operation';
import { sameAmount } from '../../validation/amount';
import { joinWithAnd, formatValue } from '../../validation/format';
import {
	differingAspects,
	fingerprintSteps,
	isFingerprint,
	type BatchEntry,
} from '../../validation/fingerprint';
import type { ValidationError } from '../../validation/result';
import { listTotals, totalsOf, type Total, type Totals } from '../../validation/totals';
import { isValidateOnly, tenantOf, type PreparedItem } from '../items';
import type { Preflight } from '../preflightResult';
import { countedPayments, paymentsOf } from '../paymentSums';
import type { Session } from '../session';
import {
	FINGERPRINT_FIELD,
	isOfSame,
	parseExpectedTotals,
	PAYMENTS_FIELD,
	TOTALS_FIELD,
} from './approvalOptions';
import { guardSettings, type GuardSettings } from './guardOptions';

/** What the items of a run are together; put out under these names by *Validate Only*. */
export interface Batch {
	/** Instructions: an order without any is no payment. */
	payments: number;
	totals: Totals;
	fingerprint: string;
}

/** A run of which it is settled whether it is the one that was approved. */
export interface ApprovedRun extends Preflight {
	/** Only where somebody asks for it, and there is one. */
	batch?: Batch;
}

/**
 * Holds the items of a create, all together, to what was approved: if anything differs, or if one of
 * them cannot be sent, none is. Nothing was sent yet.
 */
export async function enforceApproval(
	{ referenceFields }: Operation,
	session: Session,
	found: Preflight,
	giveWay: GiveWay,
): Promise<ApprovedRun> {
	const [first] = found.prepared;
	if (!first || !referenceFields) return found;
	const settings = guardSettings(first.options);
	const field = approvalFieldOf(settings);
	if (field === undefined && !found.prepared.some(isValidateOnly)) return found;
	if (field !== undefined && found.invalid.length > 0) return refuseAll(found, [incomplete(field)]);
	const batch = await batchOf(session, found.prepared, giveWay);
	const errors = approvalErrors(settings, batch);
	return errors.length > 0 ? refuseAll(found, errors) : { ...found, batch };
}

async function batchOf(
	session: Session,
	items: readonly PreparedItem[],
	giveWay: GiveWay,
): Promise<Batch> {
	const { host } = new URL(session.baseUrl);
	const entriesAt = (item: PreparedItem) => entriesOf(item, host, session.credential);
	const entries = (await mapInSlices(items, giveWay, entriesAt)).flat();
	const payments = items.flatMap(({ plan }) => paymentsOf(plan));
	return {
		payments: payments.length,
		totals: totalsOf(payments),
		fingerprint: await runInSlices(fingerprintSteps(entries), giveWay),
	};
}

function entriesOf(
	item: PreparedItem,
	host: string,
	{ environment, accountId, tenantId }: ImburseCredential,
): BatchEntry[] {
	const { request, readBack } = item.plan;
	if (!readBack) return [];
	const ids = [accountId, tenantOf(item, tenantId)].map((id) => id.toLowerCase());
	const place = [environment, host, ...ids];
	const orderRef = readBack.whole.request.identifiers?.orderRef ?? '';
	return [readBack.whole, ...readBack.parts].map(({ sentFields }) => ({
		call: request.endpoint,
		place,
		orderRef,
		sent: sentFields,
	}));
}

/** The option in which an approval stands; undefined where there is none. */
function approvalFieldOf({ approval }: GuardSettings): string | undefined {
	if ('fingerprint' in approval) return FINGERPRINT_FIELD;
	if ('payments' in approval) return PAYMENTS_FIELD;
	return 'totals' in approval ? TOTALS_FIELD : undefined;
}

function approvalErrors({ approval }: GuardSettings, batch: Batch): ValidationError[] {
	const { fingerprint, payments, totals } = approval;
	return [
		...('fingerprint' in approval ? fingerprintErrors(fingerprint, batch) : []),
		...('payments' in approval ? paymentsErrors(payments, batch) : []),
		...(totals === undefined ? [] : totalsErrors(totals, batch)),
	];
}

const APPROVE_AGAIN =
	'Nothing is sent. Check the payments with Validate Only, and have them approved again.';

function fingerprintErrors(approved: unknown, { fingerprint }: Batch): ValidationError[] {
	if (approved === fingerprint) return [];
	if (!isFingerprint(approved)) return [noFingerprint(approved)];
	const differing = differingAspects(approved, fingerprint);
	const what = differing.length === 0 ? '' : `: ${joinWithAnd(differing)}`;
	const reason = `what is to be sent differs from what was approved${what}`;
	return [{ field: FINGERPRINT_FIELD, reason, fix: APPROVE_AGAIN }];
}

function noFingerprint(approved: unknown): ValidationError {
	return {
		field: FINGERPRINT_FIELD,
		reason: `${formatValue(approved ?? '')} is not a fingerprint of this node`,
		fix: "Take it from the node that checked the payments with Validate Only, for example {{ $('Check').first().json.batch.fingerprint }}, or remove the option.",
	};
}

function paymentsErrors(expected: unknown, { payments }: Batch): ValidationError[] {
	if (expected !== null && Number(expected) === payments) return [];
	const found = countedPayments(payments);
	const reason = `the items come to ${found}, and ${formatValue(expected)} are expected`;
	return [{ field: PAYMENTS_FIELD, reason, fix: APPROVE_AGAIN }];
}

function totalsErrors(
	written: NonNullable<GuardSettings['approval']['totals']>,
	{ totals }: Batch,
): ValidationError[] {
	const expected = parseExpectedTotals(written);
	if (!expected.ok) return expected.errors;
	const actual = listTotals(totals);
	const isThere = (one: Total, among: readonly Total[]) =>
		among.some((other) => isOfSame(one, other));
	const unexpected = actual.filter((total) => !isThere(total, expected.value));
	return [
		...expected.value.flatMap((total) => {
			const found = actual.find((other) => isOfSame(other, total))?.amount ?? '0';
			return sameAmount(found, total.amount) ? [] : [totalError(found, total, total.amount)];
		}),
		...unexpected.map((total) => totalError(total.amount, total, 'none')),
	];
}

function totalError(found: string, { currency, direction }: Total, expected: string) {
	const reason = `the items come to ${found} ${currency} ${direction}, and ${expected} is expected`;
	return { field: TOTALS_FIELD, reason, fix: APPROVE_AGAIN };
}

function incomplete(field: string): ValidationError {
	return {
		field,
		reason: 'other items of the run cannot be sent, so it is not the batch that was approved',
		fix: 'Correct or remove those items, and have the payments approved again.',
	};
}

function refuseAll(
	{ prepared, invalid, hints }: Preflight,
	errors: ValidationError[],
): ApprovedRun {
	const refused = prepared.map(({ index }) => ({ index, errors }));
	const all = [...invalid, ...refused].sort((a, b) => a.index - b.index);
	return { prepared: [], invalid: all, hints };
}
