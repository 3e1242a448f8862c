import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { formatValue } from '../../validation/format';
import {
	valid,
	invalid,
	type ValidationResult,
	type ValidationError,
} from '../../validation/result';

/**
 * Whether each option that the user set has a value of its kind. n8n hands on whatever an
 * expression gives, and a switch that is "true" in quotes, or a limit that is not a number, must
 * not count as switched off.
 */
export function validateOptions(
	options: IDataObject,
	fields: readonly INodeProperties[],
): ValidationResult<IDataObject> {
	const errors = fields
		.filter(({ name }) => Object.hasOwn(options, name))
		.flatMap((field) => kindError(field, options[field.name]));
	return errors.length > 0 ? invalid(...errors) : valid(options);
}

function kindError(field: INodeProperties, value: unknown): ValidationError[] {
	const { displayName, type } = field;
	if (type === 'boolean' && typeof value !== 'boolean') {
		return [
			error(
				displayName,
				value,
				'neither true nor false',
				'Use the switch, or an expression that gives true or false without quotes.',
			),
		];
	}
	if (type === 'number' && !isAmountOf(value)) {
		return [
			error(
				displayName,
				value,
				'not a number from 0 upwards',
				'Enter a number, or an expression that gives one.',
			),
		];
	}
	if (type === 'options' && !choices(field).includes(value)) {
		return [
			error(
				displayName,
				value,
				'none of the choices',
				`Choose one of the list: ${choices(field).join(', ')}.`,
			),
		];
	}
	return [];
}

function isAmountOf(value: unknown): boolean {
	return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function choices({ options = [] }: INodeProperties): unknown[] {
	return options.map((option) => ('value' in option ? option.value : undefined));
}

function error(field: string, value: unknown, what: string, fix: string): ValidationError {
	return { field, reason: `${formatValue(value)} is ${what}`, fix };
}
