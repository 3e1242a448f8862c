import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
	importExample,
	sharedN8n,
	startImburse,
	type TestImburse,
	type TestN8n,
} from '../harness/index.mts';

let n8n: TestN8n;
let imburse: TestImburse;

beforeAll(async () => {
	n8n = await sharedN8n();
	imburse = await startImburse(n8n.api);
});

afterAll(() => imburse.stop());

/** What Imburse has, by the references of orders and payments. */
const held = () =>
	imburse.sandbox.store.orders.map(({ orderRef, instructions }) => [
		orderRef,
		instructions.map(({ instructionRef, customerRef, amount }) => [
			instructionRef,
			customerRef,
			amount,
		]),
	]);

it('makes an order for each claim, and each row a payment of its order, once', async () => {
	const example = await importExample(n8n.api, 'several-payees', imburse);

	// The second order cannot be made: nothing of it is, and the first is made whole.
	imburse.sandbox.setFaults([
		{
			kind: 'answer',
			at: 'beforeWrite',
			status: 400,
			body: 'errors',
			route: 'createOrder',
			reference: 'CLM-2026-0502',
		},
	]);
	const first = await example.press();
	expect(held()).toEqual([
		[
			'CLM-2026-0501',
			[
				['CLM-2026-0501-1', 'CUST-20931', '1480.50'],
				['CLM-2026-0501-2', 'CUST-77001', '210.00'],
			],
		],
	]);
	const notMade = first.output('Not Made').map(({ claim, reason }) => [claim, typeof reason]);
	expect(notMade).toEqual([['CLM-2026-0502', 'string']]);

	imburse.sandbox.clearFaults();
	await example.press();
	const all = JSON.stringify(held());
	expect(all).toContain('CLM-2026-0502-1');
	await example.press();
	expect(JSON.stringify(held())).toBe(all);
	expect(imburse.sandbox.counts.instructions).toBe(3);
});
