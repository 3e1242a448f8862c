import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { RESOURCES } from '../../nodes/Imburse/resources/index.ts';
import { instruction, ImburseClient } from '../sandbox/client.mts';
import { useIdleClock } from '../support/idleClock.mts';
import { startImburse, type ImburseOnEngine } from './support/imburse.mts';
import {
	byId,
	callsOf,
	itNamesTheRole,
	itSaysThatThereIsNone,
	itUsesTheTenantOfEachItem,
	linesOf,
	paired,
	useCredential,
} from './support/operations.mts';

useIdleClock();

/** What every read keeps, whatever it reads. What is special about one stands in its own file. */
interface Read {
	parameters: INodeParameters & { resource: string; operation: string };
	/** The call that it makes, by the version of the credential. */
	calls: { v1: string; v2: string };
	role: string;
	/** Only where it reads one thing: its field, two of them, and the field of the output that names it. */
	one?: {
		field: string;
		wrap?: (value: string) => INodeParameters;
		values: [string, string];
		/** How messages name one that is not there, `NONE`. */
		label: string;
	};
}

const onV1 = (path: string) => ({ v1: `GET /v1${path}`, v2: `GET /v1${path}` });
const onBoth = (path: string) => ({ v1: `GET /v1${path}`, v2: `GET /v2${path}` });

const READS: Record<string, Read> = {
	'an app': {
		parameters: { resource: 'app', operation: 'get', appId: byId('STRIPE') },
		calls: onV1('/marketplace/apps/STRIPE'),
		role: 'tenant-app-read or tenant-admin',
		one: { field: 'appId', wrap: byId, values: ['MVOUCHER', 'CITI'], label: 'app "NONE"' },
	},
	'all apps': {
		parameters: { resource: 'app', operation: 'getAll', returnAll: true },
		calls: onV1('/marketplace/apps'),
		role: 'tenant-app-read or tenant-admin',
	},
	'a batch': {
		parameters: { resource: 'batch', operation: 'get', batchRef: 'BATCH-2025-01' },
		calls: {
			v1: 'GET /v2/batch-management/batch/BATCH-2025-01',
			v2: 'GET /v2/batch-management/batch/BATCH-2025-01',
		},
		role: 'tenant-transaction-read',
		one: { field: 'batchRef', values: ['BATCH-2025-02', 'BATCH-2025-01'], label: 'batch "NONE"' },
	},
	'a customer': {
		parameters: { resource: 'customer', operation: 'get', customerRef: 'CUSTOMER-1' },
		calls: onBoth('/customer-vault/CUSTOMER-1'),
		role: 'tenant-transaction-read or tenant-bridge-read or tenant-admin',
		one: { field: 'customerRef', values: ['CUSTOMER-2', 'CUSTOMER-1'], label: 'customer "NONE"' },
	},
	'a wallet': {
		parameters: { resource: 'customer', operation: 'getWallet', customerRef: 'CUSTOMER-1' },
		calls: onV1('/customer-vault/CUSTOMER-1/wallet'),
		role: 'tenant-transaction-read or tenant-bridge-read or tenant-admin',
		one: { field: 'customerRef', values: ['CUSTOMER-2', 'CUSTOMER-1'], label: 'customer "NONE"' },
	},
	'an instruction': {
		parameters: {
			resource: 'instruction',
			operation: 'get',
			orderRef: 'CLAIM-17',
			instructionRef: 'INSTRUCTION-1',
		},
		calls: onBoth('/order-management/CLAIM-17/instruction/INSTRUCTION-1'),
		role: 'tenant-transaction-read',
		one: {
			field: 'instructionRef',
			values: ['INSTRUCTION-2', 'INSTRUCTION-1'],
			label: 'instruction "NONE" of Payment Order "CLAIM-17"',
		},
	},
	'an order': {
		parameters: { resource: 'paymentOrder', operation: 'get', orderRef: 'CLAIM-17' },
		calls: onBoth('/order-management/CLAIM-17'),
		role: 'tenant-transaction-read',
		one: { field: 'orderRef', values: ['CLAIM-18', 'CLAIM-17'], label: 'Payment Order "NONE"' },
	},
	'all payout schemes': {
		parameters: { resource: 'scheme', operation: 'getAll', schemeType: 'payout', returnAll: true },
		calls: onV1('/schemes/payout'),
		role: 'tenant-payout-scheme-read or tenant-admin',
	},
	'all collect schemes': {
		parameters: { resource: 'scheme', operation: 'getAll', schemeType: 'collect', returnAll: true },
		calls: onV1('/schemes/collect'),
		role: 'tenant-collect-scheme-read or tenant-admin',
	},
	'payout options': {
		parameters: {
			resource: 'scheme',
			operation: 'getPayoutOptions',
			schemeId: byId('D0000000000000000000000000000002'),
			amount: '10.00',
			currency: 'EUR',
			country: 'DE',
		},
		calls: onV1(
			'/schemes/payout/D0000000000000000000000000000002/options?amount=10.00&currency=EUR&country=DE&matchType=Exact',
		),
		role: 'tenant-payout-scheme-read or tenant-admin',
	},
	'the tenant': {
		parameters: { resource: 'tenant', operation: 'get' },
		calls: onV1('/tenant'),
		role: 'tenant-management or tenant-admin',
	},
};

