import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { TestNode } from '../harness/index.mts';
import {
	CREDENTIAL_ID,
	NODE_TYPE,
	startImburse,
	type ImburseOnEngine,
} from '../support/imburse.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

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
			`Imburse refused Payment Order "${orderRef}" (item 1): this key may not do that`,
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

describe('an AI agent', () => {
	const call = async (settings: Partial<TestNode> = {}) =>
		await imburse.engine.runTool({
			node: {
				type: `${NODE_TYPE}Tool`,
				credentials: { imburseApi: CREDENTIAL_ID },
				parameters: {
					resource: 'paymentOrder',
					operation: 'get',
					orderRef: "={{ $fromAI('ref', '', 'string') }}",
				},
				...settings,
			},
			calls: [{ ref: 'CLAIM-99' }],
		});
	const lastCall = () => imburse.sandbox.requests.at(-1);

	it('is answered with what went wrong, and the run goes on', async () => {
		const run = await call();
		expect(run.error).toBeUndefined();
		expect(run.answers).toEqual([
			[
				{
					error: expect.objectContaining({
						outcome: 'rejected',
						message: 'Imburse has no Payment Order "CLAIM-99" (item 1)',
						correlationId: lastCall()?.correlationId,
						clientCorrelationId: lastCall()?.headers['x-correlation-id'],
					}) as unknown,
				},
			],
		]);
	});

	it('is answered so, too, where the node could not begin', async () => {
		imburse.changeCredential({ privateKey: 'not a key' });
		const [answer] = (await call()).answers;
		expect(answer).toMatchObject([{ error: { outcome: 'invalid' } }]);
		expect(JSON.stringify(answer)).toContain('Private Key: it is not Base64 text');
	});

	it('is stopped where the user wants it so, with everything in the message', async () => {
		const { error, answers } = await call({ onError: 'stopWorkflow' });
		expect(answers).toEqual([]);
		expect(error?.message).toContain('Imburse has no Payment Order "CLAIM-99" (item 1). Check');
		expect(error?.message).toContain(lastCall()?.correlationId);
		expect(error?.message).toContain(lastCall()?.headers['x-correlation-id']);
	});
});
