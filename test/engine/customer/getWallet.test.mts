import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { instruction, ImburseClient } from '../../sandbox/client.mts';
import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import {
	callsOf,
	itNamesTheRole,
	itRefuses,
	itSaysThatThereIsNone,
	itUsesTheTenantOfEachItem,
	linesOf,
	paired,
	useCredential,
} from '../support/operations.mts';
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
	const other = { instructionRef: 'INSTRUCTION-2', customerRef: 'CUSTOMER-2' };
	await client.post('/v1/order-management', {
		orderRef: 'CLAIM-17',
		instructions: [instruction(imburse.sandbox, pays), instruction(imburse.sandbox, other)],
	});
});
afterEach(() => imburse.stop());

it.each(['v1', 'v2'])('reads a wallet on v1 with a credential for %s', async (apiVersion) => {
	useCredential(imburse, { apiVersion });
	const before = callsOf(imburse).length;
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
	expect(linesOf(callsOf(imburse, before))).toEqual(['GET /v1/customer-vault/CUSTOMER-1/wallet']);
});

it('makes no customer, whatever the version of the credential', async () => {
	useCredential(imburse, { apiVersion: 'v2' });
	await imburse.run({ ...GET, customerRef: 'NEW' });
	expect(imburse.sandbox.store.customer('NEW')).toBeUndefined();
});

it('reads one wallet for each item, in their order', async () => {
	const run = await imburse.run(
		{ ...GET, customerRef: '={{ $json.ref }}' },
		{ items: [{ ref: 'CUSTOMER-2' }, { ref: 'CUSTOMER-1' }] },
	);
	expect(paired(run, 'customerRef')).toEqual([
		['CUSTOMER-2', 0],
		['CUSTOMER-1', 1],
	]);
});

itRefuses(under, () => GET, [
	['no customer', { customerRef: '={{ $json.missing }}' }, /^Customer Reference: there is no val/],
	['a way out of the path', { customerRef: '../tenant?' }, /^Customer Reference: /],
]);
itSaysThatThereIsNone(under, () => ({ ...GET, customerRef: 'NO' }), 'customer "NO"');
itNamesTheRole(under, () => GET, 'tenant-transaction-read or tenant-bridge-read or tenant-admin');
itUsesTheTenantOfEachItem(under, () => GET);
