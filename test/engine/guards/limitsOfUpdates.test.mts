import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ImburseClient, instruction } from '../../sandbox/client.mts';
import { useIdleClock } from '../../support/idleClock.mts';
import {
	CREDENTIAL_ID,
	NODE_TYPE,
	startImburse,
	type ImburseOnEngine,
} from '../support/imburse.mts';
import { byId, callsOf, failuresOf } from '../support/operations.mts';
import { jsonAnswer, startRelay } from '../support/relay.mts';

useIdleClock();

const TOTAL = { total: [{ amount: '100.00', currency: 'EUR' }] };
const OTHER_SCHEME = 'D0000000000000000000000000000004';

let imburse: ImburseOnEngine;

beforeEach(async () => {
	imburse = await startImburse();
	const client = await ImburseClient.signIn(imburse.sandbox);
	await client.post('/v1/order-management', {
		orderRef: 'A',
		instructions: [
			instruction(imburse.sandbox, { instructionRef: 'BIG', amount: '100.01' }),
			instruction(imburse.sandbox, { instructionRef: 'SMALL', amount: '60.00' }),
			instruction(imburse.sandbox, { instructionRef: 'POUNDS', amount: '1.00', currency: 'GBP' }),
		],
	});
});

afterEach(async () => {
	await imburse.stop();
});

function update(
	updateFields: INodeParameters,
	options: INodeParameters = { maxTotals: TOTAL },
	instructionRef = 'BIG',
): INodeParameters {
	return {
		resource: 'instruction',
		operation: 'update',
		orderRef: 'A',
		instructionRef,
		updateFields,
		options,
	};
}

async function run(parameters: INodeParameters, items: IDataObject[] = [{}]) {
	const before = callsOf(imburse).length;
	const result = await imburse.run(parameters, { items, onError: 'continueErrorOutput' });
	const writes = callsOf(imburse, before).filter(({ method }) => method === 'PUT').length;
	return { ...result, writes };
}

const FIELDS: Array<[string, INodeParameters]> = [
	['customer', { customerRef: 'CUSTOMER-2' }],
	['direction', { direction: 'DEBIT' }],
	['scheme', { schemeId: byId(OTHER_SCHEME) }],
	['financial instrument', { financialInstrumentId: '00000000-1111-4222-8333-444444444444' }],
	['country', { country: 'GB' }],
	['date', { settledByDate: '2031-01-15' }],
	['customer beside metadata', { customerRef: 'C-2', metadata: { entry: [pair('a')] } }],
];

function pair(value: string) {
	return { key: 'branch', value };
}

