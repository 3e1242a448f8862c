import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import { byId, callsOf, itRefuses, useCredential } from '../support/operations.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const INSTRUMENT = '00000000-1111-4222-8333-444444444444';

let imburse: ImburseOnEngine;
const under = () => imburse;
beforeEach(async () => {
	imburse = await startImburse();
});
afterEach(() => imburse.stop());

/** An order whose one instruction says neither scheme nor instrument. */
function create(...customer: INodeParameters[]): INodeParameters {
	return {
		resource: 'paymentOrder',
		operation: 'create',
		orderRef: 'CLAIM-17',
		instructions: {
			instruction: [
				{
					instructionRef: 'CLAIM-17-1',
					customerRef: 'CUST-4711',
					direction: 'CREDIT',
					amount: '210.00',
					currency: 'EUR',
					country: 'DE',
					schemeId: byId(''),
					additionalFields: { metadata: { entry: [{ key: 'own', value: 'O' }] } },
				},
			],
		},
		additionalFields: { customerDefaults: { customer } },
	};
}

const DEFAULTS: INodeParameters = {
	customerRef: 'CUST-4711',
	schemeId: byId('D0000000000000000000000000000002'),
	financialInstrumentId: INSTRUMENT,
	metadata: {
		entry: [
			{ key: 'own', value: 'inherited' },
			{ key: 'branch', value: 'North' },
		],
	},
};

it.each(['v1', 'v2'])('go out flat, by customer, and are found again on %s', async (apiVersion) => {
	useCredential(imburse, { apiVersion });
	const run = await imburse.run(create(DEFAULTS));
	expect(run.error).toBeUndefined();
	const posted = callsOf(imburse).find(({ method }) => method === 'POST');
	expect(JSON.parse(posted?.body ?? '')).toMatchObject({
		customerDefaults: {
			'CUST-4711': {
				schemeId: 'D0000000000000000000000000000002',
				financialInstrumentId: INSTRUMENT,
				metadata: { own: 'inherited', branch: 'North' },
			},
		},
	});
	expect(imburse.sandbox.store.instruction('CLAIM-17', 'CLAIM-17-1')?.status).toBe('READY');

	const again = await imburse.run(create(DEFAULTS));
	expect(again.error).toBeUndefined();
	expect(again.success[0]?.json).toMatchObject({ result: 'alreadyExisted' });
	expect(imburse.sandbox.store.orders).toHaveLength(1);
});

it('that are new are not taken for those of an order that exists', async () => {
	await imburse.run(create({ ...DEFAULTS, schemeId: byId('') }));
	const run = await imburse.run(create(DEFAULTS), { onError: 'continueErrorOutput' });
	expect(run.success).toEqual([]);
	expect(run.failed[0]?.json.error).toMatchObject({ outcome: 'conflict' });
});

it('leave out what is empty', async () => {
	await imburse.run(create({ customerRef: 'CUST-4711' }));
	const posted = callsOf(imburse).find(({ method }) => method === 'POST');
	expect(JSON.parse(posted?.body ?? '')).toMatchObject({ customerDefaults: { 'CUST-4711': {} } });
});

it('cannot be in a form-encoded body: nothing is sent', async () => {
	useCredential(imburse, { bodyFormat: 'form' });
	const run = await imburse.run({ ...create(DEFAULTS), instructions: {} });
	expect(run.error?.message).toMatch(
		/^Customer Defaults: it cannot be sent in a form-encoded body/,
	);
	expect(imburse.sandbox.requests).toEqual([]);
});

itRefuses(under, create, [
	...(
		[
			['no customer', { customerRef: '={{ $json.missing }}' }, 'Customer Reference: there is no v'],
			['a customer with a slash', { customerRef: 'A/B' }, 'Customer Reference: "A/B"'],
			['a scheme with a space', { customerRef: 'C', schemeId: byId('A B') }, 'Scheme: "A B"'],
			[
				'a financial instrument that is an object',
				{ customerRef: 'C', financialInstrumentId: '={{ $json }}' },
				'Financial Instrument ID: an object',
			],
			[
				'metadata that is not there',
				{ customerRef: 'C', metadata: { entry: [{ key: 'a', value: '={{ $json.no }}' }] } },
				'Metadata > a: there is no value',
			],
		] as Array<[string, INodeParameters, string]>
	).map(([what, customer, message]): [string, INodeParameters, RegExp] => [
		what,
		{ additionalFields: { customerDefaults: { customer: [customer] } } },
		new RegExp(`^Customer Defaults > 1 > ${message}`),
	]),
	[
		'a customer twice',
		{
			additionalFields: {
				customerDefaults: { customer: [{ customerRef: 'C' }, { customerRef: 'C' }] },
			},
		},
		/^Customer Defaults: there are two entries for customer "C"/,
	],
]);
