import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import {
	byId,
	callsOf,
	failuresOf,
	itNamesTheRole,
	itRefuses,
	itUsesTheTenantOfEachItem,
	useCredential,
} from '../support/operations.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

let imburse: ImburseOnEngine;
const under = () => imburse;
beforeEach(async () => {
	imburse = await startImburse();
});
afterEach(() => imburse.stop());

function row(fields: INodeParameters = {}): INodeParameters {
	return {
		instructionRef: 'CLAIM-17-1',
		customerRef: 'CUST-4711',
		direction: 'CREDIT',
		amount: '210.00',
		currency: 'EUR',
		country: 'DE',
		schemeId: byId(imburse.sandbox.options.schemeIds.payout),
		...fields,
	};
}

function create(...instruction: INodeParameters[]): INodeParameters {
	return {
		resource: 'paymentOrder',
		operation: 'create',
		orderRef: 'CLAIM-17',
		instructions: { instruction },
	};
}

const asJson = (instructionsJson: string): INodeParameters => ({
	instructionsInputMode: 'json',
	instructionsJson,
});
/** The order's instructions as JSON, with what is given changed. */
function json(changed: Record<string, unknown>): INodeParameters {
	const schemeId = 'D0000000000000000000000000000002';
	return asJson(JSON.stringify([{ ...row(), schemeId, ...changed }]));
}
const body = () =>
	JSON.parse(callsOf(imburse).find(({ method }) => method === 'POST')?.body ?? '{}') as unknown;

describe('the instructions of an order', () => {
	it.each([
		[100, []],
		[
			101,
			[
				'Item 1: Instructions: there are 101 in one order, and Imburse is said to take 100 at most. If it refuses them, add the others with Instruction > Create.',
			],
		],
	])(
		'are as many as there are, with a hint on what Imburse may refuse: %d',
		async (count, hints) => {
			const schemeId = imburse.sandbox.options.schemeIds.payout;
			const rows = Array.from({ length: count }, (_, index) => ({
				...row({ instructionRef: `CLAIM-17-A${index}` }),
				schemeId,
			}));
			const run = await imburse.run({ ...create(), ...asJson(JSON.stringify(rows)) });
			expect(run.error).toBeUndefined();
			expect(imburse.sandbox.store.order('CLAIM-17')?.instructions).toHaveLength(count);
			expect(run.hints.map(({ message }) => message)).toEqual(hints);
		},
	);

	it('may have to name a day, and the refusal says so; it is sent once', async () => {
		imburse.sandbox.options.settledByDateRequired = true;
		const run = await imburse.run(create(row()), { onError: 'continueErrorOutput' });
		expect(failuresOf(run)[0]).toMatchObject({
			outcome: 'rejected',
			errorCodes: ['SETTLED_BY_DATE_IS_REQUIRED'],
			message: expect.stringContaining('Imburse asks for it here') as unknown,
			description: expect.stringMatching(/^Give the payment a settled-by date/) as unknown,
		});
		expect(callsOf(imburse)).toHaveLength(1);
	});

	it('with a scheme for the other direction are refused in plain words, and sent once', async () => {
		const schemeId = byId(imburse.sandbox.options.schemeIds.collect);
		const run = await imburse.run(create(row({ schemeId })), { onError: 'continueErrorOutput' });
		expect(failuresOf(run)[0]).toMatchObject({
			outcome: 'rejected',
			errorCodes: ['SCHEME_ID_NOT_SUPPORTED'],
			message: expect.stringContaining(
				'the scheme exists, but not for this direction, country, amount or currency',
			) as unknown,
		});
		expect(callsOf(imburse)).toHaveLength(1);
	});

	it('are sent for account and tenant as Imburse writes them', async () => {
		const { accountId, tenantId } = imburse.sandbox.options;
		useCredential(imburse, {
			accountId: accountId.toUpperCase(),
			tenantId: 'BBBBBBBB-0000-4000-8000-00000000000F',
		});
		const options = { tenantId: tenantId.toUpperCase() };
		const run = await imburse.run({ ...create(row()), options });
		expect(run.error).toBeUndefined();
		expect(callsOf(imburse)[0]?.headers).toMatchObject({
			'x-account-id': accountId,
			'x-tenant-id': tenantId,
		});
	});

	it.each(['v1', 'v2'])('go out as they were filled in, in their order, on %s', async (version) => {
		useCredential(imburse, { apiVersion: version });
		const additionalFields = {
			settledByDate: '2030-12-31',
			metadata: { entry: [{ key: 'branch', value: 'North' }] },
		};
		const run = await imburse.run(
			create(row({ additionalFields }), row({ instructionRef: 'CLAIM-17-2', amount: 1.5 })),
		);
		expect(run.error).toBeUndefined();
		const common = {
			customerRef: 'CUST-4711',
			direction: 'CREDIT',
			currency: 'EUR',
			country: 'DE',
			schemeId: imburse.sandbox.options.schemeIds.payout,
		};
		expect(body()).toEqual({
			orderRef: 'CLAIM-17',
			instructions: [
				{
					...common,
					instructionRef: 'CLAIM-17-1',
					amount: '210.00',
					settledByDate: '2030-12-31',
					metadata: { branch: 'North' },
				},
				{ ...common, instructionRef: 'CLAIM-17-2', amount: '1.5' },
			],
		});
	});

	it.each([
		['an empty list', '[]'],
		['a list from an expression', '={{ [] }}'],
	])('may be none: %s', async (_, instructionsJson) => {
		await imburse.run({ ...create(), ...asJson(instructionsJson) });
		expect(body()).toEqual({ orderRef: 'CLAIM-17' });
	});
});

