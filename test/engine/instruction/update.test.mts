import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { instruction, ImburseClient } from '../../sandbox/client.mts';
import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import {
	byId,
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
import { jsonAnswer, startRelay } from '../support/relay.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const OTHER_SCHEME = 'D0000000000000000000000000000004';
const INSTRUMENT = '00000000-1111-4222-8333-444444444444';

let imburse: ImburseOnEngine;
let client: ImburseClient;
const under = () => imburse;
beforeEach(async () => {
	imburse = await startImburse();
	client = await ImburseClient.signIn(imburse.sandbox);
	await client.post('/v1/order-management', {
		orderRef: 'CLAIM-17',
		instructions: [
			instruction(imburse.sandbox, { metadata: { branch: 'North' } }),
			instruction(imburse.sandbox, { instructionRef: 'INSTRUCTION-2', amount: '99.90' }),
		],
	});
});
afterEach(() => imburse.stop());

function update(updateFields: INodeParameters, changed: INodeParameters = {}): INodeParameters {
	return {
		resource: 'instruction',
		operation: 'update',
		orderRef: 'CLAIM-17',
		instructionRef: 'INSTRUCTION-1',
		updateFields,
		...changed,
	};
}
const good = () => update({ amount: '250.00' });
const stored = (instructionRef = 'INSTRUCTION-1') =>
	imburse.sandbox.store.instruction('CLAIM-17', instructionRef);
const sentBody = () =>
	JSON.parse(callsOf(imburse).find(({ method }) => method === 'PUT')?.body ?? '{}') as unknown;

describe('a change', () => {
	it.each(['v1', 'v2'])('sends the whole instruction on %s', async (apiVersion) => {
		useCredential(imburse, { apiVersion });
		const before = callsOf(imburse).length;
		const run = await imburse.run(good());
		expect(run.error).toBeUndefined();
		expect(run.success).toEqual([
			{
				json: expect.objectContaining({
					orderRef: 'CLAIM-17',
					instructionRef: 'INSTRUCTION-1',
					amount: 250,
					status: 'READY',
					previous: expect.objectContaining({ amount: 210 }) as unknown,
				}) as unknown,
				pairedItem: { item: 0 },
			},
		]);
		expect(run.success[0]?.json).not.toHaveProperty('changedMeanwhile');
		const path = `/${apiVersion}/order-management/CLAIM-17/instruction/INSTRUCTION-1`;
		expect(linesOf(callsOf(imburse, before))).toEqual([
			`GET ${path}`,
			`PUT ${path}`,
			`GET ${path}`,
		]);
		expect(sentBody()).toEqual({
			instructionRef: 'INSTRUCTION-1',
			customerRef: 'CUSTOMER-1',
			direction: 'CREDIT',
			amount: '250.00',
			currency: 'EUR',
			country: 'IE',
			schemeId: imburse.sandbox.options.schemeIds.payout,
			settledByDate: '2030-12-31',
			metadata: { branch: 'North' },
		});
	});

	it('can be of every field', async () => {
		const run = await imburse.run(
			update({
				amount: '12.50',
				currency: 'GBP',
				country: 'GB',
				customerRef: 'CUSTOMER-2',
				direction: 'CREDIT',
				schemeId: byId(OTHER_SCHEME),
				financialInstrumentId: INSTRUMENT,
				settledByDate: '2031-01-15',
				metadata: { entry: [{ key: 'added', value: 'A' }] },
			}),
		);
		expect(run.error).toBeUndefined();
		expect(stored()).toMatchObject({
			amount: '12.50',
			currency: 'GBP',
			country: 'GB',
			customerRef: 'CUSTOMER-2',
			schemeId: OTHER_SCHEME,
			financialInstrumentId: INSTRUMENT,
			settledByDate: '2031-01-15',
			metadata: { branch: 'North', added: 'A' },
		});
	});

	it('to a day that has passed is made, and a hint says so', async () => {
		const run = await imburse.run(update({ settledByDate: '2020-02-01' }));
		expect(run.error).toBeUndefined();
		expect(run.hints.map(({ message }) => message).join()).toContain(
			'Item 1: Update Fields > Settled By Date: 2020-02-01 has passed.',
		);
		const other = await imburse.run(update({ amount: '13.00' }));
		expect(other.hints.map(({ message }) => message).join()).not.toContain('has passed');
	});

	it('leaves a scheme that comes from the customer defaults to them', async () => {
		await client.post('/v1/order-management', {
			orderRef: 'CLAIM-18',
			customerDefaults: { 'CUSTOMER-1': { schemeId: OTHER_SCHEME } },
			instructions: [instruction(imburse.sandbox, { schemeId: undefined })],
		});
		await imburse.run(update({ amount: '1.00' }, { orderRef: 'CLAIM-18' }));
		expect(sentBody()).not.toHaveProperty('schemeId');
		expect(imburse.sandbox.store.instruction('CLAIM-18', 'INSTRUCTION-1')).toMatchObject({
			schemeId: null,
			status: 'READY',
		});
	});

	it('can be written form-encoded', async () => {
		useCredential(imburse, { bodyFormat: 'form' });
		const run = await imburse.run(good());
		expect(run.error).toBeUndefined();
		expect(stored()).toMatchObject({ amount: '250.00', metadata: { branch: 'North' } });
	});

	it('is made for each item, in their order', async () => {
		const run = await imburse.run(
			update({ amount: '={{ $json.amount }}' }, { instructionRef: '={{ $json.ref }}' }),
			{
				items: [
					{ ref: 'INSTRUCTION-2', amount: '2.00' },
					{ ref: 'INSTRUCTION-1', amount: 1.5 },
				],
			},
		);
		expect(paired(run, 'instructionRef')).toEqual([
			['INSTRUCTION-2', 0],
			['INSTRUCTION-1', 1],
		]);
		expect([stored()?.amount, stored('INSTRUCTION-2')?.amount]).toEqual(['1.5', '2.00']);
	});

	it('of one instruction by two items loses neither', async () => {
		const entry = [{ key: '={{ $json.key }}', value: 'x' }];
		await imburse.run(update({ metadata: { entry } }), { items: [{ key: 'a' }, { key: 'b' }] });
		expect({ ...stored()?.metadata }).toEqual({ branch: 'North', a: 'x', b: 'x' });
	});
});

describe('what others do meanwhile', () => {
	it('is shown', async () => {
		const relay = await startRelay(imburse.sandbox, async (line, pass) => {
			const answer = await pass();
			if (line.startsWith('PUT')) {
				await client.put(
					'/v1/order-management/CLAIM-17/instruction/INSTRUCTION-1',
					instruction(imburse.sandbox, { amount: '1.00', metadata: { branch: 'South' } }),
				);
			}
			return answer;
		});
		useCredential(imburse, { baseUrl: relay.url });
		const run = await imburse.run(good());
		await relay.stop();
		expect(run.success[0]?.json).toMatchObject({
			amount: 1,
			changedMeanwhile: ['amount', 'metadata.branch'],
		});
	});

	it('does not pass for a failure of the change when it only cannot be read back', async () => {
		let written = false;
		const relay = await startRelay(imburse.sandbox, async (line, pass) => {
			if (written) return jsonAnswer(503, { correlationId: '0HL:7' });
			written = line.startsWith('PUT');
			return await pass();
		});
		useCredential(imburse, { baseUrl: relay.url });
		const run = await imburse.run(good(), { onError: 'continueErrorOutput' });
		await relay.stop();
		expect(stored()?.amount).toBe('250.00');
		expect(failuresOf(run)[0]).toMatchObject({
			message: expect.stringMatching(
				/^The change was written, but could not be read back/,
			) as unknown,
			outcome: 'unknown',
		});
	});
});

describe('what cannot be changed', () => {
	it.each(['LATE', 'PROCESSING', 'SETTLED', 'COMPLETED', 'FAILED', 'VOID', 'CANCELLED'])(
		'is an instruction that is %s: nothing is written',
		async (status) => {
			imburse.sandbox.setInstructionStatus('CLAIM-17', 'INSTRUCTION-1', status);
			const before = callsOf(imburse).length;
			const run = await imburse.run(good(), { onError: 'continueErrorOutput' });
			expect(failuresOf(run)[0]).toMatchObject({
				message: expect.stringContaining(`its status is ${status}`) as unknown,
				description: expect.stringContaining('INCOMPLETE or READY') as unknown,
				outcome: 'rejected',
			});
			expect(callsOf(imburse, before).map(({ method }) => method)).toEqual(['GET']);
		},
	);

	it('is left to Imburse where the status is new to the node', async () => {
		imburse.sandbox.setInstructionStatus('CLAIM-17', 'INSTRUCTION-1', 'AUTHORISED');
		const run = await imburse.run(good(), { onError: 'continueErrorOutput' });
		expect(failuresOf(run)[0]).toMatchObject({
			message: expect.stringMatching(/^Imburse refused instruction "INSTRUCTION-1"/) as unknown,
			errorCodes: ['INSTRUCTION_CANNOT_BE_UPDATED'],
			outcome: 'rejected',
			retryable: false,
		});
	});

	it('is an amount that does not fit the currency that is there', async () => {
		await client.put(
			'/v1/order-management/CLAIM-17/instruction/INSTRUCTION-1',
			instruction(imburse.sandbox, { amount: '210', currency: 'EUR' }),
		);
		const run = await imburse.run(update({ currency: 'EUR', amount: '1.00' }));
		expect(run.error).toBeUndefined();
		const late = await imburse.run(update({ amount: '1.001' }), { onError: 'continueErrorOutput' });
		expect(failuresOf(late)[0]).toMatchObject({
			description: expect.stringMatching(
				/^Nothing was changed\. .*more decimals than EUR/,
			) as unknown,
			outcome: 'invalid',
			retryable: false,
		});
	});

	it('is metadata of more than 50 keys together', async () => {
		const metadata = Object.fromEntries(Array.from({ length: 49 }, (_, i) => [`key${i}`, 'x']));
		await client.put(
			'/v1/order-management/CLAIM-17/instruction/INSTRUCTION-1',
			instruction(imburse.sandbox, { metadata }),
		);
		const entry = ['a', 'b'].map((key) => ({ key, value: 'x' }));
		const before = callsOf(imburse).length;
		const run = await imburse.run(update({ metadata: { entry } }), {
			onError: 'continueErrorOutput',
		});
		expect(failuresOf(run)[0]).toMatchObject({
			message: expect.stringContaining('51 keys') as unknown,
			outcome: 'invalid',
		});
		expect(callsOf(imburse, before).map(({ method }) => method)).toEqual(['GET']);
	});
});

itRefuses(under, good, [
	['no order', { orderRef: '={{ $json.missing }}' }, /^Order Reference: there is no value/],
	['no instruction', { instructionRef: '={{ $json.no }}' }, /^Instruction Reference: there is no/],
	['a way out of the path', { instructionRef: 'I/metadata' }, /^Instruction Reference: .*"\/"/],
	['nothing to change', { updateFields: {} }, /^Update Fields: there is nothing to change/],
	[
		'metadata without a key',
		{ updateFields: { metadata: { entry: [] } } },
		/^Update Fields: there is nothing to change/,
	],
	[
		'an amount with a comma',
		{ updateFields: { amount: '1,50' } },
		/^Update Fields > Amount: "1,50"/,
	],
	[
		'an amount with more decimals than the new currency',
		{ updateFields: { amount: '1.50', currency: 'JPY' } },
		/^Update Fields > Amount: .*more decimals than JPY/,
	],
	['a currency', { updateFields: { currency: 'EURO' } }, /^Update Fields > Currency: /],
	['a country', { updateFields: { country: 'UK' } }, /^Update Fields > Country: "UK"/],
	['no direction', { updateFields: { direction: '' } }, /^Update Fields > Direction: there is no/],
	['a customer', { updateFields: { customerRef: 'C 1' } }, /^Update Fields > Customer Reference: /],
	[
		'a date',
		{ updateFields: { settledByDate: '31.02.2026' } },
		/^Update Fields > Settled By Date: /,
	],
	[
		'a date that is not there, which would take the old one away',
		{ updateFields: { settledByDate: '={{ $json.missing }}' } },
		/^Update Fields > Settled By Date: there is no value/,
	],
	[
		'a scheme that is not there, which would take the old one away',
		{ updateFields: { schemeId: byId('={{ $json.missing }}') } },
		/^Update Fields > Scheme: there is no value/,
	],
	[
		'a financial instrument that is not there',
		{ updateFields: { financialInstrumentId: '' } },
		/^Update Fields > Financial Instrument ID: there is no value/,
	],
	[
		'metadata that is not there',
		{ updateFields: { metadata: { entry: [{ key: 'a', value: '={{ $json.missing }}' }] } } },
		/^Update Fields > Metadata > a: /,
	],
]);

it('checks all items before the first is changed', async () => {
	const run = await imburse.run(update({ amount: '={{ $json.amount }}' }), {
		items: [{ amount: '1.00' }, { amount: '1,00' }],
	});
	expect(run.error?.message).toBe('1 of 2 items cannot be sent');
	expect(stored()?.amount).toBe('210.00');
});

it('names the role when the key may only read', async () => {
	imburse.sandbox.options.roles = ['tenant-transaction-read'];
	const run = await imburse.run(good());
	expect(run.error?.description).toContain('the role tenant-transaction-write or tenant-admin');
});

itSaysThatThereIsNone(
	under,
	() => ({ ...good(), instructionRef: 'NO' }),
	'instruction "NO" of Payment Order "CLAIM-17"',
);
itNamesTheRole(under, good, 'tenant-transaction-read');
itUsesTheTenantOfEachItem(under, good);
