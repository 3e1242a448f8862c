import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { instruction, ImburseClient } from '../../sandbox/client.mts';
import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import { itRefuses, useCredential } from '../support/operations.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const GET = {
	resource: 'instruction',
	operation: 'get',
	orderRef: 'CLAIM-17',
	instructionRef: 'INSTRUCTION-1',
};
const COMMON = {
	orderRef: 'CLAIM-17',
	instructionRef: 'INSTRUCTION-1',
	customerRef: 'CUSTOMER-1',
	direction: 'CREDIT',
	status: 'READY',
	amount: 210,
	currency: 'EUR',
	country: 'IE',
	metadata: { branch: 'North' },
};

let imburse: ImburseOnEngine;
const under = () => imburse;
beforeEach(async () => {
	imburse = await startImburse();
	const client = await ImburseClient.signIn(imburse.sandbox);
	await client.post('/v1/order-management', {
		orderRef: 'CLAIM-17',
		instructions: [instruction(imburse.sandbox, { metadata: { branch: 'North' } })],
	});
});
afterEach(() => imburse.stop());

it.each([
	['v1', { settledByDate: '2030-12-31T00:00:00.000Z' }],
	[
		'v2',
		{ settledByDate: '2030-12-31', actualSettlementDate: null, failed: null, cancelled: null },
	],
])('gives the instruction on %s, simplified', async (apiVersion, own) => {
	useCredential(imburse, { apiVersion });
	const run = await imburse.run(GET);
	expect(run.success).toEqual([
		{ json: { ...COMMON, state: 'open', ...own }, pairedItem: { item: 0 } },
	]);
});

it.each([
	['v1', ['financialInstrument', 'scheme']],
	['v2', ['_links', 'created', 'transaction', 'financialInstrument', 'scheme']],
])('gives all of the answer on %s when it is not to be simplified', async (apiVersion, more) => {
	useCredential(imburse, { apiVersion });
	const run = await imburse.run({ ...GET, simplify: false });
	expect(run.success[0]?.json).toMatchObject(COMMON);
	expect(Object.keys(run.success[0]?.json ?? {})).toEqual(expect.arrayContaining(more));
});

it('keeps why a payment failed', async () => {
	const failure = { errorCode: 'INSUFFICIENT_FUNDS', reason: 'No money' };
	imburse.sandbox.setInstructionStatus('CLAIM-17', 'INSTRUCTION-1', 'FAILED', failure);
	useCredential(imburse, { apiVersion: 'v2' });
	const run = await imburse.run(GET);
	expect(run.success[0]?.json).toMatchObject({ status: 'FAILED', failed: failure });
});

itRefuses(under, () => GET, [
	['no order', { orderRef: '={{ $json.missing }}' }, /^Order Reference: there is no value/],
	['no instruction', { instructionRef: '={{ $json.no }}' }, /^Instruction Reference: there is no /],
	['a way out of the path', { instructionRef: '../../x' }, /^Instruction Reference: .*"\/"/],
	['the folder above', { orderRef: '..' }, /^Order Reference: /],
	['a query', { instructionRef: 'I?x=y' }, /^Instruction Reference: /],
]);
