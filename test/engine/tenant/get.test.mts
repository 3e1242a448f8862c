import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import { failuresOf } from '../support/operations.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const GET = { resource: 'tenant', operation: 'get' };

let imburse: ImburseOnEngine;
beforeEach(async () => {
	imburse = await startImburse();
});
afterEach(() => imburse.stop());

it('gives the tenant', async () => {
	const run = await imburse.run(GET);
	expect(run.success).toEqual([
		{
			json: {
				accountId: imburse.sandbox.options.accountId,
				tenantId: imburse.sandbox.options.tenantId,
				name: 'Example Insurance (sandbox)',
				status: 'ACTIVE',
				address: expect.objectContaining({ country: 'IE' }) as unknown,
				statusDetails: null,
			},
			pairedItem: { item: 0 },
		},
	]);
});

it('refuses a Tenant ID that cannot stand in a header, and sends nothing', async () => {
	const run = await imburse.run({ ...GET, options: { tenantId: 'two words' } });
	expect(run.error?.message).toMatch(/^Tenant ID: "two words" is not an ID/);
	expect(imburse.sandbox.requests).toEqual([]);
});

it('says that the tenant is another than the key may use', async () => {
	const run = await imburse.run(
		{ ...GET, options: { tenantId: 'another' } },
		{ onError: 'continueErrorOutput' },
	);
	expect(failuresOf(run)[0]).toMatchObject({
		httpStatus: 403,
		errorCodes: ['TENANT_ID_NOT_RECOGNISED'],
	});
});