describe('a payment that is changed', () => {
	it.each(FIELDS)('counts with the amount that it has: %s', async (_, fields) => {
		const { failed, writes } = await run(update(fields));
		expect(failuresOf({ failed } as never)[0]).toMatchObject({
			outcome: 'invalid',
			message:
				'instruction "BIG" of Payment Order "A" (item 1) was not changed: Max Total per Currency: the payments of this execution would come to 100.01 EUR, and 100.00 are allowed',
			description: expect.stringMatching(/^Nothing was changed\. Check the amounts/) as unknown,
			attempts: 0,
		});
		expect(writes).toBe(0);
	});

	it('counts in the currency that it has', async () => {
		const { failed, writes } = await run(update({ customerRef: 'C-2' }, undefined, 'POUNDS'));
		expect(JSON.stringify(failed)).toContain('there is none for GBP');
		expect(writes).toBe(0);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['its amount alone', { amount: '100.02' }, /come to 100.02 EUR/],
		['its currency alone', { currency: 'GBP' }, /there is none for GBP/],
		['a smaller amount', { amount: '100.005', currency: 'BHD' }, /there is none for BHD/],
		['amount and currency', { amount: '1000000', currency: 'EUR' }, /come to 1000000 EUR/],
	])('counts with what it comes to: %s', async (_, fields, message) => {
		const { failed, writes } = await run(update(fields));
		expect(failuresOf({ failed } as never)[0]?.message).toMatch(message);
		expect(writes).toBe(0);
	});

	it('is refused before anything is read where all of it is known', async () => {
		const before = callsOf(imburse).length;
		const fields = { amount: '={{ $json.amount }}', currency: 'EUR' };
		const result = await imburse.run(update(fields), {
			items: [{ amount: 60 }, { amount: 40.01 }],
		});
		expect(result.error?.description).toContain('would come to 100.01 EUR');
		expect(callsOf(imburse, before)).toEqual([]);
	});

	it.each([
		['amount', { amount: undefined }],
		['currency', { currency: undefined }],
	])('is refused where Imburse does not tell the %s', async (_, hidden) => {
		const relay = await startRelay(imburse.sandbox, async (line, pass) => {
			const answer = await pass();
			if (!line.startsWith('GET')) return answer;
			const body = { instructionRef: 'SMALL', status: 'READY', ...READABLE, ...hidden };
			return jsonAnswer(200, body);
		});
		imburse.changeCredential({ baseUrl: relay.url });
		const { failed, writes } = await run(update({ customerRef: 'C-2' }, undefined, 'SMALL'));
		await relay.stop();
		expect(failuresOf({ failed } as never)[0]).toMatchObject({ outcome: 'invalid' });
		expect(writes).toBe(0);
	});

	it('fits where the total allows it, and uses it up', async () => {
		const fields = { customerRef: '={{ $json.to }}' };
		const first = await run(update(fields, undefined, 'SMALL'), [{ to: 'C-2' }, { to: 'C-3' }]);
		expect([first.success.length, first.writes]).toEqual([1, 1]);
		expect(failuresOf(first)[0]?.message).toContain('would come to 120 EUR');
	});

	it('counts once when the same change is made twice', async () => {
		const twice = [{ to: 'C-2' }, { to: 'C-2' }];
		const options = { maxTotals: TOTAL, maxPayments: 1 };
		const result = await run(update({ customerRef: '={{ $json.to }}' }, options, 'SMALL'), twice);
		expect([result.success.length, result.failed]).toEqual([2, []]);
	});

	it('counts once when Retry On Fail makes the change again', async () => {
		imburse.sandbox.setFaults([
			{ kind: 'reset', at: 'afterWrite', route: 'updateInstruction', calls: { from: 1, to: 1 } },
		]);
		const result = await imburse.run(update({ customerRef: 'C-2' }, undefined, 'SMALL'), {
			retryOnFail: true,
			maxTries: 2,
			waitBetweenTries: 1,
		});
		expect([result.executions, result.success.length]).toEqual([2, 1]);
	});

	it('is a payment for their number, known before anything is read', async () => {
		const before = callsOf(imburse).length;
		const fields = { customerRef: '={{ $json.to }}' };
		const result = await imburse.run(update(fields, { maxPayments: 1 }), {
			items: [{ to: 'C-2' }, { to: 'C-3' }],
		});
		expect(result.error?.description).toContain('this would be payment 2, and 1 are allowed');
		expect(callsOf(imburse, before)).toEqual([]);
	});

	it('counts as nothing where only its metadata are', async () => {
		const fields = { metadata: { entry: [pair('={{ $json.branch }}')] } };
		const options = { maxTotals: TOTAL, maxPayments: 1 };
		const items = ['a', 'b', 'c'].map((branch) => ({ branch }));
		const result = await run(update(fields, options), items);
		expect([result.success.length, result.failed]).toEqual([3, []]);
	});
});

const READABLE = {
	customerRef: 'CUSTOMER-1',
	direction: 'CREDIT',
	amount: 60,
	currency: 'EUR',
	country: 'IE',
};

it('an AI agent cannot redirect a payment beyond the total', async () => {
	const options = { allowToolPayments: true, maxPayments: 9, maxTotals: TOTAL };
	const result = await imburse.engine.runTool({
		node: {
			type: `${NODE_TYPE}Tool`,
			credentials: { imburseApi: CREDENTIAL_ID },
			parameters: update({ customerRef: 'C-2' }, options),
		},
		calls: [{}],
	});
	expect(JSON.stringify(result.answers)).toContain('would come to 100.01 EUR');
	expect(callsOf(imburse).filter(({ method }) => method === 'PUT')).toEqual([]);
});
