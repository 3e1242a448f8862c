import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { codesOf, instruction, ImburseClient } from './client.mts';

let client: ImburseClient;
beforeAll(async () => {
	client = await ImburseClient.start();
});
afterAll(() => client.sandbox.stop());

const references = [
	['no text', undefined, 'IS_REQUIRED'],
	['null', null, 'IS_REQUIRED'],
	['an empty text', '', 'IS_REQUIRED'],
	['51 characters', 'x'.repeat(51), 'LENGTH_OUT_OF_RANGE'],
	['a space', 'A 1', 'CONTAINS_INVALID_CHARACTERS'],
	['a slash', 'A/1', 'CONTAINS_INVALID_CHARACTERS'],
	['an umlaut', 'Ä1', 'CONTAINS_INVALID_CHARACTERS'],
	['a line break at the end', 'A1\n', 'CONTAINS_INVALID_CHARACTERS'],
	['a number', 17, 'CONTAINS_INVALID_CHARACTERS'],
] as const;

describe('orderRef', () => {
	it.each(references)('is refused with %s', async (_case, orderRef, error) => {
		const reply = await client.post('/v1/order-management', { orderRef });
		expect(reply.status).toBe(400);
		expect(codesOf(reply)).toEqual([`ORDER_REF_${error}`]);
	});

	it('can have two errors at once', async () => {
		const reply = await client.post('/v1/order-management', { orderRef: ' '.repeat(51) });
		expect(codesOf(reply)).toEqual([
			'ORDER_REF_LENGTH_OUT_OF_RANGE',
			'ORDER_REF_CONTAINS_INVALID_CHARACTERS',
		]);
	});

	it.each(['a', 'x'.repeat(50), 'azAZ09-_.'])('is accepted as %s', async (orderRef) => {
		expect((await client.post('/v1/order-management', { orderRef })).status).toBe(201);
	});
});

const uuid = '99999999-0000-4000-8000-00000000000A';

const refused: Array<[string, unknown, string]> = [
	...references.map(([, value, error]): [string, unknown, string] => [
		'instructionRef',
		value,
		`INSTRUCTION_REF_${error}`,
	]),
	...references.map(([, value, error]): [string, unknown, string] => [
		'customerRef',
		value,
		`CUSTOMER_REF_${error}`,
	]),
	['amount', undefined, 'AMOUNT_IS_REQUIRED'],
	['amount', '', 'AMOUNT_IS_REQUIRED'],
	['amount', '100..1', 'AMOUNT_IS_INVALID'],
	['amount', 'ten', 'AMOUNT_IS_INVALID'],
	['amount', '1,000.00', 'AMOUNT_IS_INVALID'],
	['amount', '1e3', 'AMOUNT_IS_INVALID'],
	['amount', '010.00', 'AMOUNT_IS_INVALID'],
	['amount', '10.', 'AMOUNT_IS_INVALID'],
	['amount', ' 10', 'AMOUNT_IS_INVALID'],
	['amount', 210, 'AMOUNT_IS_INVALID'],
	['amount', '0.00', 'AMOUNT_OUT_OF_RANGE'],
	['amount', '-1.00', 'AMOUNT_OUT_OF_RANGE'],
	['currency', undefined, 'CURRENCY_IS_REQUIRED'],
	['currency', '', 'CURRENCY_IS_REQUIRED'],
	['currency', 'EURO', 'CURRENCY_LENGTH_OUT_OF_RANGE'],
	['currency', 'eur', 'CURRENCY_NOT_SUPPORTED'],
	['currency', 'QQQ', 'CURRENCY_NOT_SUPPORTED'],
	['currency', '978', 'CURRENCY_NOT_SUPPORTED'],
	['currency', 978, 'CURRENCY_NOT_SUPPORTED'],
	['country', undefined, 'COUNTRY_IS_REQUIRED'],
	['country', '', 'COUNTRY_IS_REQUIRED'],
	['country', 'IRL', 'COUNTRY_LENGTH_OUT_OF_RANGE'],
	['country', 'ie', 'COUNTRY_NOT_SUPPORTED'],
	['country', 'UK', 'COUNTRY_NOT_SUPPORTED'],
	['country', 'EU', 'COUNTRY_NOT_SUPPORTED'],
	['country', 'XX', 'COUNTRY_NOT_SUPPORTED'],
	['country', 372, 'COUNTRY_NOT_SUPPORTED'],
	['direction', undefined, 'DIRECTION_IS_REQUIRED'],
	['direction', 'credit', 'DIRECTION_IS_NOT_RECOGNISED'],
	['direction', 'PAYOUT', 'DIRECTION_IS_NOT_RECOGNISED'],
	['schemeId', 'D0000000000000000000000000000009', 'SCHEME_ID_NOT_RECOGNISED'],
	['schemeId', '', 'SCHEME_ID_NOT_RECOGNISED'],
	['schemeId', 7, 'SCHEME_ID_NOT_RECOGNISED'],
	['schemeId', 'C0000000000000000000000000000001', 'SCHEME_ID_NOT_SUPPORTED'],
	['settledByDate', '31.12.2030', 'SETTLED_BY_DATE_IS_INVALID'],
	['settledByDate', '2030-02-30', 'SETTLED_BY_DATE_IS_INVALID'],
	['settledByDate', '2030-12-31T00:00:00Z', 'SETTLED_BY_DATE_IS_INVALID'],
	['settledByDate', 20301231, 'SETTLED_BY_DATE_IS_INVALID'],
	['financialInstrumentId', 'x', 'FINANCIAL_INSTRUMENT_ID_FORMAT_NOT_RECOGNISED'],
	['financialInstrumentId', `${uuid}0`, 'FINANCIAL_INSTRUMENT_ID_FORMAT_NOT_RECOGNISED'],
	['metadata', [], 'METADATA_FORMAT_NOT_RECOGNISED'],
	['metadata', { a: 1 }, 'METADATA_FORMAT_NOT_RECOGNISED'],
];

