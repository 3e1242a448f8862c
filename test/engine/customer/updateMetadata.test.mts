import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { instruction, ImburseClient } from '../../sandbox/client.mts';
import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import { itUpdatesMetadata } from '../support/metadataUpdates.mts';
import {
	callsOf,
	itNamesTheRole,
	itRefuses,
	itSaysThatThereIsNone,
	itUsesTheTenantOfEachItem,
	useCredential,
} from '../support/operations.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const UPDATE: INodeParameters = {
	resource: 'customer',
	operation: 'updateMetadata',
	customerRef: 'CUSTOMER-1',
	metadata: { entry: [{ key: 'branch', value: 'North' }] },
};

let imburse: ImburseOnEngine;
let client: ImburseClient;
const under = () => imburse;
beforeEach(async () => {
	imburse = await startImburse();
	client = await ImburseClient.signIn(imburse.sandbox);
	await client.post('/v1/order-management', {
		orderRef: 'CLAIM-17',
		instructions: [instruction(imburse.sandbox)],
	});
});
afterEach(() => imburse.stop());

itUpdatesMetadata({
	under,
	update: (changed = {}) => ({ ...UPDATE, ...changed }),
	give: (metadata) => client.put('/v1/customer-vault/CUSTOMER-1', { metadata }),
	current: () => imburse.sandbox.store.customer('CUSTOMER-1')?.metadata,
	readPath: '/customer-vault/CUSTOMER-1',
	writePath: '/customer-vault/CUSTOMER-1',
});

it('names the customer in its output, and sends the map under "metadata"', async () => {
	const run = await imburse.run(UPDATE);
	expect(run.success[0]?.json).toEqual({
		customerRef: 'CUSTOMER-1',
		metadata: { branch: 'North' },
		previousMetadata: {},
	});
	const put = callsOf(imburse).find(({ method }) => method === 'PUT');
	expect(put?.body).toBe('{"metadata":{"branch":"North"}}');
});

it('makes the customer under v2, as the notice in the form says', async () => {
	useCredential(imburse, { apiVersion: 'v2' });
	await imburse.run({ ...UPDATE, customerRef: 'NEW' });
	expect({ ...imburse.sandbox.store.customer('NEW')?.metadata }).toEqual({ branch: 'North' });
});

it('names the role when the key may only read', async () => {
	imburse.sandbox.options.roles = ['tenant-bridge-read'];
	const run = await imburse.run(UPDATE);
	expect(run.error?.description).toContain(
		'the role tenant-transaction-write or tenant-bridge-write or tenant-admin',
	);
});

itRefuses(under, () => UPDATE, [
	['no customer', { customerRef: '={{ $json.missing }}' }, /^Customer Reference: there is no val/],
	['a way out of the path', { customerRef: 'C/wallet' }, /^Customer Reference: .*"\/"/],
]);
itSaysThatThereIsNone(under, () => ({ ...UPDATE, customerRef: 'NO' }), 'customer "NO"');
itNamesTheRole(under, () => UPDATE, 'tenant-transaction-read or tenant-bridge-read');
itUsesTheTenantOfEachItem(under, () => UPDATE);
