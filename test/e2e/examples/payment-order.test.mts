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

it('sends an order as it is, and makes nothing twice when it runs again', async () => {
	const example = await importExample(n8n.api, 'payment-order', imburse);

	await example.press();
	const { orders } = imburse.sandbox.store;
	expect(orders.map(({ instructions }) => instructions.length)).toEqual([1]);
	const made = JSON.stringify(orders);

	await example.press();
	expect(JSON.stringify(imburse.sandbox.store.orders)).toBe(made);
});
