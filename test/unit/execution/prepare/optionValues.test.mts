import { describe, expect, it } from '@jest/globals';
import type { INodeProperties } from 'n8n-workflow';
import { validateOptions } from '../../../../nodes/Imburse/execution/prepare/optionValues.ts';
import { errorsOf, valueOf } from '../../validation/outcome.mts';

const FIELDS: INodeProperties[] = [
	{ displayName: 'Validate Only', name: 'validateOnly', type: 'boolean', default: false },
	{ displayName: 'Max Payments', name: 'maxPayments', type: 'number', default: 0 },
	{
		displayName: 'If It Already Exists',
		name: 'ifExists',
		type: 'options',
		options: [
			{ name: 'Succeed', value: 'succeed' },
			{ name: 'Fail', value: 'fail' },
		],
		default: 'succeed',
	},
	{ displayName: 'Tenant ID', name: 'tenantId', type: 'string', default: '' },
];

const SWITCH = 'Use the switch, or an expression that gives true or false without quotes.';
const NUMBER = 'Enter a number, or an expression that gives one.';
const LIST = 'Choose it from the list, or correct the expression.';

describe('validateOptions', () => {
	it('takes what has the kind of its option, and what is not set', () => {
		const options = { validateOnly: true, maxPayments: 0, ifExists: 'fail', tenantId: 7 };
		expect(valueOf(validateOptions(options, FIELDS))).toBe(options);
		expect(valueOf(validateOptions({}, FIELDS))).toEqual({});
	});

	it.each<[string, unknown, string, string, string]>([
		['validateOnly', 'true', 'Validate Only', '"true" is neither true nor false', SWITCH],
		['validateOnly', null, 'Validate Only', 'nothing is neither true nor false', SWITCH],
		['maxPayments', 'many', 'Max Payments', '"many" is not a number from 0 upwards', NUMBER],
		['maxPayments', -1, 'Max Payments', '-1 is not a number from 0 upwards', NUMBER],
		['ifExists', 'Fail', 'If It Already Exists', '"Fail" is not one of succeed, fail', LIST],
	])('refuses %s %j by the name of the option', (name, value, field, reason, fix) => {
		const options = { [name]: value as string };
		expect(errorsOf(validateOptions(options, FIELDS))).toEqual([{ field, reason, fix }]);
	});
});
