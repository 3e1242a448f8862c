import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { instruction, ImburseClient } from '../../sandbox/client.mts';
import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import { itRefuses, useCredential } from '../support/operations.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const GET = { resource: 'customer', operation: 'getWallet', customerRef: 'CUSTOMER-1' };
const INSTRUMENT = '00000000-1111-4222-8333-444444444444';

let imburse: ImburseOnEngine;
const under = () => imburse;
beforeEach(async () => {
	imburse = await startImburse();
	const client = await ImburseClient.signIn(imburse.sandbox);
	const pays = { financialInstrumentId: INSTRUMENT };
	await client.post('/v1/order-management', {
		orderRef: 'CLAIM-17',
		instructions: [instruction(imburse.sandbox, pays)],
	});
});
afterEach(() => imburse.stop());

it('gives the wallet', async () => {
	const run = await imburse.run(GET);
	expect(run.success).toEqual([
		{
			json: {
				customerRef: 'CUSTOMER-1',
				financialInstruments: [
					{
						financialInstrumentId: INSTRUMENT,
						type: 'VISA',
						capabilities: {
							valueType: 'VARIABLE',
							usageType: 'MULTIPLE',
							canCredit: true,
							canDebit: true,
						},
					},
				],
			},
			pairedItem: { item: 0 },
		},
	]);
});

it('makes no customer, whatever the version of the credential', async () => {
	useCredential(imburse, { apiVersion: 'v2' });
	await imburse.run({ ...GET, customerRef: 'NEW' });
	expect(imburse.sandbox.store.customer('NEW')).toBeUndefined();
});

itRefuses(under, () => GET, [
	['no customer', { customerRef: '={{ $json.missing }}' }, /^Customer Reference: there is no val/],
	['a way out of the path', { customerRef: '../tenant?' }, /^Customer Reference: /],
]);
