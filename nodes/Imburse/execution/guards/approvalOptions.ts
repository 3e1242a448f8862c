import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { validateAmount } from '../../validation/amount';
import { validateCurrency } from '../../validation/currency';
import { validateDirection } from '../../validation/direction';
import { fieldPath } from '../../validation/format';
import {
	allIn,
	allOf,
	invalid,
	type ValidationError,
	type ValidationResult,
} from '../../validation/result';
import type { Total } from '../../validation/totals';
import { noTotalError, totalFields, totalsIn } from './totalOptions';

export const FINGERPRINT_FIELD = 'Approved Fingerprint';
export const PAYMENTS_FIELD = 'Expected Payments';
export const TOTALS_FIELD = 'Expected Total per Currency';

/** Options of every create: what was approved, for all items of a run together. */
export const APPROVAL_OPTIONS: INodeProperties[] = [
	{
		displayName: FINGERPRINT_FIELD,
		name: 'approvedFingerprint',
		type: 'string',
		default: '',
		placeholder: "e.g. {{ $('Check').first().json.batch.fingerprint }}",
		description:
			'The fingerprint that "Validate Only" showed for the approved payments. Nothing is sent if any payment has changed since, is missing or is new.',
	},
	{
		displayName: PAYMENTS_FIELD,
		name: 'expectedPayments',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'Nothing is sent if the items have another number of payments',
	},
	{
		displayName: TOTALS_FIELD,
		name: 'expectedTotals',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Total',
		default: {},
		description:
			'Nothing is sent if the items have another total, or a currency or direction that is not named here',
		options: [
			{
				displayName: 'Total',
				name: 'total',
				values: [
					...totalFields('3450.00'),
					{
						displayName: 'Direction',
						name: 'direction',
						type: 'options',
						options: [
							{ name: 'Collect (DEBIT)', value: 'DEBIT' },
							{ name: 'Pay Out (CREDIT)', value: 'CREDIT' },
						],
						default: 'CREDIT',
					},
				],
			},
		],
	},
];

/** What the user set in these options, as it is; a part that is left out is not checked. */
export interface ApprovalSettings {
	fingerprint?: unknown;
	payments?: unknown;
	totals?: IDataObject[];
}

export function approvalSettings(options: IDataObject): ApprovalSettings {
	const { approvedFingerprint, expectedPayments, expectedTotals } = options;
	return {
		...('approvedFingerprint' in options ? { fingerprint: approvedFingerprint ?? null } : {}),
		...('expectedPayments' in options ? { payments: expectedPayments ?? null } : {}),
		...('expectedTotals' in options ? { totals: totalsIn(expectedTotals) } : {}),
	};
}

/** The totals that a person wrote, or an approval gave; each once. */
export function parseExpectedTotals(written: readonly IDataObject[]): ValidationResult<Total[]> {
	if (written.length === 0) return invalid(noTotalError(TOTALS_FIELD));
	const totals = allIn(written.map(parseTotal));
	if (!totals.ok) return totals;
	const twice = totals.value.filter((total, index) =>
		totals.value.slice(0, index).some((before) => isOfSame(before, total)),
	);
	return twice.length > 0 ? invalid(...twice.map(namedTwice)) : totals;
}

/** Whether two totals are of one currency and direction. */
export function isOfSame(one: Total, other: Total): boolean {
	return one.currency === other.currency && one.direction === other.direction;
}

function parseTotal({ amount, currency, direction = 'CREDIT' }: IDataObject) {
	const code = validateCurrency(currency, fieldPath(TOTALS_FIELD, 'Currency'));
	return allOf({
		currency: code,
		amount: validateAmount(amount, code.ok ? code.value : '', fieldPath(TOTALS_FIELD, 'Amount')),
		direction: validateDirection(direction, fieldPath(TOTALS_FIELD, 'Direction')),
	});
}

function namedTwice({ currency, direction }: Total): ValidationError {
	return {
		field: TOTALS_FIELD,
		reason: `there are two for ${currency} and ${direction}`,
		fix: 'Keep one total for each currency and direction.',
	};
}