/** Reads with a form or an end of their own: a file of their name has what they keep. */
const ELSEWHERE = ['instruction waitForStatus', 'reward search'];

it('every operation that only reads has a row', () => {
	const rows = Object.values(READS).map(
		({ parameters: { resource, operation } }) => `${resource} ${operation}`,
	);
	const reads = RESOURCES.flatMap(({ value, operations }) =>
		operations.filter(({ effect }) => effect === 'reads').map((one) => `${value} ${one.value}`),
	);
	expect([...new Set([...rows, ...ELSEWHERE])].sort()).toEqual(reads.sort());
});

let imburse: ImburseOnEngine;
let options: ImburseOnEngine['sandbox']['options'];
const under = () => imburse;
// One for all: none of these tests changes more than how Imburse answers.
beforeAll(async () => {
	imburse = await startImburse();
	options = { ...imburse.sandbox.options };
	const client = await ImburseClient.signIn(imburse.sandbox);
	const other = { instructionRef: 'INSTRUCTION-2', customerRef: 'CUSTOMER-2' };
	await client.post('/v1/order-management', {
		orderRef: 'CLAIM-17',
		instructions: [instruction(imburse.sandbox), instruction(imburse.sandbox, other)],
	});
	await client.post('/v1/order-management', { orderRef: 'CLAIM-18' });
});
beforeEach(() => {
	Object.assign(imburse.sandbox.options, options);
	useCredential(imburse, { apiVersion: 'v1', accessToken: '' });
});
afterAll(() => imburse.stop());

describe.each(Object.entries(READS))('reading %s', (_, { parameters, calls, role, one }) => {
	it.each(['v1', 'v2'] as const)('makes one call with a credential for %s', async (apiVersion) => {
		useCredential(imburse, { apiVersion });
		const before = callsOf(imburse).length;
		await imburse.run(parameters);
		const made = callsOf(imburse, before);
		expect(linesOf(made)).toEqual([calls[apiVersion]]);
		expect(made[0]?.body).toBe('');
	});

	itNamesTheRole(under, () => parameters, role);
	itUsesTheTenantOfEachItem(under, () => parameters);

	if (!one) return;
	const { field, wrap = (value: string) => value, values, label } = one;

	it('reads one for each item, in their order', async () => {
		const run = await imburse.run(
			{ ...parameters, [field]: wrap('={{ $json.wanted }}') },
			{ items: values.map((wanted) => ({ wanted })) },
		);
		expect(paired(run, field)).toEqual(values.map((value, index) => [value, index]));
	});

	itSaysThatThereIsNone(under, () => ({ ...parameters, [field]: wrap('NONE') }), label);
});
