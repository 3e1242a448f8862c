import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { ImburseClient } from '../../sandbox/client.mts';
import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import { itUpdatesMetadata } from '../support/metadataUpdates.mts';
import {
	callsOf,
	failuresOf,
	itNamesTheRole,
	itRefuses,
	itSaysThatThereIsNone,
	itUsesTheTenantOfEachItem,
	useCredential,
} from '../support/operations.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const UPDATE: INodeParameters = {
	resource: 'paymentOrder',
	operation: 'updateMetadata',
	orderRef: 'CLAIM-17',
	metadata: { entry: [{ key: 'branch', value: 'North' }] },
};

let imburse: ImburseOnEngine;
let client: ImburseClient;
const under = () => imburse;
beforeEach(async () => {
	imburse = await startImburse();
	client = await ImburseClient.signIn(imburse.sandbox);
	await client.post('/v1/order-management', { orderRef: 'CLAIM-17' });
});
afterEach(() => imburse.stop());

itUpdatesMetadata({
	under,
	update: (changed = {}) => ({ ...UPDATE, ...changed }),
	give: (metadata) => client.put('/v1/order-management/CLAIM-17/metadata', metadata),
	current: () => imburse.sandbox.store.order('CLAIM-17')?.metadata,
	readPath: '/order-management/CLAIM-17',
	writePath: '/order-management/CLAIM-17/metadata',
});

it('does not believe a success that has changed nothing', async () => {
	imburse.sandbox.setFaults([
		{ kind: 'answer', at: 'beforeWrite', status: 204, route: 'updateOrderMetadata' },
	]);
	const run = await imburse.run(UPDATE, { onError: 'continueErrorOutput' });
	expect(run.success).toEqual([]);
	expect(failuresOf(run)[0]).toMatchObject({
		message: 'Imburse answered that it was changed, but it reads as before: "branch"',
		outcome: 'unknown',
	});
});

it('names the order in its output', async () => {
	const run = await imburse.run(UPDATE);
	expect(run.success[0]?.json).toEqual({
		orderRef: 'CLAIM-17',
		metadata: { branch: 'North' },
		previousMetadata: {},
	});
});

it('gives each order its own metadata', async () => {
	await client.post('/v1/order-management', { orderRef: 'CLAIM-18' });
	await imburse.run(
		{
			...UPDATE,
			orderRef: '={{ $json.ref }}',
			metadata: { entry: [{ key: 'ref', value: '={{ $json.ref }}' }] },
		},
		{ items: [{ ref: 'CLAIM-18' }, { ref: 'CLAIM-17' }] },
	);
	const { orders } = imburse.sandbox.store;
	expect(orders.map(({ metadata }) => ({ ...metadata }))).toEqual([
		{ ref: 'CLAIM-17' },
		{ ref: 'CLAIM-18' },
	]);
});

it('sends the whole map as the body', async () => {
	await imburse.run(UPDATE);
	const put = callsOf(imburse).find(({ method }) => method === 'PUT');
	expect(put?.body).toBe('{"branch":"North"}');
});

it('names the role when the key may only read', async () => {
	imburse.sandbox.options.roles = ['tenant-transaction-read'];
	const run = await imburse.run(UPDATE);
	expect(run.error?.description).toContain('the role tenant-transaction-write or tenant-admin');
	expect(imburse.sandbox.store.order('CLAIM-17')?.metadata).toEqual({});
});

it('says what Imburse has against it', async () => {
	imburse.sandbox.options.metadataValueLimit = 3;
	useCredential(imburse, { apiVersion: 'v2' });
	const run = await imburse.run(UPDATE, { onError: 'continueErrorOutput' });
	expect(run.failed[0]?.json.error).toMatchObject({
		httpStatus: 400,
		errorCodes: ['METADATA_VALUE_SIZE_OUT_OF_RANGE'],
	});
});

itRefuses(under, () => UPDATE, [
	['no order', { orderRef: '={{ $json.missing }}' }, /^Order Reference: there is no value/],
	['a way out of the path', { orderRef: '../customer-vault/C' }, /^Order Reference: .*"\/"/],
]);
itSaysThatThereIsNone(under, () => ({ ...UPDATE, orderRef: 'NO' }), 'Payment Order "NO"');
itNamesTheRole(under, () => UPDATE, 'tenant-transaction-read');
itUsesTheTenantOfEachItem(under, () => UPDATE);
