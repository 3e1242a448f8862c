import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import type { ApiResult } from '../../../../nodes/Imburse/api/client.ts';
import type { Operation } from '../../../../nodes/Imburse/operation.ts';
import { updateMetadata as ofCustomer } from '../../../../nodes/Imburse/resources/customer/updateMetadata.ts';
import { create as createInstruction } from '../../../../nodes/Imburse/resources/instruction/create.ts';
import { update } from '../../../../nodes/Imburse/resources/instruction/update.ts';
import { create as createOrder } from '../../../../nodes/Imburse/resources/paymentOrder/create.ts';
import { updateMetadata as ofOrder } from '../../../../nodes/Imburse/resources/paymentOrder/updateMetadata.ts';
import { reasonsOf } from '../../validation/outcome.mts';
import { INSTRUCTION, PARAMETERS, SETTING } from '../samples.mts';
import { answered, Ended, scriptedImburse } from '../scriptedImburse.mts';

const FOREIGN = { old: { level: 'two' }, kept: 'text' };
const ORDER = { orderRef: PARAMETERS.orderRef, metadata: FOREIGN };
const CUSTOMER = { customerRef: PARAMETERS.customerRef, metadata: FOREIGN };

async function run(operation: Operation, bodyFormat: 'form' | 'json', held: IDataObject) {
	const plan = operation.prepare({ ...PARAMETERS }, { ...SETTING, bodyFormat });
	if (!plan.ok) throw new Error(JSON.stringify(plan.errors));
	const imburse = scriptedImburse((): ApiResult => answered(held));
	const ended: unknown = await plan.value.execute!(imburse).catch((error: unknown) => error);
	return { ended, writes: imburse.requests.filter(({ body }) => body !== undefined) };
}

describe.each<[string, Operation, IDataObject]>([
	['an order', ofOrder, ORDER],
	['a customer', ofCustomer, CUSTOMER],
	['an instruction', update, { ...INSTRUCTION, metadata: FOREIGN }],
])('metadata of %s that somebody else wrote with levels', (_, operation, held) => {
	it('is not written form-encoded: the item is invalid, and nothing is sent', async () => {
		const { ended, writes } = await run(operation, 'form', held);
		expect(ended).toBeInstanceOf(Ended);
		expect((ended as Ended).failure).toMatchObject({
			outcome: 'invalid',
			message: expect.stringMatching(
				/^The metadata of .+ has values at Imburse that are not texts, and a form-encoded body cannot carry them: "old"$/,
			) as unknown,
			description: expect.stringContaining(
				'Nothing was changed. Set Body Format to JSON in the Imburse credential.',
			) as unknown,
		});
		expect(writes).toEqual([]);
	});

	it('is kept as it is in JSON', async () => {
		const { writes } = await run(operation, 'json', held);
		expect(writes).toHaveLength(1);
		expect(writes[0]?.body?.text).toContain('"old":{"level":"two"}');
	});
});

const UNSAFE = { entry: [{ key: 'a[b', value: 'x' }] };

describe.each<[string, Operation, IDataObject]>([
	['create an order', createOrder, { metadata: UNSAFE, instructions: {} }],
	['create an instruction', createInstruction, { additionalFields: { metadata: UNSAFE } }],
	['update an order', ofOrder, { metadata: UNSAFE }],
	['update a customer', ofCustomer, { metadata: UNSAFE }],
])('keys with brackets, to %s', (_, operation, own) => {
	const prepare = (bodyFormat: 'form' | 'json') =>
		operation.prepare({ ...PARAMETERS, ...own }, { ...SETTING, bodyFormat });

	it('are refused form-encoded before anything is sent, and taken in JSON', () => {
		expect(reasonsOf(prepare('form'))).toEqual([
			'Metadata > a[b: in a form-encoded body the key may be read as another one',
		]);
		expect(prepare('json').ok).toBe(true);
	});
});

describe.each<[string, Operation, IDataObject]>([
	['an order', ofOrder, { orderRef: PARAMETERS.orderRef }],
	['a customer', ofCustomer, { customerRef: PARAMETERS.customerRef }],
	['an instruction', update, INSTRUCTION],
])('keys of %s that somebody else wrote with brackets', (_, operation, held) => {
	it('are not written form-encoded', async () => {
		const metadata = { 'old.one': 'x', 'a[b': 'y', plain: 'z' };
		const { ended, writes } = await run(operation, 'form', { ...held, metadata });
		expect((ended as Ended).failure).toMatchObject({
			outcome: 'invalid',
			message: expect.stringMatching(/may be read as others.*: "old\.one", "a\[b"$/) as unknown,
			description: expect.stringContaining('Set Body Format to JSON') as unknown,
		});
		expect(writes).toEqual([]);
	});
});

const FIFTY = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`old${n}`, 'x']));
const ONE_MORE = { entry: [{ key: 'new', value: 'x' }] };

describe.each<[string, Operation, IDataObject]>([
	['an order', ofOrder, { orderRef: PARAMETERS.orderRef }],
	['a customer', ofCustomer, { customerRef: PARAMETERS.customerRef }],
])('metadata of %s that has as many keys as Imburse takes', (_, operation, held) => {
	it('takes no more: the item is invalid, and nothing is changed', async () => {
		const parameters = { ...PARAMETERS, metadata: ONE_MORE };
		const plan = operation.prepare(parameters, SETTING);
		if (!plan.ok) throw new Error(JSON.stringify(plan.errors));
		const imburse = scriptedImburse((): ApiResult => answered({ ...held, metadata: FIFTY }));
		const ended = await plan.value.execute!(imburse).catch((error: unknown) => error);
		expect((ended as Ended).failure).toMatchObject({
			outcome: 'invalid',
			message: `Together with what is there the metadata of ${plan.value.label} would have 51 keys, and Imburse takes 50`,
			description: expect.stringContaining(
				'Nothing was changed. Give fewer keys, or remove some of those that are there first.',
			) as unknown,
		});
		expect(imburse.requests.filter(({ body }) => body !== undefined)).toEqual([]);
	});

	it('is not written where there is nothing to write', () => {
		const nothing = operation.prepare({ ...PARAMETERS, metadata: {} }, SETTING);
		expect(nothing).toMatchObject({
			ok: false,
			errors: [
				{
					field: 'Metadata',
					reason: 'there is nothing to write',
					fix: 'Give at least one key with its value.',
				},
			],
		});
	});
});
