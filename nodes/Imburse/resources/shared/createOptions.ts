import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { ReadBack } from '../../operation';
import { validateHeaderName, validateHeaderValue } from '../../validation/header';
import { validateSeconds } from '../../validation/number';
import { valid, allOf, type ValidationResult } from '../../validation/result';

const DEFAULT_CREATED_WITHIN_SECONDS = 60;

/** What every create offers beside its fields. */
export const CREATE_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Created Within (Seconds)',
		name: 'createdWithin',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: DEFAULT_CREATED_WITHIN_SECONDS,
		description:
			'How long "Wait Until Created" waits. An item that is not there by then goes to the error output as unknown.',
	},
	{
		displayName: 'Idempotency Key',
		name: 'idempotencyKey',
		type: 'string',
		default: '',
		description:
			'The value of the "Idempotency Key Header". If it is empty, the reference is sent, which is the same on every run.',
	},
	{
		displayName: 'Idempotency Key Header',
		name: 'idempotencyHeader',
		type: 'string',
		default: '',
		placeholder: 'e.g. Idempotency-Key',
		description:
			'Name of a header for an idempotency key, by which a server knows a repeated request. Imburse documents none: leave it empty unless Imburse tells you a name. The references alone keep payments from being made twice.',
	},
	{
		displayName: 'If It Already Exists',
		name: 'ifExists',
		type: 'options',
		options: [
			{
				name: 'Fail',
				value: 'fail',
				description: 'What this run itself has made is no error when Retry On Fail tries again',
			},
			{
				name: 'Return It If Identical',
				value: 'return',
				description: 'One that differs from your data is an error',
			},
			{
				name: 'Return It If Payment Is the Same',
				value: 'returnSamePayment',
				description:
					'Its metadata may differ, and a hint says how. Another customer, amount, direction, scheme or day is an error.',
			},
		],
		default: 'return',
		description: 'What to do when Imburse has the reference already',
	},
	{
		displayName: 'Wait Until Created',
		name: 'waitUntilCreated',
		type: 'boolean',
		default: true,
		description:
			'Whether to read back what Imburse has only accepted, until it is made. If off, such an item goes on with the result "accepted", and the payment may still fail at Imburse.',
	},
];

export type CreateOptions = Pick<ReadBack, 'ifExists' | 'createdWithinMs'> & {
	/** To be sent along; empty as long as the user names no header. */
	headers: Readonly<Record<string, string>>;
};

/**
 * The options of a create.
 *
 * @param reference becomes the idempotency key where the user gives none
 */
export function parseCreateOptions(
	parameters: IDataObject,
	reference: string,
): ValidationResult<CreateOptions> {
	const options = (parameters.options ?? {}) as IDataObject;
	const result = allOf({
		createdWithinMs: parseCreatedWithin(options),
		headers: parseIdempotencyHeaders(options, reference),
	});
	if (!result.ok) return result;
	return valid({ ...result.value, ifExists: parseIfExists(options) }, result.hints);
}

function parseIfExists({ ifExists }: IDataObject): ReadBack['ifExists'] {
	return ifExists === 'fail' || ifExists === 'returnSamePayment' ? ifExists : 'return';
}

function parseCreatedWithin({
	waitUntilCreated,
	createdWithin,
}: IDataObject): ValidationResult<number | undefined> {
	if (waitUntilCreated === false) return valid(undefined);
	const seconds = createdWithin ?? DEFAULT_CREATED_WITHIN_SECONDS;
	return validateSeconds(seconds, 'Options > Created Within (Seconds)');
}

function parseIdempotencyHeaders(
	{ idempotencyHeader, idempotencyKey }: IDataObject,
	reference: string,
): ValidationResult<Record<string, string>> {
	if ((idempotencyHeader ?? '') === '') return valid({});
	const key = (idempotencyKey ?? '') === '' ? reference : idempotencyKey;
	const result = allOf({
		name: validateHeaderName(idempotencyHeader, 'Options > Idempotency Key Header'),
		value: validateHeaderValue(key, 'Options > Idempotency Key'),
	});
	if (!result.ok) return result;
	return valid({ [result.value.name]: result.value.value });
}
