import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const CREATE: INodeParameters = { resource: 'paymentOrder', operation: 'create' };

let imburse: ImburseOnEngine;

beforeEach(async () => {
	imburse = await startImburse();
});

afterEach(async () => {
	await imburse.stop();
});

function errorOf(item: { json: IDataObject } | undefined): IDataObject {
	return item?.json.error as IDataObject;
}

describe('equal references in one run', () => {
	it('are both refused, with the places where they stand, and nothing is sent', async () => {
		const run = await imburse.run(
			{ ...CREATE, orderRef: '={{ $json.ref }}' },
			{ items: [{ ref: 'CLAIM-1' }, { ref: 'CLAIM-2' }, { ref: 'CLAIM-1' }] },
		);
		expect(run.error?.message).toBe('2 of 3 items cannot be sent');
		expect(run.error?.description).toContain(
			'Item 1: Order Reference: "CLAIM-1" is also the reference of item 3',
		);
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it('let the others through with Continue On Fail', async () => {
		const run = await imburse.run(
			{ ...CREATE, orderRef: '={{ $json.ref }}' },
			{
				items: [{ ref: 'CLAIM-1' }, { ref: 'CLAIM-2' }, { ref: 'CLAIM-1' }],
				onError: 'continueErrorOutput',
			},
		);
		expect(run.success.map(({ json }) => json.orderRef)).toEqual(['CLAIM-2']);
		expect(run.failed.map((item) => errorOf(item).outcome)).toEqual(['invalid', 'invalid']);
	});

	it('of two instructions of one order are refused', async () => {
		const instruction = {
			instructionRef: 'PAY-1',
			customerRef: 'CUST-1',
			direction: 'CREDIT',
			amount: '10.00',
			currency: 'EUR',
			country: 'DE',
		};
		const run = await imburse.run({
			...CREATE,
			orderRef: 'CLAIM-1',
			instructions: { instruction: [instruction, instruction] },
		});
		expect(run.error?.description).toContain('Instructions > 2 > Instruction Reference');
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it('that differ in capital letters only give a hint', async () => {
		const run = await imburse.run(
			{ ...CREATE, orderRef: '={{ $json.ref }}' },
			{ items: [{ ref: 'claim-1' }, { ref: 'CLAIM-1' }] },
		);
		expect(run.success).toHaveLength(2);
		expect(run.hints.map(({ message }) => message)).toEqual([
			expect.stringContaining('differs only in capital and small letters'),
			expect.stringContaining('differs only in capital and small letters'),
		]);
	});
});

describe('a reference that changes from run to run', () => {
	const changing = '=CLAIM-{{ $now.toMillis() }}';
	it.each<[string, INodeParameters]>([
		['the order reference', { orderRef: changing }],
		[
			'a reference in a row of instructions',
			{
				orderRef: 'CLAIM-1',
				instructions: {
					instruction: [
						{
							instructionRef: '={{ Math.floor(Math.random() * 1000) }}',
							customerRef: 'CUST-1',
							direction: 'CREDIT',
							amount: '10.00',
							currency: 'EUR',
							country: 'DE',
						},
					],
				},
			},
		],
		[
			'a reference in JSON',
			{
				orderRef: 'CLAIM-1',
				instructionsInputMode: 'json',
				instructionsJson:
					'=[{ "instructionRef": "PAY-{{ $execution.id }}", "customerRef": "C", "direction": "CREDIT", "amount": "1.00", "currency": "EUR", "country": "DE" }]',
			},
		],
		[
			'a reference in JSON, behind another expression with quotes',
			{
				orderRef: 'CLAIM-1',
				instructionsInputMode: 'json',
				instructionsJson:
					'=[{ "instructionRef": "PAY-{{ $json["claim"] }}-{{ $now.toMillis() }}", "customerRef": "C", "direction": "CREDIT", "amount": "1.00", "currency": "EUR", "country": "DE" }]',
			},
		],
		[
			'a reference in an expression that gives all of the JSON',
			{
				orderRef: 'CLAIM-1',
				instructionsInputMode: 'json',
				instructionsJson:
					"={{ [{ instructionRef: 'PAY-' + $now.toMillis(), customerRef: 'C', direction: 'CREDIT', amount: '1.00', currency: 'EUR', country: 'DE' }] }}",
			},
		],
	])('%s is refused with the reason', async (_, parameters) => {
		const run = await imburse.run({ ...CREATE, ...parameters });
		expect(`${run.error?.message} ${run.error?.description}`).toContain(
			'which is different on every run, so the same data would be paid again',
		);
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it('may be used when the user allows it', async () => {
		const run = await imburse.run({
			...CREATE,
			orderRef: changing,
			options: { allowChangingReferences: true },
		});
		expect(run.success).toHaveLength(1);
	});

	it('is no reason against the time in another part of the JSON', async () => {
		const run = await imburse.run({
			...CREATE,
			orderRef: 'CLAIM-1',
			instructionsInputMode: 'json',
			instructionsJson:
				"={{ [{ instructionRef: 'PAY-1', customerRef: 'C', direction: 'CREDIT', amount: '1.00', currency: 'EUR', country: 'DE', metadata: { sentAt: $now.toISO() } }] }}",
		});
		expect(run.error).toBeUndefined();
	});

	it('is no reason against the time in another field', async () => {
		const run = await imburse.run({
			...CREATE,
			orderRef: 'CLAIM-1',
			metadata: { entry: [{ key: 'sentAt', value: '={{ $now.toISO() }}' }] },
		});
		expect(run.success).toHaveLength(1);
	});
});

describe('metadata', () => {
	const card = '4111 1111 1111 1111';
	const withNote = (note: string, options: INodeParameters = {}): INodeParameters => ({
		...CREATE,
		orderRef: 'CLAIM-1',
		metadata: { entry: [{ key: 'note', value: note }] },
		options,
	});

	it('with a card number is refused, and the number shown nowhere', async () => {
		const run = await imburse.run(withNote(`card ${card}`));
		expect(run.error?.message).toMatch(/^Metadata > note: the value looks like it holds a card/);
		expect(`${run.error?.message} ${run.error?.description}`).not.toContain('4111 1111 1111');
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it('with a card number is sent with a hint, or without, as the user chooses', async () => {
		const hinted = await imburse.run(withNote(card, { sensitiveData: 'hint' }));
		expect(hinted.hints[0]?.message).toContain('looks like it holds a card');
		imburse.sandbox.reset();
		const silent = await imburse.run(withNote(card, { sensitiveData: 'off' }));
		expect([silent.success.length, silent.hints.length]).toEqual([1, 0]);
	});

	it('with an e-mail address is sent, with a hint', async () => {
		const run = await imburse.run(withNote('a.b@claims.example'));
		expect(run.success).toHaveLength(1);
		expect(run.hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^Item 1: Metadata > note: looks like it holds an e-mail address\./),
		]);
	});

	it('with a value of more than 256 characters is sent, with a hint', async () => {
		const run = await imburse.run(withNote('x'.repeat(257)));
		expect(run.success).toHaveLength(1);
		expect(run.hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^Item 1: Metadata: .* 256 characters in note\./),
		]);
		expect((await imburse.run(withNote('x'.repeat(256)))).hints).toEqual([]);
	});

	it('comes from chosen fields of the incoming item', async () => {
		await imburse.run(
			{
				...CREATE,
				orderRef: '={{ $json.claim }}',
				metadataInputMode: 'item',
				metadataItemFields: 'claim, branch',
			},
			{ items: [{ claim: 'CLAIM-1', branch: 'Berlin', other: 'x' }] },
		);
		expect({ ...imburse.sandbox.store.order('CLAIM-1')?.metadata }).toEqual({
			claim: 'CLAIM-1',
			branch: 'Berlin',
		});
	});

	it('leads back to the run when the user wants it', async () => {
		await imburse.run({
			...CREATE,
			orderRef: 'CLAIM-1',
			options: { addRunReferences: true },
		});
		expect(imburse.sandbox.store.order('CLAIM-1')?.metadata).toHaveProperty('n8nWorkflowId');
	});
});

describe('Validate Only', () => {
	it('shows the request, sends nothing, and says so', async () => {
		const run = await imburse.run({
			...CREATE,
			orderRef: 'CLAIM-1',
			options: { validateOnly: true },
		});
		expect(run.success.map(({ json }) => json)).toEqual([
			{
				validateOnly: true,
				request: { method: 'POST', path: '/v1/order-management', body: '{"orderRef":"CLAIM-1"}' },
				batch: {
					payments: 0,
					totals: {},
					fingerprint: expect.stringMatching(/^[0-9a-f]{64}(-[0-9a-f]{8}){4}$/),
				},
			},
		]);
		expect(run.hints[0]?.message).toContain('Nothing was sent');
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it.each<[string, INodeParameters, IDataObject]>([
		[
			'metadata of an order',
			{ operation: 'updateMetadata', metadata: { entry: [{ key: 'a', value: 'A' }] } },
			{
				request: { method: 'PUT', path: '/v1/order-management/CLAIM-1/metadata', body: null },
				changes: { mode: 'merge', metadata: { a: 'A' } },
			},
		],
		[
			'metadata of a customer',
			{
				resource: 'customer',
				operation: 'updateMetadata',
				customerRef: 'CUST-1',
				mode: 'replace',
				metadata: { entry: [{ key: 'a', value: 'A' }] },
			},
			{
				request: { method: 'PUT', path: '/v1/customer-vault/CUST-1', body: null },
				changes: { mode: 'replace', metadata: { a: 'A' } },
			},
		],
		[
			'an instruction',
			{
				resource: 'instruction',
				operation: 'update',
				instructionRef: 'PAY-1',
				updateFields: { amount: '2.00', metadata: { entry: [{ key: 'a', value: 'A' }] } },
			},
			{
				request: {
					method: 'PUT',
					path: '/v1/order-management/CLAIM-1/instruction/PAY-1',
					body: null,
				},
				changes: { amount: '2.00', metadata: { a: 'A' } },
			},
		],
		[
			'all metadata that is to be deleted',
			{ operation: 'deleteMetadata' },
			{ request: { method: 'DELETE', path: '/v1/order-management/CLAIM-1/metadata', body: null } },
		],
		[
			'a reward that is to be claimed',
			{
				resource: 'reward',
				operation: 'claim',
				instructionRef: 'PAY-1',
				rewardId: 'REWARD-1',
			},
			{
				request: {
					method: 'POST',
					path: '/v1/order-management/CLAIM-1/instruction/PAY-1/claim-reward',
					body: '{"rewardId":"REWARD-1"}',
				},
			},
		],
	])('shows what would be done to %s', async (_, parameters, shown) => {
		const options = { validateOnly: true };
		const run = await imburse.run({ ...CREATE, orderRef: 'CLAIM-1', ...parameters, options });
		expect(run.success.map(({ json }) => json)).toEqual([{ validateOnly: true, ...shown }]);
		expect(run.hints[0]?.message).toContain('Nothing was sent');
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it('still refuses what Imburse would refuse', async () => {
		const run = await imburse.run({
			...CREATE,
			orderRef: 'CLAIM 1',
			options: { validateOnly: true },
		});
		expect(run.error?.message).toMatch(/^Order Reference: /);
	});
});
