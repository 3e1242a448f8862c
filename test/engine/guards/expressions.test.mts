import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const CREATE: INodeParameters = { resource: 'paymentOrder', operation: 'create' };
const PAYMENT = {
	instructionRef: 'PAY-1',
	customerRef: 'CUST-1',
	direction: 'CREDIT',
	amount: '10.00',
	currency: 'EUR',
	country: 'DE',
};
const asFields = (changed: INodeParameters): INodeParameters => ({
	...CREATE,
	orderRef: '={{ $json.ref }}',
	instructions: { instruction: [{ ...PAYMENT, ...changed }] },
});
const asJson = (instructionsJson: string, options: INodeParameters = {}): INodeParameters => ({
	...CREATE,
	orderRef: '={{ $json.ref }}',
	instructionsInputMode: 'json',
	instructionsJson,
	options,
});

let imburse: ImburseOnEngine;

beforeEach(async () => {
	imburse = await startImburse();
});

afterEach(async () => {
	await imburse.stop();
});

async function refusal(parameters: INodeParameters, item: IDataObject = {}): Promise<string> {
	const run = await imburse.run(parameters, { items: [{ ref: 'CLAIM-1', ...item }] });
	expect(imburse.sandbox.requests).toHaveLength(0);
	return `${run.error?.message} ${run.error?.description}`;
}

async function sent(parameters: INodeParameters, item: IDataObject = {}): Promise<IDataObject> {
	const run = await imburse.run(parameters, { items: [{ ref: 'CLAIM-1', ...item }] });
	expect(run.error?.description).toBeUndefined();
	const create = imburse.sandbox.requests.find(({ name }) => name === 'createOrder');
	return JSON.parse(String(create?.body)) as IDataObject;
}

describe('a reference that does not belong to the payment', () => {
	it.each([
		['=P-{{ $itemIndex }}', '$itemIndex'],
		['=P-{{ $position }}', '$position'],
		['=P-{{ $executionId }}', '$executionId'],
		['=P-{{ $resumeWebhookUrl.slice(-8) }}', '$resumeWebhookUrl.slice'],
		['=P-{{ Math["random"]() }}', 'Math['],
		["=P-{{ DateTime.local({ zone: 'Europe/Berlin' }).toMillis() }}", 'DateTime.local'],
		['=P-{{ $input.item.pairedItem }}', '$input.item'],
		['=P-{{ $parameter.amount }}', '$parameter.amount'],
	])(
		'%s is refused with the word named, and sent where that is allowed',
		async (orderRef, word) => {
			expect(await refusal({ ...CREATE, orderRef })).toContain(word);
			const run = await imburse.run(
				{ ...CREATE, orderRef, options: { allowChangingReferences: true } },
				{ items: [{}] },
			);
			expect(run.error?.description ?? '').not.toContain('not known to stay');
		},
	);

	it.each(['row_number', 'rowNumber', 'Row', '#index'])(
		'gives a hint where it is the place of a row: %s',
		async (name) => {
			const run = await imburse.run(
				{ ...CREATE, orderRef: `=P-{{ $json["${name}"] }}` },
				{ items: [{ [name]: 7 }, { [name]: 8 }] },
			);
			expect(run.success).toHaveLength(2);
			expect(run.hints.map(({ message }) => message)).toEqual([
				expect.stringContaining('looks like the place of a row'),
			]);
		},
	);
});

