import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { ReadBack } from '../../operation';
import { checkHeaderName, checkHeaderValue } from '../../rules/header';
import { checkSeconds } from '../../rules/seconds';
import { accepted, allOf, type Checked } from '../../rules/violation';

const DEFAULT_PATIENCE_SECONDS = 60;

/** What every create offers beside its fields. */
export const CREATE_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Created Within (Seconds)',
		name: 'createdWithin',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: DEFAULT_PATIENCE_SECONDS,
		description:
			'How long Wait Until Created waits. What is not there by then goes to the error output as unknown.',
	},
	{
		displayName: 'Idempotency Key',
		name: 'idempotencyKey',
		type: 'string',
		default: '',
		description:
			'What Idempotency Key Header carries. Left empty, it is the reference, which is the same on every run.',
	},
	{
		displayName: 'Idempotency Key Header',
		name: 'idempotencyHeader',
		type: 'string',
		default: '',
		placeholder: 'e.g. Idempotency-Key',
		description:
			'Name of a header that carries an idempotency key. Imburse documents none: leave it empty unless Imburse tells you a name. The references keep payments from being made twice without it.',
	},
	{
		displayName: 'If It Already Exists',
		name: 'ifExists',
		type: 'options',
		options: [
			{
				name: 'Fail',
				value: 'fail',
				description: 'Also when this run is tried again with Retry On Fail',
			},
			{
				name: 'Return It If Identical',
				value: 'return',
				description: 'One that differs from your data is always an error',
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
			'Whether to read back what Imburse has only accepted until it is made. Switched off, such an item goes on with the result "accepted", and may still fail at Imburse.',
	},
];

export type CreateOptions = Pick<ReadBack, 'ifExists' | 'patience'> & {
	/** To be sent along; empty as long as the user names no header. */
	headers: Readonly<Record<string, string>>;
};

/**
 * The options of a create.
 *
 * @param reference becomes the idempotency key where the user gives none
 */
export function createOptionsOf(
	parameters: IDataObject,
	reference: string,
): Checked<CreateOptions> {
	const options = (parameters.options ?? {}) as IDataObject;
	const checked = allOf({
		patience: patienceOf(options),
		headers: idempotencyHeaders(options, reference),
	});
	if (!checked.ok) return checked;
	const ifExists = options.ifExists === 'fail' ? 'fail' : 'return';
	return accepted({ ...checked.value, ifExists }, checked.hints);
}

function patienceOf({ waitUntilCreated, createdWithin }: IDataObject): Checked<number | undefined> {
	if (waitUntilCreated === false) return accepted(undefined);
	const seconds = createdWithin ?? DEFAULT_PATIENCE_SECONDS;
	return checkSeconds(seconds, 'Options > Created Within (Seconds)');
}

function idempotencyHeaders(
	{ idempotencyHeader, idempotencyKey }: IDataObject,
	reference: string,
): Checked<Record<string, string>> {
	if ((idempotencyHeader ?? '') === '') return accepted({});
	const key = (idempotencyKey ?? '') === '' ? reference : idempotencyKey;
	const checked = allOf({
		name: checkHeaderName(idempotencyHeader, 'Options > Idempotency Key Header'),
		value: checkHeaderValue(key, 'Options > Idempotency Key'),
	});
	if (!checked.ok) return checked;
	return accepted({ [checked.value.name]: checked.value.value });
}
