import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Store } from '../../../sandbox/store.mts';
import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const ORDER: INodeParameters = { resource: 'paymentOrder', operation: 'create' };
const PAYMENT = {
	instructionRef: 'CLAIM-17-1',
	customerRef: 'CUST-1',
	direction: 'CREDIT',
	amount: '10.00',
	currency: 'EUR',
	country: 'DE',
};

const NOTHING_BESIDES = {
	schemeId: null,
	financialInstrumentId: null,
	settledByDate: null,
	metadata: {},
};

let imburse: ImburseOnEngine;

beforeEach(async () => {
	imburse = await startImburse();
});

afterEach(async () => {
	await imburse.stop();
});

const from = (field: string) => `={{ $json.${field} }}`;
const create = async (refs: Array<string | number>) =>
	await imburse.run({ ...ORDER, orderRef: from('ref') }, { items: refs.map((ref) => ({ ref })) });

describe('a reference that was spoilt on its way', () => {
	it.each<[string, INodeParameters]>([
		['an order', { ...ORDER, orderRef: from('ref') }],
		[
			'an instruction of an order',
			{
				...ORDER,
				orderRef: 'A',
				instructions: { instruction: [{ ...PAYMENT, instructionRef: from('ref') }] },
			},
		],
		[
			'the customer of an instruction',
			{
				...ORDER,
				orderRef: 'A',
				instructions: { instruction: [{ ...PAYMENT, customerRef: from('ref') }] },
			},
		],
		[
			'an instruction in JSON',
			{
				...ORDER,
				orderRef: 'A',
				instructionsInputMode: 'json',
				instructionsJson: `={{ [{ ...${JSON.stringify(PAYMENT)}, instructionRef: $json.ref }] }}`,
			},
		],
		[
			'a customer default',
			{
				...ORDER,
				orderRef: 'A',
				additionalFields: { customerDefaults: { customer: [{ customerRef: from('ref') }] } },
			},
		],
		[
			'the order of a new instruction',
			{ resource: 'instruction', operation: 'create', ...PAYMENT, orderRef: from('ref') },
		],
		[
			'a new instruction',
			{
				resource: 'instruction',
				operation: 'create',
				orderRef: 'A',
				...PAYMENT,
				instructionRef: from('ref'),
			},
		],
		[
			'the customer that an update names',
			{
				resource: 'instruction',
				operation: 'update',
				orderRef: 'A',
				instructionRef: 'B',
				updateFields: { customerRef: from('ref') },
			},
		],
	])('is refused as %s, and nothing is sent', async (_, parameters) => {
		const run = await imburse.run(parameters, { items: [{ ref: '5012.0' }] });
		expect(run.error?.message).toContain('"5012.0" is the number 5012 in another spelling');
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it.each(['NULL', '#N/A', 'nan', '-', 'CLM-None-1', 'M\ufffdller'])(
		'is refused where it is %p, before anything is sent',
		async (ref) => {
			const run = await create([ref]);
			expect(run.error?.message).toMatch(/^Order Reference: "/);
			expect(imburse.sandbox.requests).toHaveLength(0);
		},
	);

	it('that may be made anew on each run gets a hint', async () => {
		const ref = 'a3bb189e-8bf9-4888-9912-ace4e6543002';
		const run = await create([ref]);
		expect(run.hints.map(({ message }) => message)).toEqual([
			expect.stringContaining('Order Reference: looks like a random ID.'),
		]);
		const customer = { ...PAYMENT, customerRef: ref };
		const order = { ...ORDER, orderRef: 'B', instructions: { instruction: [customer] } };
		expect((await imburse.run(order)).hints).toEqual([]);
	});

	it('can be read, and its payment corrected, where Imburse has it', async () => {
		const { sandbox } = imburse;
		const store = sandbox.store as Store;
		const order = store.addOrder({ orderRef: '5012.0', metadata: {}, customerDefaults: {} });
		const fields = { ...PAYMENT, direction: 'CREDIT' as const, instructionRef: '1.0' };
		store.addInstruction(order, { ...fields, ...NOTHING_BESIDES });
		const refs = { orderRef: '5012.0', instructionRef: '1.0' };
		const read = await imburse.run({
			resource: 'paymentOrder',
			operation: 'get',
			orderRef: '5012.0',
		});
		expect(read.success[0]?.json).toMatchObject({ orderRef: '5012.0' });
		const updateFields = { amount: '12.00' };
		const update = { resource: 'instruction', operation: 'update', ...refs, updateFields };
		expect((await imburse.run(update)).error).toBeUndefined();
		expect(store.instruction('5012.0', '1.0')?.amount).toBe('12.00');
	});

	it('is refused beside the same number in another spelling', async () => {
		const run = await create(['CLM-5012', 'CLM-5012.0']);
		expect(run.error?.description).toContain('"CLM-5012" is the same number as "CLM-5012.0"');
		const numbers = await create([5012, '5012']);
		expect(numbers.error?.description).toContain('"5012" is also the reference of item 2');
		expect(imburse.sandbox.requests).toHaveLength(0);
	});
});

describe('a day', () => {
	const { TZ } = process.env;
	let inNewYork: ImburseOnEngine;

	beforeEach(async () => {
		process.env.TZ = 'Europe/Berlin';
		inNewYork = await startImburse({ timezone: 'America/New_York', credentialId: 'new-york' });
	});

	afterEach(async () => {
		if (TZ === undefined) delete process.env.TZ;
		else process.env.TZ = TZ;
		await inNewYork.stop();
	});

	const settledBy = async (settledByDate: string) =>
		await inNewYork.run({
			resource: 'instruction',
			operation: 'create',
			orderRef: 'A',
			...PAYMENT,
			additionalFields: { settledByDate },
			options: { validateOnly: true },
		});

	it.each([
		'={{ new Date(2026, 9, 2) }}',
		"={{ new Date('2026-10-02') }}",
		"={{ DateTime.fromISO('2026-10-02', { zone: 'Europe/Berlin' }) }}",
		'2026-10-02T05:00:00+02:00',
		"={{ DateTime.local(2026, 10, 2).endOf('day').toUTC() }}",
		'2026-10-02T00:00:00Z',
	])('that depends on the time zone is refused: %s', async (value) => {
		const run = await settledBy(value);
		expect(run.error?.message).toMatch(/^Settled By Date: .*can be read as 2026-/);
		expect(inNewYork.sandbox.requests).toHaveLength(0);
	});

	it.each([
		'2026-10-02',
		'2026-10-02T00:00:00',
		'2026-10-02T23:30:00-04:00',
		"={{ DateTime.local(2026, 10, 2).toFormat('yyyy-MM-dd') }}",
		'={{ DateTime.local(2026, 10, 2) }}',
		"={{ '2026-10-02T23:59:59Z'.slice(0, 10) }}",
	])('that is one everywhere is sent: %s', async (value) => {
		const run = await settledBy(value);
		expect(run.success[0]?.json).toMatchObject({
			request: { body: expect.stringContaining('"settledByDate":"2026-10-02"') as unknown },
		});
	});
});

describe('metadata from fields of the incoming item', () => {
	const run = async (metadataItemFields: string, items: IDataObject[], options: IDataObject = {}) =>
		await imburse.run(
			{
				...ORDER,
				orderRef: from('ref'),
				metadataInputMode: 'item',
				metadataItemFields,
				options: options as INodeParameters,
			},
			{ items },
		);
	const messages = ({ hints }: { hints: Array<{ message: string }> }) =>
		hints.map(({ message }) => message);
	const sent = () => imburse.sandbox.store.orders.map(({ metadata }) => ({ ...metadata }));

	it('leaves out what is empty or missing, item by item', async () => {
		const items = [
			{ ref: 'A', claim: '1', policy: 'P' },
			{ ref: 'B', claim: '', policy: null },
			{ ref: 'C', policy: ' ' },
			{ ref: 'D', claim: 0, policy: false },
		];
		const all = await run('claim, policy', items);
		expect(all.error).toBeUndefined();
		expect(messages(all)).toEqual([]);
		expect(sent()).toEqual([{ claim: '1', policy: 'P' }, {}, {}, { claim: '0', policy: 'false' }]);
	});

	it('is as strict as can be where Skip Empty Fields is off', async () => {
		const off = { skipEmptyMetadata: false };
		const missing = await run('claim', [{ ref: 'A', claim: '1' }, { ref: 'B' }], off);
		expect(missing.error?.description).toContain('Item 2: Metadata > claim: there is no value');
		expect(imburse.sandbox.requests).toHaveLength(0);
		await run('claim', [{ ref: 'A', claim: '' }], off);
		expect(sent()).toEqual([{ claim: '' }]);
	});

	it('names a field that no item has, with those that look alike', async () => {
		const items = [
			{ ref: 'A', 'Claim Number ': '1', '\ufeffpolicy': 'P' },
			{ ref: 'B', 'Claim Number ': '2', '\ufeffpolicy': 'P' },
		];
		expect(messages(await run('claimNumber, policy, nope', items))).toEqual([
			'Metadata > claimNumber: no item has a field of this name, so it was left out. There is "Claim Number " (with a space at its end).',
			'Metadata > policy: no item has a field of this name, so it was left out. There is "\\u{FEFF}policy" (with a mark at its beginning that does not show).',
			'Metadata > nope: no item has a field of this name, so it was left out.',
		]);
	});

	it('takes names with commas, spaces at the end and dots', async () => {
		const item = { ref: 'A', 'Claim, no': '1', 'due ': '2', 'a.b': '3', c: { d: '4' } };
		await run('"Claim, no", "due ", a.b, c.d', [item]);
		await run("={{ ['Claim, no', 'due '] }}", [{ ...item, ref: 'B' }]);
		expect(sent()).toEqual([
			{ 'Claim, no': '1', 'due ': '2', 'a.b': '3', 'c.d': '4' },
			{ 'Claim, no': '1', 'due ': '2' },
		]);
		const broken = await run('"Claim, no', [item]);
		expect(broken.error?.message).toMatch(
			/^Fields: .* has a double quote that does not end a name/,
		);
	});

	it('has a hint where zeros in front are lost for some items, once', async () => {
		const items = [
			{ ref: 'A', claim: '00471' },
			{ ref: 'B', claim: 472 },
			{ ref: 'C', claim: 473 },
		];
		expect(messages(await run('claim', items))).toEqual([
			'Metadata > claim: some items have zeros in front ("00471"), others a shorter number ("472"). A spreadsheet may have taken the zeros away: format the column as text.',
		]);
	});

	it('of a payment in an order has that hint, too', async () => {
		const metadata = { entry: [{ key: 'claim', value: from('claim') }] };
		const instruction = [{ ...PAYMENT, additionalFields: { metadata } }];
		const both = await imburse.run(
			{
				...ORDER,
				orderRef: from('ref'),
				instructions: { instruction },
				options: { validateOnly: true },
			},
			{
				items: [
					{ ref: 'A', claim: '00471' },
					{ ref: 'B', claim: 472 },
				],
			},
		);
		expect(messages(both)).toEqual([
			'Nothing was sent for 2 items: Validate Only is on.',
			expect.stringMatching(/^Metadata > claim: some items have zeros in front/),
		]);
	});
});
