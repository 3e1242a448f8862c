import { describe, expect, it } from '@jest/globals';
import { optionsReader } from '../../../../nodes/Imburse/execution/prepare/itemOptions.ts';
import { errorsOf, valueOf } from '../../validation/outcome.mts';

const FIELDS = [
	{ displayName: 'Validate Only', name: 'validateOnly', type: 'boolean' as const, default: false },
];
const TENANT = '55555555-6666-4777-8888-999999999999';

describe('optionsReader', () => {
	it('fills in what the user left out', () => {
		expect(valueOf(optionsReader(FIELDS)({}))).toEqual({
			includeResponse: false,
			maxConcurrency: 50,
			timeout: 60_000,
			options: {},
			tenantId: '',
			ownId: '',
		});
	});

	it('gives each item what its own options say', () => {
		const read = optionsReader(FIELDS);
		const first = valueOf(read({ timeout: 5, tenantId: TENANT.toUpperCase() }));
		const second = valueOf(read({ timeout: 6, correlationId: 'run-17' }));
		const third = valueOf(read({ timeout: 5, includeResponse: true }));
		expect(first).toMatchObject({ timeout: 5000, tenantId: TENANT, ownId: '' });
		expect(second).toMatchObject({ timeout: 6000, tenantId: '', ownId: 'run-17' });
		expect(third).toMatchObject({ timeout: 5000, tenantId: '', includeResponse: true });
	});

	it('reads options once that are the same object for all items', () => {
		const options = { validateOnly: true };
		const read = optionsReader(FIELDS);
		const result = read(options);
		expect(read(options)).toBe(result);
		expect(read({ ...options })).not.toBe(result);
	});

	it('gives every reason against the options of an item', () => {
		const options = { validateOnly: 'yes', maxConcurrency: 0, tenantId: 'two words', timeout: -1 };
		const read = optionsReader(FIELDS);
		const fields = errorsOf(read(options)).map(({ field }) => field);
		expect(fields).toEqual(['Max Concurrency', 'Timeout (Seconds)', 'Validate Only', 'Tenant ID']);
		expect(valueOf(read({}))).toMatchObject({ options: {} });
	});
});