const PLACE = 'Instructions > 1 > ';
const JSON_PLACE = 'Instructions (JSON) > 1 > ';
const starting = (text: string) => new RegExp(`^${text.replace(/[()]/g, '\\$&')}`);

describe('a field of the form', () => {
	itRefuses(
		under,
		() => create(row()),
		(
			[
				['instructionRef', 'Instruction Reference: there is no value', '={{ $json.missing }}'],
				['customerRef', 'Customer Reference: there is no value', '={{ $json.missing }}'],
				['direction', 'Direction: there is no value', '={{ "" }}'],
				['direction', 'Direction: "payout" is not written', '={{ "payout" }}'],
				['amount', 'Amount: there is no value', '={{ $json.missing }}'],
				['amount', 'Amount: "1,50"', '1,50'],
				['currency', 'Currency: there is no value', '={{ $json.missing }}'],
				['currency', 'Currency: "EURO"', 'EURO'],
				['country', 'Country: there is no value', '={{ $json.missing }}'],
				['country', 'Country: "Germany"', 'Germany'],
				['instructionRef', 'Instruction Reference: "A/B"', 'A/B'],
			] as const
		).map(([name, message, value]) => [
			`${name} ${value}`,
			{
				instructions: {
					instruction: [
						{
							instructionRef: 'A',
							customerRef: 'C',
							direction: 'CREDIT',
							amount: '1.00',
							currency: 'EUR',
							country: 'DE',
							schemeId: byId('D'),
							[name]: value,
						},
					],
				},
			},
			starting(PLACE + message),
		]),
	);

	it('is named with the number of its instruction, and all at once', async () => {
		const run = await imburse.run(create(row(), row({ amount: '0', country: 'UK' })));
		expect(run.error?.description).toMatch(
			/Instructions > 2 > Amount: .*Instructions > 2 > Country: /,
		);
		expect(imburse.sandbox.requests).toEqual([]);
	});
});

const NO_LIST = /^Instructions \(JSON\): there is no value/;

