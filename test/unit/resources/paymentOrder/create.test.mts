import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { create } from '../../../../nodes/Imburse/resources/paymentOrder/create.ts';
import { PARAMETERS, SETTING } from '../samples.mts';

const INSTRUCTION = {
	instructionRef: 'I-1',
	customerRef: 'C-1',
	direction: 'CREDIT',
	amount: '1.00',
	currency: 'EUR',
	country: 'DE',
};
const INSTRUCTIONS = { instructions: { instruction: [INSTRUCTION] } };
const DEFAULTS = { additionalFields: { customerDefaults: { customer: [{ customerRef: 'C-1' }] } } };

const prepare = (changed: IDataObject) =>
	create.prepare({ ...PARAMETERS, ...changed }, { ...SETTING, bodyFormat: 'form' });

describe('an order that is sent form-encoded', () => {
	it.each<[string, IDataObject]>([
		['Instructions', INSTRUCTIONS],
		['Customer Defaults', DEFAULTS],
	])('has no %s: they are refused before anything is sent', (field, changed) => {
		expect(prepare(changed)).toEqual({
			ok: false,
			errors: [
				{
					field,
					reason: expect.stringContaining('form-encoded') as unknown,
					fix: 'Set Body Format to JSON in the Imburse credential.',
				},
			],
		});
	});

	it('has every reason against it named', () => {
		expect(prepare({ ...INSTRUCTIONS, ...DEFAULTS })).toMatchObject({
			errors: [{ field: 'Instructions' }, { field: 'Customer Defaults' }],
		});
	});

	it('may have metadata', () => {
		expect(prepare({})).toMatchObject({
			ok: true,
			value: { request: { body: { text: 'orderRef=ORDER-1&metadata%5Bbranch%5D=North' } } },
		});
	});
});
