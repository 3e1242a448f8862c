import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { instruction, ImburseClient } from '../../sandbox/client.mts';
import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import { callsOf, itRefuses, useCredential } from '../support/operations.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const GET = { resource: 'paymentOrder', operation: 'get', orderRef: 'CLAIM-17' };

let imburse: ImburseOnEngine;
const under = () => imburse;
beforeEach(async () => {
	imburse = await startImburse();
	const client = await ImburseClient.signIn(imburse.sandbox);
	await client.post('/v1/order-management', {
		orderRef: 'CLAIM-17',
		metadata: { claimNumber: '17' },
		instructions: [instruction(imburse.sandbox)],
	});
});
afterEach(() => imburse.stop());

it.each(['v1', 'v2'])('gives an order with all that it holds on %s', async (apiVersion) => {
	useCredential(imburse, { apiVersion });
	const run = await imburse.run(GET);
	expect(run.success).toEqual([
		{
			json: {
				orderRef: 'CLAIM-17',
				metadata: { claimNumber: '17' },
				customerDefaults: {},
				instructions: [expect.objectContaining({ status: 'READY', state: 'open', amount: 210 })],
			},
			pairedItem: { item: 0 },
		},
	]);
});

it('adds what Imburse answered when it is asked for', async () => {
	const before = callsOf(imburse).length;
	const run = await imburse.run({ ...GET, options: { includeResponse: true } });
	expect(run.success[0]?.json.response).toEqual({
		status: 200,
		statusMeaning: 'OK: everything worked as expected',
		correlationId: null,
		clientCorrelationId: callsOf(imburse, before)[0]?.headers['x-correlation-id'],
		attempts: 1,
	});
});

itRefuses(under, () => GET, [
	['no order', { orderRef: '={{ $json.missing }}' }, /^Order Reference: there is no value/],
	['a space', { orderRef: 'CLAIM 17' }, /^Order Reference: .*a space/],
	['51 characters', { orderRef: 'C'.repeat(51) }, /^Order Reference: .*51 characters/],
	['a number that lost digits', { orderRef: '={{ 1e21 }}' }, /^Order Reference: .*too large/],
	['a way out of the path', { orderRef: '../customer-vault/C' }, /^Order Reference: .*"\/"/],
	['the folder above', { orderRef: '..' }, /^Order Reference: /],
	['an encoded way out', { orderRef: '%2e%2e%2fx' }, /^Order Reference: .*"%"/],
	['a query', { orderRef: 'CLAIM-17?x=y' }, /^Order Reference: .*"\?"/],
]);
