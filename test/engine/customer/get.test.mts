import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { Imburse } from '../../../nodes/Imburse/Imburse.node.ts';
import { instruction, ImburseClient } from '../../sandbox/client.mts';
import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import { itRefuses, useCredential } from '../support/operations.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const GET = { resource: 'customer', operation: 'get', customerRef: 'CUSTOMER-1' };
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

it.each(['v1', 'v2'])('gives the customer on %s', async (apiVersion) => {
	useCredential(imburse, { apiVersion });
	const run = await imburse.run(GET);
	expect(run.success).toEqual([
		{
			json: {
				customerRef: 'CUSTOMER-1',
				status: 'ACTIVE',
				metadata: {},
				financialInstruments: [
					expect.objectContaining({ financialInstrumentId: INSTRUMENT, type: 'VISA' }),
				],
			},
			pairedItem: { item: 0 },
		},
	]);
});

it('makes the customer under v2, as the notice in the form says', async () => {
	useCredential(imburse, { apiVersion: 'v2' });
	const run = await imburse.run({ ...GET, customerRef: 'NEW' });
	expect(run.success[0]?.json).toMatchObject({ customerRef: 'NEW' });
	expect(imburse.sandbox.store.customer('NEW')).toBeDefined();
	const { properties } = new Imburse().description;
	const notices = properties.filter(({ displayName }) =>
		displayName.includes('creates the customer'),
	);
	expect(notices.map(({ displayOptions }) => displayOptions?.show?.operation)).toEqual([
		['get'],
		['updateMetadata'],
	]);
	for (const { type, displayName } of notices) {
		expect([type, displayName]).toEqual(['notice', expect.stringContaining('version V2')]);
	}
});

itRefuses(under, () => GET, [
	['no customer', { customerRef: '={{ $json.missing }}' }, /^Customer Reference: there is no val/],
	['a space', { customerRef: 'CUSTOMER 1' }, /^Customer Reference: .*space/],
	['51 characters', { customerRef: 'C'.repeat(51) }, /^Customer Reference: .*51/],
	['a way out of the path', { customerRef: 'C/wallet' }, /^Customer Reference: .*"\/"/],
	['the folder above', { customerRef: '..' }, /^Customer Reference: /],
]);