const accepted: Array<[string, unknown]> = [
	['amount', '0.01'],
	['amount', '210.012'],
	['currency', 'JPY'],
	['currency', 'KWD'],
	['country', 'GB'],
	['country', 'TW'],
	['schemeId', null],
	['settledByDate', undefined],
	['settledByDate', '2028-02-29'],
	['settledByDate', '2001-01-01'],
	['financialInstrumentId', undefined],
	['financialInstrumentId', ''],
	['financialInstrumentId', uuid],
	['metadata', undefined],
	['metadata', { key: '' }],
	['unknownField', 'ignored'],
];

describe('an instruction', () => {
	let count = 0;
	beforeEach(() => {
		count += 1;
	});

	it.each(refused)('is refused with %s %j as %s', async (field, value, code) => {
		const orderRef = `REFUSED-${count}`;
		const instructions = [instruction(client.sandbox, { [field]: value })];
		const inOrder = await client.post('/v1/order-management', { orderRef, instructions });
		expect(inOrder.status).toBe(400);
		expect(codesOf(inOrder)).toEqual([code]);
		expect(client.sandbox.store.order(orderRef)).toBeUndefined();

		await client.post('/v1/order-management', { orderRef });
		const path = `/v2/order-management/${orderRef}/instruction`;
		const alone = await client.post(path, instructions[0]);
		expect(alone.status).toBe(400);
		expect(codesOf(alone)).toEqual([code]);
		expect(client.sandbox.store.order(orderRef)?.instructions).toHaveLength(0);
	});

	it.each(accepted)('is accepted with %s %j', async (field, value) => {
		const instructions = [instruction(client.sandbox, { [field]: value })];
		const orderRef = `ACCEPTED-${count}`;
		const reply = await client.post('/v1/order-management', { orderRef, instructions });
		expect(reply.status).toBe(202);
	});

	it('that collects needs a collect scheme', async () => {
		const { collect, payout } = client.sandbox.options.schemeIds;
		const path = '/v1/order-management';
		const debit = { direction: 'DEBIT', schemeId: collect };
		const instructions = [instruction(client.sandbox, debit)];
		expect((await client.post(path, { orderRef: 'DEBIT-1', instructions })).status).toBe(202);

		const wrong = [instruction(client.sandbox, { ...debit, schemeId: payout })];
		const reply = await client.post(path, { orderRef: 'DEBIT-2', instructions: wrong });
		expect(codesOf(reply)).toEqual(['SCHEME_ID_NOT_SUPPORTED']);
	});
});

describe('an instruction without a settled-by date', () => {
	afterEach(() => {
		client.sandbox.options.settledByDateRequired = false;
	});

	it.each([undefined, null, ''])('is refused as %j where the option asks for it', async (date) => {
		client.sandbox.options.settledByDateRequired = true;
		const instructions = [instruction(client.sandbox, { settledByDate: date })];
		const reply = await client.post('/v1/order-management', { orderRef: 'NO-DATE', instructions });
		expect([reply.status, ...codesOf(reply)]).toEqual([400, 'SETTLED_BY_DATE_IS_REQUIRED']);
	});
});

describe('countries', () => {
	it('are the 249 of ISO 3166-1', async () => {
		const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
		const codes = letters.flatMap((first) => letters.map((second) => first + second));
		const instructions = codes.map((country) =>
			instruction(client.sandbox, { instructionRef: country, country }),
		);
		const reply = await client.post('/v1/order-management', {
			orderRef: 'COUNTRIES',
			instructions,
		});
		const unknown = codesOf(reply).filter((code) => code === 'COUNTRY_NOT_SUPPORTED');
		expect(codes.length - unknown.length).toBe(249);
	});
});
