import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { IDataObject } from 'n8n-workflow';

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

const CREATE = { resource: 'paymentOrder', operation: 'create', orderRef: '={{ $json.ref }}' };

it('says once what many items have in common, and how many they are', async () => {
	const items = Array.from({ length: 80 }, () => ({ ref: 'b d' }));
	const run = await imburse.run(CREATE, { items });
	expect(run.error?.message).toBe('80 of 80 items cannot be sent');
	expect(run.error?.description).toMatch(
		/^Nothing was sent\. Items 1 to 80: Order Reference: "b d" contains a space\. [^:]*$/,
	);
});

it('lists the first of many bad items, and says how many more there are', async () => {
	const items = Array.from({ length: 80 }, (_, row) => ({ ref: `b ${row}` }));
	const run = await imburse.run(CREATE, { items });
	expect(run.error?.description).toContain('Item 20: ');
	expect(run.error?.description).not.toContain('Item 21: ');
	expect(run.error?.description).toMatch(/And 60 more reasons\.$/);
});

it('says of the empty rows of a sheet that they are empty, after the real mistake', async () => {
	const good = Array.from({ length: 9 }, (_, row) => ({ ref: `CLM-${row}`, row_number: row + 2 }));
	const empty = { ref: '', row_number: 12 };
	const items = [...good, { ref: 'CLM/9', row_number: 11 }, empty, empty];
	const run = await imburse.run(CREATE, { items });
	expect(run.error?.message).toBe('3 of 12 items cannot be sent');
	expect(run.error?.description).toMatch(
		/^Nothing was sent\. Item 10: Order Reference: "CLM\/9" .* Items 11 and 12 are empty: /,
	);
});

it('says of each item of the error output what is wrong with it', async () => {
	const items = [{ ref: 'CLM-1' }, { ref: '' }, { ref: '' }];
	const { failed } = await imburse.run(CREATE, { items, onError: 'continueErrorOutput' });
	expect(failed.map(({ json }) => (json.error as IDataObject).message)).toEqual([
		expect.stringMatching(/^Item 2 cannot be sent: Order Reference: there is no value/),
		expect.stringMatching(/^Item 3 cannot be sent: Order Reference: there is no value/),
	]);
});

it('says a hint once, after what holds for the whole run', async () => {
	const items = Array.from({ length: 30 }, (_, row) => ({ ref: `CLM-${row}` }));
	const run = await imburse.run(
		{
			...CREATE,
			metadata: { entry: [{ key: 'name', value: 'MÃ¼ller' }] },
			options: { validateOnly: true },
		},
		{ items },
	);
	expect(run.hints.map(({ message }) => message)).toEqual([
		'Nothing was sent for 30 items: Validate Only is on.',
		'Items 1 to 30: Metadata > name: holds "Ã¼", as if a file in UTF-8 was read in another encoding.',
	]);
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
