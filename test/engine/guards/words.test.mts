import { afterEach, beforeEach, expect, it } from '@jest/globals';

import {
	CREDENTIAL_ID,
	NODE_TYPE,
	startImburse,
	type ImburseOnEngine,
} from '../support/imburse.mts';

let imburse: ImburseOnEngine;

beforeEach(async () => {
	imburse = await startImburse();
});

afterEach(async () => {
	await imburse.stop();
});

it.each(['PREEXISTING-1', 'ENOENT', 'ECONNREFUSED-2', 'EACCES'])(
	'n8n puts no text of its own in the place of ours for the order %s',
	async (orderRef) => {
		const create = { resource: 'paymentOrder', operation: 'create', orderRef };
		imburse.sandbox.options.roles = ['tenant-app-read'];
		const refused = await imburse.run(create);
		expect(refused.error?.message).toBe(
			`Imburse refused Payment Order "${orderRef}" for item 1: this key may not do that`,
		);
		const invalid = await imburse.run({ ...create, orderRef: `${orderRef} x` });
		expect(invalid.error?.message).toMatch(/^Order Reference: /);
	},
);

it('lists the first of many bad items, and says how many more there are', async () => {
	const items = Array.from({ length: 80 }, () => ({ ref: 'b d' }));
	const run = await imburse.run(
		{ resource: 'paymentOrder', operation: 'create', orderRef: '={{ $json.ref }}' },
		{ items },
	);
	expect(run.error?.message).toBe('80 of 80 items cannot be sent');
	expect(run.error?.description).toContain('Item 20: ');
	expect(run.error?.description).not.toContain('Item 21: ');
	expect(run.error?.description).toMatch(/And 60 more\.$/);
});

it('tells an AI agent everything in the message, with both correlation IDs', async () => {
	const run = await imburse.engine.runTool({
		node: {
			type: `${NODE_TYPE}Tool`,
			credentials: { imburseApi: CREDENTIAL_ID },
			parameters: {
				resource: 'paymentOrder',
				operation: 'get',
				orderRef: "={{ $fromAI('ref', '', 'string') }}",
			},
		},
		calls: [{ ref: 'CLAIM-99' }],
	});
	const answer = JSON.stringify(run.answers);
	const [call] = imburse.sandbox.requests.slice(-1);
	expect(answer).toContain('Imburse has no Payment Order');
	expect(answer).toContain(call?.correlationId);
	expect(answer).toContain(call?.headers['x-correlation-id']);
});
