import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';

const GET: INodeParameters = { resource: 'paymentOrder', operation: 'get' };

let imburse: ImburseOnEngine;

beforeEach(async () => {
	imburse = await startImburse();
	await imburse.run({
		resource: 'paymentOrder',
		operation: 'create',
		orderRef: 'CLAIM-17',
		metadata: { entry: [{ key: 'claimNumber', value: '17' }] },
	});
});

afterEach(async () => {
	await imburse.stop();
});

it.each(['v1', 'v2'])('reads an order with its metadata on %s', async (apiVersion) => {
	imburse.engine.credentials.change('imburse-credential', { apiVersion });
	const run = await imburse.run({ ...GET, orderRef: 'CLAIM-17' });
	expect(run.success[0]?.json).toMatchObject({
		orderRef: 'CLAIM-17',
		metadata: { claimNumber: '17' },
		instructions: [],
	});
	expect(imburse.sandbox.requests.at(-1)?.path).toBe(`/${apiVersion}/order-management/CLAIM-17`);
});

it.each([400, 404] as const)(
	'says where to look for an order that is not there (%d)',
	async (status) => {
		imburse.sandbox.options.notFoundStatus = status;
		const run = await imburse.run(
			{ ...GET, orderRef: 'CLAIM-99' },
			{ onError: 'continueErrorOutput' },
		);
		expect(run.failed[0]?.json.error).toMatchObject({
			message: 'Imburse has no Payment Order "CLAIM-99" (item 1)',
			description: expect.stringContaining('Is this the right environment?') as unknown,
			httpStatus: status,
			outcome: 'rejected',
		});
	},
);

it('names the role that is missing', async () => {
	imburse.sandbox.options.roles = ['tenant-app-read'];
	const run = await imburse.run({ ...GET, orderRef: 'CLAIM-17' });
	expect(run.error?.message).toContain('this key may not do that');
	expect(run.error?.description).toContain('tenant-transaction-read');
});
