import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { ImburseClient } from '../../sandbox/client.mts';
import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import {
	callsOf,
	failuresOf,
	itNamesTheRole,
	itRefuses,
	itSaysThatThereIsNone,
	itUsesTheTenantOfEachItem,
	linesOf,
	paired,
	useCredential,
} from '../support/operations.mts';
import { startRelay } from '../support/relay.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const DELETE = {
	resource: 'paymentOrder',
	operation: 'deleteMetadata',
	orderRef: 'CLAIM-17',
};

let imburse: ImburseOnEngine;
const under = () => imburse;
beforeEach(async () => {
	imburse = await startImburse();
	const client = await ImburseClient.signIn(imburse.sandbox);
	for (const orderRef of ['CLAIM-17', 'CLAIM-18']) {
		await client.post('/v1/order-management', { orderRef, metadata: { ref: orderRef } });
	}
});
afterEach(() => imburse.stop());

const metadataOf = (orderRef: string) => imburse.sandbox.store.order(orderRef)?.metadata;

it.each(['v1', 'v2'])('removes all of it on %s, and says what was there', async (apiVersion) => {
	useCredential(imburse, { apiVersion });
	const before = callsOf(imburse).length;
	const run = await imburse.run(DELETE);
	expect(run.success).toEqual([
		{
			json: { orderRef: 'CLAIM-17', deleted: true, previousMetadata: { ref: 'CLAIM-17' } },
			pairedItem: { item: 0 },
		},
	]);
	expect([metadataOf('CLAIM-17'), metadataOf('CLAIM-18')]).toEqual([{}, { ref: 'CLAIM-18' }]);
	expect(linesOf(callsOf(imburse, before))).toEqual([
		`GET /${apiVersion}/order-management/CLAIM-17`,
		`DELETE /${apiVersion}/order-management/CLAIM-17/metadata`,
		`GET /${apiVersion}/order-management/CLAIM-17`,
	]);
	expect(callsOf(imburse).at(-2)?.body).toBe('');
});

it('answers each item, in their order', async () => {
	const run = await imburse.run(
		{ ...DELETE, orderRef: '={{ $json.ref }}' },
		{ items: [{ ref: 'CLAIM-18' }, { ref: 'CLAIM-17' }] },
	);
	expect(paired(run, 'orderRef')).toEqual([
		['CLAIM-18', 0],
		['CLAIM-17', 1],
	]);
	expect([metadataOf('CLAIM-17'), metadataOf('CLAIM-18')]).toEqual([{}, {}]);
});

it('names the role when the key may only read, and removes nothing', async () => {
	imburse.sandbox.options.roles = ['tenant-transaction-read'];
	const run = await imburse.run(DELETE);
	expect(run.error?.description).toContain('the role tenant-transaction-write or tenant-admin');
	expect(metadataOf('CLAIM-17')).toEqual({ ref: 'CLAIM-17' });
});

it('says that nobody knows when the answer is lost', async () => {
	const relay = await startRelay(imburse.sandbox, async (line, pass) => {
		const answer = await pass();
		return line.startsWith('DELETE') ? 'lost' : answer;
	});
	useCredential(imburse, { baseUrl: relay.url });
	const run = await imburse.run(DELETE, { onError: 'continueErrorOutput' });
	await relay.stop();
	expect(failuresOf(run)[0]).toMatchObject({
		message: expect.stringMatching(/^It is not known whether .* was changed: /) as unknown,
		outcome: 'unknown',
	});
	expect(relay.received.filter((line) => line.startsWith('DELETE'))).toHaveLength(1);
});

it('does not believe a success that has removed nothing', async () => {
	imburse.sandbox.setFaults([
		{ kind: 'answer', at: 'beforeWrite', status: 204, route: 'deleteOrderMetadata' },
	]);
	const run = await imburse.run(DELETE, { onError: 'continueErrorOutput' });
	expect(run.success).toEqual([]);
	expect(failuresOf(run)[0]).toMatchObject({
		message: 'Imburse answered that it was changed, but it reads as before: "ref"',
		outcome: 'unknown',
		retryable: true,
	});
});

itRefuses(under, () => DELETE, [
	['no order', { orderRef: '={{ $json.missing }}' }, /^Order Reference: there is no value/],
	['a way out of the path', { orderRef: '..' }, /^Order Reference: /],
	['what an expression left', { orderRef: 'CLAIM-undefined' }, /^Order Reference: .*"undefined"/],
]);
itSaysThatThereIsNone(under, () => ({ ...DELETE, orderRef: 'NO' }), 'Payment Order "NO"');
itNamesTheRole(under, () => DELETE, 'tenant-transaction-read');
itUsesTheTenantOfEachItem(under, () => DELETE);