describe('a hole', () => {
	it('in a reference is named with the fields that look alike', async () => {
		const text = await refusal(
			{ ...CREATE, orderRef: '=CLM-{{ $json.claim }}' },
			{ 'Claim ': '17' },
		);
		expect(text).toContain(
			'Order Reference: there is no value: {{ $json.claim }} gives nothing, because this item has no field "claim", but it has "Claim " (with a space at its end)',
		);
	});

	it.each<[string, IDataObject]>([
		['=CLM-{{ $json.claim }}', { claim: '' }],
		['=CLM-{{ $json.claim }}', { claim: null }],
		["={{ ['CLM', $json.claim].join('-') }}", {}],
		["={{ 'CLM-' + ($json.claim ?? '') }}-{{ $json.part }}", { claim: 1 }],
		['=CLM-{{ $json.claim.trim() }}', {}],
	])('in the reference %s of %j is refused', async (orderRef, item) => {
		expect(await refusal({ ...CREATE, orderRef }, item)).toContain(
			'Order Reference: there is no value',
		);
	});

	it('of two rows is not taken for one row twice', async () => {
		const run = await imburse.run(
			{ ...CREATE, orderRef: '=CLM-{{ $json.nope }}' },
			{ items: [{ a: 1 }, { a: 2 }] },
		);
		expect(run.error?.description).toContain('no field "nope"');
		expect(run.error?.description).not.toContain('keep one of them');
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it.each<[string, INodeParameters]>([
		['Settled By Date', { additionalFields: { settledByDate: '={{ $json.due }}' } }],
		['Settled By Date', { additionalFields: { settledByDate: '={{ $json.due.slice(0, 10) }}' } }],
		[
			'Financial Instrument ID',
			{ additionalFields: { financialInstrumentId: '={{ $json.due }}' } },
		],
		['Scheme', { schemeId: { __rl: true, mode: 'id', value: '={{ $json.due }}' } }],
		['Amount', { amount: '=1{{ $json.due }}0' }],
		['Customer Reference', { customerRef: '=C-{{ $json.due }}' }],
		['Direction', { direction: '={{ $json.due }}' }],
	])('in %s stops the row', async (field, changed) => {
		const text = await refusal(asFields(changed), { 'due ': '2026-12-01' });
		expect(text).toContain(`Instructions > 1 > ${field}: there is no value`);
		expect(text).toContain('"due " (with a space at its end)');
	});

	it.each<[string, INodeParameters]>([
		['Tenant ID', { tenantId: '={{ $json.due }}' }],
		['Tenant ID', { tenantId: '=T-{{ $json.due }}' }],
		['Idempotency Key', { idempotencyHeader: 'X-Key', idempotencyKey: '=K-{{ $json.due }}' }],
		['If It Already Exists', { ifExists: '={{ $json.due }}' }],
		['Max Payments per Execution', { maxPayments: '={{ $json.due }}' }],
		['Validate Only', { validateOnly: '={{ $json.due }}' }],
		[
			'Max Total per Currency > 1 > Amount',
			{ maxTotals: { total: [{ amount: '={{ $json.due }}', currency: 'EUR' }] } },
		],
	])('in the option %s stops the row', async (field, options) => {
		const text = await refusal({ ...asFields({}), options });
		expect(text).toContain(`${field}: there is no value`);
	});

	it.each([[''], [null]])('that is an empty cell (%j) names no tenant', async (tenant) => {
		const text = await refusal(
			{ ...asFields({}), options: { tenantId: '={{ $json.tenant }}' } },
			{ tenant },
		);
		expect(text).toContain(
			'Tenant ID: there is no value, so it is not known which tenant is meant',
		);
	});

	it('in the customer defaults of an order stops the row', async () => {
		const customer = [
			{ customerRef: 'C-1', schemeId: { __rl: true, mode: 'id', value: '={{ $json.nope }}' } },
		];
		const parameters = { ...asFields({}), additionalFields: { customerDefaults: { customer } } };
		expect(await refusal(parameters)).toContain(
			'Customer Defaults > 1 > Scheme: there is no value',
		);
	});

	it.each([[''], [null]])(
		'that is an empty cell (%j) leaves an optional field out',
		async (due) => {
			const body = await sent(
				asFields({ additionalFields: { settledByDate: '={{ $json.due }}' } }),
				{ due },
			);
			expect((body.instructions as IDataObject[])[0]).not.toHaveProperty('settledByDate');
		},
	);

	it('that the user has provided for leaves an optional field out', async () => {
		const settledByDate = "={{ $json.due ?? '' }}";
		const body = await sent(asFields({ additionalFields: { settledByDate } }));
		expect((body.instructions as IDataObject[])[0]).not.toHaveProperty('settledByDate');
	});

	it('in a reference that is read stops the row, too', async () => {
		const text = await refusal({
			resource: 'paymentOrder',
			operation: 'get',
			orderRef: '=CLM-{{ $json.nope }}',
		});
		expect(text).toContain('Order Reference: there is no value');
	});

	it('in one row leaves the others as they are', async () => {
		const run = await imburse.run(
			{ ...CREATE, orderRef: '=CLM-{{ $json.claim }}' },
			{ items: [{ claim: 1 }, {}, { claim: 3 }], onError: 'continueErrorOutput' },
		);
		expect(run.success.map(({ json }) => json.orderRef)).toEqual(['CLM-1', 'CLM-3']);
		expect(run.failed).toHaveLength(1);
	});
});

describe('the first of several items', () => {
	const orderRef = "=P-{{ $('Start').first().json.id }}-{{ $json.id }}";

	it('is not in a reference: another row would make another one', async () => {
		const run = await imburse.run({ ...CREATE, orderRef }, { items: [{ id: 7 }, { id: 9 }] });
		expect(run.error?.description).toContain('depends on which other rows there are');
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it('may be in one where there is only one', async () => {
		const run = await imburse.run({ ...CREATE, orderRef }, { items: [{ id: 7 }] });
		expect(run.success.map(({ json }) => json.orderRef)).toEqual(['P-7-7']);
	});
});

it('a reference that may change does not go with Retry On Fail', async () => {
	const run = await imburse.run(
		{
			...CREATE,
			orderRef: '=P-{{ $now.toMillis() }}',
			options: { allowChangingReferences: true },
		},
		{ items: [{}], retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
	);
	expect(run.error?.message).toContain('Allow Changing References: Retry On Fail is on');
	expect(imburse.sandbox.requests).toHaveLength(0);
});

describe('data in JSON', () => {
	const ENTRY = JSON.stringify(PAYMENT).slice(1, -1);
	const EVIL = '", "customerRef": "MALLORY", "x": "';

	it.each([
		[`=[{ ${ENTRY}, "metadata": { "note": "{{ $json.note }}" } }]`],
		[`=[{ ${ENTRY}, "metadata": { "note": "{{ JSON.stringify($json.note) }}" } }]`],
		[`={{ '[{ ${ENTRY}, "metadata": { "note": "' + $json.note + '" } }]' }}`],
		['={{ `[{ ' + ENTRY + ', "metadata": { "note": "${$json.note}" } }]` }}'],
	])('between quotes is refused before it is evaluated: %s', async (json) => {
		const text = await refusal(asJson(json), { note: EVIL });
		expect(text).toContain('a quote in the data could change the payment');
		expect(text).not.toContain('MALLORY');
	});

	it('without quotes is refused where it is a text', async () => {
		const json = `=[{ ${ENTRY.replace('"10.00"', '{{ $json.amount }}')} }]`;
		const text = await refusal(asJson(json), { amount: '"1.00", "schemeId": "EVIL"' });
		expect(text).toContain('is a text, and would be read as JSON');
		expect(text).toContain('Write {{ JSON.stringify($json.amount) }}');
	});

	it.each<[string, INodeParameters]>([
		[`=[{ ${ENTRY.replace('"10.00"', '{{ $json.evil }}')} }]`, {}],
		[`=[{ ${ENTRY} } {{ $json.evil }}]`, {}],
		[`=[{ ${ENTRY.replace('"CUST-1"', '"{{ $json.evil }}"')} }]`, { allowQuotedExpressions: true }],
	])('that is a list is refused, which n8n writes without a quote: %s', async (json, options) => {
		const evil = ['10 }, { "instructionRef": "P-2", "customerRef": "MALLORY", "amount": 9999'];
		expect(await refusal(asJson(json, options), { evil })).toContain(
			'is a list, and would be read as JSON',
		);
	});

	it('that an expression puts into a text is refused', async () => {
		const text = `[{ ${ENTRY.replace('CUST-1', '%N%')} }]`;
		const json = "={{ $json.text.replace('%N%', $json.note) }}";
		expect(await refusal(asJson(json), { text, note: EVIL })).toContain(
			'puts JSON together as text',
		);
	});

	it('that an item does not have is named, and not left out', async () => {
		const list = '={{ [{ ...$json.payment, settledByDate: $json.due }] }}';
		const text = await refusal(asJson(list), { payment: PAYMENT, 'due ': '2026-12-01' });
		expect(text).toContain('this item has no field "due", but it has "due "');
	});

	it('is refused where a person allows the quotes and a value ends them', async () => {
		const json = `=[{ ${ENTRY}, "metadata": { "note": "{{ $json.note }}" } }]`;
		const text = await refusal(asJson(json, { allowQuotedExpressions: true }), { note: EVIL });
		expect(text).toContain('holds a quote, a backslash or a line break');
	});

	it.each<[string, INodeParameters, string]>([
		['{{ JSON.stringify($json.note) }}', {}, EVIL],
		['"{{ JSON.stringify($json.note).slice(1, -1) }}"', {}, EVIL],
		['{{ $json.note.toJsonString() }}', {}, EVIL],
		['"{{ $json.note }}"', { allowQuotedExpressions: true }, 'O’Brien & Co.'],
	])('comes through as it is with %s', async (hole, options, note) => {
		const body = await sent(asJson(`=[{ ${ENTRY}, "metadata": { "note": ${hole} } }]`, options), {
			note,
		});
		expect(body.instructions).toEqual([{ ...PAYMENT, metadata: { note } }]);
	});

	it('may be a number without quotes, and a list that an expression gives', async () => {
		const inText = await sent(asJson(`=[{ ${ENTRY.replace('"10.00"', '{{ $json.amount }}')} }]`), {
			amount: 10,
		});
		expect((inText.instructions as IDataObject[])[0]).toMatchObject({ customerRef: 'CUST-1' });
		const list = `={{ [{ ...$json.payment, "instructionRef": $json.payment.instructionRef }] }}`;
		const run = await imburse.run(asJson(list), { items: [{ ref: 'CLAIM-2', payment: PAYMENT }] });
		expect(run.success).toHaveLength(1);
	});

	it('of metadata is refused where a value would be read as JSON, and taken where not', async () => {
		const parameters = {
			...CREATE,
			orderRef: '={{ $json.ref }}',
			metadataInputMode: 'json',
			metadataJson: '={ "note": "{{ $json.note }}" }',
		};
		expect(await refusal(parameters, { note: '", "approved": "yes' })).toContain(
			'Metadata (JSON): the value of {{ $json.note }} holds a quote',
		);
		expect(await sent(parameters, { note: 'plain' })).toMatchObject({
			metadata: { note: 'plain' },
		});
	});
});

describe('metadata that changes from run to run', () => {
	it('gives one hint that names the word and the stable form', async () => {
		const entry = [{ key: 'paidAt', value: '={{ $now.toISO() }}' }];
		const run = await imburse.run(
			{ ...CREATE, orderRef: '={{ $json.ref }}', metadata: { entry } },
			{ items: [{ ref: 'A-1' }, { ref: 'A-2' }] },
		);
		const about = run.hints.map(({ message }) => message).filter((text) => text.includes('$now'));
		expect(about).toHaveLength(1);
		expect(about[0]).toMatch(/^Metadata > 1 > Value: .*\{\{ \$json\.date \}\}/);
	});

	it.each<[string, () => INodeParameters]>([
		[
			'a date',
			() => asFields({ additionalFields: { settledByDate: '={{ $now.plus({ days: 3 }) }}' } }),
		],
		[
			'a date in JSON',
			() =>
				asJson(
					`=[{ ${JSON.stringify(PAYMENT).slice(1, -1)}, "settledByDate": {{ JSON.stringify($now.plus({ days: 3 }).toISODate()) }} }]`,
				),
		],
		[
			'metadata in JSON',
			() => ({
				...CREATE,
				orderRef: '={{ $json.ref }}',
				metadataInputMode: 'json',
				metadataJson: '={ "at": {{ JSON.stringify($now.toISO()) }} }',
			}),
		],
	])('gives the same hint for %s', async (_, parameters) => {
		const run = await imburse.run(parameters(), { items: [{ ref: 'A-1' }, { ref: 'A-2' }] });
		const about = run.hints.map(({ message }) => message).filter((text) => text.includes('$now'));
		expect(about).toHaveLength(1);
	});
});