describe('JSON', () => {
	it.each<[string, Record<string, unknown>, string]>([
		['an amount that is a number with lost digits', { amount: 0.1 + 0.2 }, 'Amount: '],
		[
			'metadata as a text of JSON',
			{ metadata: '{"a": "1"}' },
			'metadata: "{"a": "1"}" is not a JSON',
		],
		['no customer', { customerRef: undefined }, 'Customer Reference: there is no value'],
		['a misspelt name', { schemeID: 'D' }, 'schemeID: Imburse documents no such field'],
		['the name of the tutorial', { scheme: 'D' }, 'scheme: Imburse documents no such field'],
		['a key __proto__', JSON.parse('{"__proto__": {}}') as Record<string, unknown>, '__proto__: '],
		['metadata that is no text', { metadata: { a: 1 } }, 'metadata > a: 1 is not a text'],
		['a day that does not exist', { settledByDate: '2030-02-30' }, 'Settled By Date: '],
	])('refuses %s, and sends nothing', async (_, changed, message) => {
		const run = await imburse.run({ ...create(), ...json(changed) });
		expect(run.error?.message).toMatch(starting(JSON_PLACE + message));
		expect(imburse.sandbox.requests).toEqual([]);
	});

	it.each([
		[
			'a misspelt name',
			'[{ "schemeID": "D" }]',
			'Instructions (JSON) > 1 > schemeID: Imburse documents no such field of an instruction. Check the spelling. Known are instructionRef, customerRef, direction, amount, currency, country, schemeId, financialInstrumentId, settledByDate, metadata. Data of your own belongs in metadata.',
		],
		[
			'what is no object',
			'["A"]',
			'Instructions (JSON) > 1: "A" is not an instruction. Write each instruction as an object in braces.',
		],
		[
			'what is no list',
			'{}',
			'Instructions (JSON): an object is not a JSON list. Write it like [{ "instructionRef": "CLAIM-17-1", ... }], or choose Using Fields Below.',
		],
		[
			'nothing',
			'',
			'Instructions (JSON): there is no value. Check the expression, or write [] where the order is to have no payments yet.',
		],
	])('says of %s what to do', async (_, text, line) => {
		const run = await imburse.run({ ...create(), ...asJson(text) });
		const { message = '', description = '' } = run.error ?? {};
		const lines = `${message}. ${description}`.replace('Nothing was sent. ', '');
		expect(lines).toContain(line);
	});

	it.each([
		['1e400', 'Infinity is a number whose digits are not exact'],
		['12345678901234567890', '12345678901234567000 is a number whose digits are not exact'],
		['0.30000000000000004', '0.30000000000000004 is a number whose digits are not exact'],
		['1234567890123456.78', '1234567890123456.8 is a number whose digits are not exact'],
	])('refuses the number %s as an amount', async (number, reason) => {
		const text = JSON.stringify([{ ...row(), schemeId: 'D', amount: 'NUMBER' }]);
		const run = await imburse.run({ ...create(), ...asJson(text.replace('"NUMBER"', number)) });
		expect(run.error?.message).toBe(`${JSON_PLACE}Amount: ${reason}`);
		expect(run.error?.description).toContain('in double quotes in JSON');
		expect(imburse.sandbox.requests).toEqual([]);
	});

	itRefuses(under, create, [
		['an object', asJson('{}'), /^Instructions \(JSON\): an object is not a JSON list/],
		['a text of JSON in JSON', asJson('"[]"'), /^Instructions \(JSON\): "\[\]" is not a JSON list/],
		['an empty text', asJson(''), NO_LIST],
		['spaces', asJson(' \n'), NO_LIST],
		['null', asJson('null'), NO_LIST],
		['null from an expression', asJson('={{ null }}'), NO_LIST],
		['an empty text from an expression', asJson("={{ '' }}"), NO_LIST],
		[
			'a key that comes twice',
			asJson('[{"amount": "10.00",\n"amo\\u0075nt": "9999.00"}]'),
			/^Instructions \(JSON\): the key "amount" comes again at line 2, character 1/,
		],
		[
			'a key of metadata that comes twice',
			asJson('[{"metadata": {"a": "1", "a": "2"}}]'),
			/^Instructions \(JSON\): the key "a" comes again at line 1, character 26/,
		],
		[
			'JSON that breaks off',
			asJson('[{'),
			/^Instructions \(JSON\): the JSON breaks off at line 1, character 3: the text ends/,
		],
		['what is not there', asJson('={{ $json.missing }}'), NO_LIST],
		['a text in the list', asJson('["A"]'), /^Instructions \(JSON\) > 1: "A" is not an instr/],
		['a list in the list', asJson('[[]]'), /^Instructions \(JSON\) > 1: a list is not an instr/],
	]);
});

itNamesTheRole(under, () => create(row()), 'tenant-transaction-write or tenant-admin');
itUsesTheTenantOfEachItem(under, () => ({ ...create(row()), orderRef: '={{ $json.id }}' }));
