import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { quoted } from '../../rules/quoted';
import { accepted, refused, type Checked, type Violation } from '../../rules/violation';

/**
 * Whether each option that the user set has a value of its kind. n8n hands on whatever an
 * expression gives, and a switch that is "true" in quotes, or a limit that is not a number, must
 * not count as switched off.
 */
export function checkOptionValues(
	options: IDataObject,
	fields: readonly INodeProperties[],
): Checked<IDataObject> {
	const violations = fields
		.filter(({ name }) => Object.hasOwn(options, name))
		.flatMap((field) => kindViolation(field, options[field.name]));
	return violations.length > 0 ? refused(...violations) : accepted(options);
}

function kindViolation(field: INodeProperties, value: unknown): Violation[] {
	const { displayName, type } = field;
	if (type === 'boolean' && typeof value !== 'boolean') {
		return [
			violation(
				displayName,
				value,
				'neither true nor false',
				'Use the switch, or an expression that gives true or false without quotes.',
			),
		];
	}
	if (type === 'number' && !isAmountOf(value)) {
		return [
			violation(
				displayName,
				value,
				'not a number from 0 upwards',
				'Enter a number, or an expression that gives one.',
			),
		];
	}
	if (type === 'options' && !choices(field).includes(value)) {
		return [
			violation(
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

function violation(field: string, value: unknown, what: string, fix: string): Violation {
	return { field, reason: `${quoted(value)} is ${what}`, fix };
}
