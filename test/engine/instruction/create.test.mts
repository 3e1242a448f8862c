import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { ImburseClient } from '../../sandbox/client.mts';
import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import {
	byId,
	callsOf,
	failuresOf,
	itNamesTheRole,
	itRefuses,
	itUsesTheTenantOfEachItem,
	paired,
	useCredential,
} from '../support/operations.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const INSTRUMENT = '00000000-1111-4222-8333-444444444444';

let imburse: ImburseOnEngine;
const under = () => imburse;
beforeEach(async () => {
	imburse = await startImburse({ timezone: 'Europe/Berlin' });
	const client = await ImburseClient.signIn(imburse.sandbox);
	await client.post('/v1/order-management', { orderRef: 'CLAIM-17' });
});
afterEach(() => imburse.stop());

function create(changed: INodeParameters = {}): INodeParameters {
	return {
		resource: 'instruction',
		operation: 'create',
		orderRef: 'CLAIM-17',
		instructionRef: 'CLAIM-17-1',
		customerRef: 'CUST-4711',
		direction: 'CREDIT',
		amount: '210.00',
		currency: 'EUR',
		country: 'DE',
		schemeId: byId(imburse.sandbox.options.schemeIds.payout),
		...changed,
	};
}
const stored = (instructionRef = 'CLAIM-17-1') =>
	imburse.sandbox.store.instruction('CLAIM-17', instructionRef);
const posted = () => callsOf(imburse, 1).filter(({ method }) => method === 'POST');

describe('an instruction', () => {
	it.each(['v1', 'v2'])('is added to its order on %s', async (apiVersion) => {
		useCredential(imburse, { apiVersion });
		const run = await imburse.run(create());
		expect(run.error).toBeUndefined();
		expect(run.success).toEqual([
			{
				json: {
					orderRef: 'CLAIM-17',
					instructionRef: 'CLAIM-17-1',
					result: 'created',
					environment: 'custom',
					metadata: {},
					answer: null,
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(posted().map(({ path }) => path)).toEqual([
			`/${apiVersion}/order-management/CLAIM-17/instruction`,
		]);
		expect(JSON.parse(posted()[0]?.body ?? '')).toEqual({
			instructionRef: 'CLAIM-17-1',
			customerRef: 'CUST-4711',
			direction: 'CREDIT',
			amount: '210.00',
			currency: 'EUR',
			country: 'DE',
			schemeId: imburse.sandbox.options.schemeIds.payout,
		});
	});

	it('can have every field, with a date that stays the same day', async () => {
		await imburse.run(
			create({
				direction: 'DEBIT',
				schemeId: byId(imburse.sandbox.options.schemeIds.collect),
				amount: '={{ 0.1 }}',
				additionalFields: {
					financialInstrumentId: INSTRUMENT,
					settledByDate: '2030-12-31T00:00:00.000+01:00',
					metadata: { entry: [{ key: 'branch', value: 'Zürich' }] },
				},
			}),
		);
		expect(JSON.parse(posted()[0]?.body ?? '')).toMatchObject({
			direction: 'DEBIT',
			amount: '0.1',
			financialInstrumentId: INSTRUMENT,
			settledByDate: '2030-12-31',
			metadata: { branch: 'Zürich' },
		});
	});

	it('may go without a scheme, for the customer defaults to give one', async () => {
		await imburse.run(create({ schemeId: byId('') }));
		expect(JSON.parse(posted()[0]?.body ?? '')).not.toHaveProperty('schemeId');
		expect(stored()).toMatchObject({ schemeId: null, status: 'INCOMPLETE' });
	});

	it('can be written form-encoded', async () => {
		useCredential(imburse, { bodyFormat: 'form' });
		const metadata = { entry: [{ key: 'branch', value: 'Zürich & Söhne = 1' }] };
		const run = await imburse.run(create({ additionalFields: { metadata } }));
		expect(run.error).toBeUndefined();
		expect(posted()[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
		expect(stored()).toMatchObject({
			amount: '210.00',
			metadata: { branch: 'Zürich & Söhne = 1' },
		});
	});

	it('is made for each item, in their order', async () => {
		const run = await imburse.run(create({ instructionRef: '={{ $json.ref }}' }), {
			items: [{ ref: 'B' }, { ref: 'A' }],
		});
		expect(paired(run, 'instructionRef')).toEqual([
			['B', 0],
			['A', 1],
		]);
		expect([stored('A'), stored('B')]).not.toContain(undefined);
	});

	it('of an order that is not there is refused', async () => {
		const run = await imburse.run(create({ orderRef: 'NO' }), { onError: 'continueErrorOutput' });
		expect(run.success).toEqual([]);
		expect(failuresOf(run)[0]).toMatchObject({
			message: expect.stringContaining('there is no order with this reference') as unknown,
			httpStatus: 400,
			errorCodes: ['ORDER_NOT_FOUND'],
			outcome: 'rejected',
		});
	});
});

itRefuses(under, create, [
	['no order', { orderRef: '={{ $json.missing }}' }, /^Order Reference: there is no value/],
	[
		'no reference',
		{ instructionRef: '={{ $json.no }}' },
		/^Instruction Reference: there is no val/,
	],
	[
		'no customer',
		{ customerRef: '={{ $json.missing }}' },
		/^Customer Reference: there is no value/,
	],
	['no direction', { direction: '={{ $json.missing }}' }, /^Direction: there is no value/],
	['a direction in small letters', { direction: '={{ "credit" }}' }, /^Direction: "credit"/],
	['no amount', { amount: '={{ $json.missing }}' }, /^Amount: there is no value/],
	['an amount with a comma', { amount: '1.234,50' }, /^Amount: "1\.234,50"/],
	['a negative amount', { amount: '-5' }, /^Amount: /],
	['an amount of zero', { amount: '0.00' }, /^Amount: "0\.00" is zero/],
	['a number whose digits are not exact', { amount: '={{ 0.1 + 0.2 }}' }, /^Amount: /],
	['cents of a yen', { amount: '1.50', currency: 'JPY' }, /^Amount: .*more decimals than JPY/],
	['no currency', { currency: '={{ $json.missing }}' }, /^Currency: there is no value/],
	['a currency sign', { currency: '€' }, /^Currency: "€"/],
	['no country', { country: '={{ $json.missing }}' }, /^Country: there is no value/],
	['the country UK', { country: 'UK' }, /^Country: "UK"/],
	['a scheme with a space', { schemeId: byId('A B') }, /^Scheme: "A B" is not an ID/],
	[
		'a date that does not exist',
		{ additionalFields: { settledByDate: '2030-02-30' } },
		/^Settled By Date: /,
	],
	[
		'metadata that is not there',
		{ additionalFields: { metadata: { entry: [{ key: 'a', value: '={{ $json.missing }}' }] } } },
		/^Metadata > a: there is no value/,
	],
	['a way out of the path', { orderRef: 'CLAIM-17/../x' }, /^Order Reference: .*"\/"/],
]);

itNamesTheRole(under, create, 'tenant-transaction-write or tenant-admin');
itUsesTheTenantOfEachItem(under, () => create({ instructionRef: '={{ $json.id }}' }));
