import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { formatValue } from '../../validation/format';
import { validateNumber, type NumberRange } from '../../validation/number';
import { validateOneOf } from '../../validation/oneOf';
import { allIn, invalid, valid, type ValidationResult } from '../../validation/result';

/**
 * Whether each option that the user set has a value of its kind. n8n hands on whatever an
 * expression gives, and a switch that is "true" in quotes, or a limit that is not a number, must
 * not count as switched off.
 */
export function validateOptions(
	options: IDataObject,
	fields: readonly INodeProperties[],
): ValidationResult<IDataObject> {
	const given = fields.filter(({ name }) => Object.hasOwn(options, name));
	const checked = allIn(given.map((field) => validateOption(field, options[field.name])));
	return checked.ok ? valid(options) : checked;
}

function validateOption(field: INodeProperties, value: unknown): ValidationResult<unknown> {
	const { displayName, type } = field;
	switch (type) {
		case 'boolean':
			return validateSwitch(value, displayName);
		case 'number':
			return validateNumber(value, displayName, FROM_ZERO);
		case 'options':
			return validateOneOf(value, choicesOf(field), displayName);
		default:
			return valid(value);
	}
}

const FROM_ZERO: NumberRange = {
	min: 0,
	expected: 'a number from 0 upwards',
	fix: 'Enter a number, or an expression that gives one.',
};

function validateSwitch(value: unknown, field: string): ValidationResult<boolean> {
	if (typeof value === 'boolean') return valid(value);
	return invalid({
		field,
		reason: `${formatValue(value)} is neither true nor false`,
		fix: 'Use the switch, or an expression that gives true or false without quotes.',
	});
}

function choicesOf({ options = [] }: INodeProperties): string[] {
	return options.flatMap((option) => ('value' in option ? [String(option.value)] : []));
}
