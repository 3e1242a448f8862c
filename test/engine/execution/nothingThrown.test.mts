import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	INodeParameters,
} from 'n8n-workflow';
import { ApplicationError } from 'n8n-workflow';
import { runNode } from '../../../nodes/Imburse/execution/run.ts';
import { sendingFailures } from '../../../nodes/Imburse/execution/errorBoundary.ts';
import {
	CREDENTIAL_ID,
	NODE_TYPE,
	startImburse,
	type ImburseOnEngine,
	type RunSettings,
} from '../support/imburse.mts';
import { startRelay } from '../support/relay.mts';
import { refusedWith, startScript, type Line } from '../support/script.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const CREATE: INodeParameters = {
	resource: 'paymentOrder',
	operation: 'create',
	orderRef: '={{ $json.ref }}',
};
const ITEMS = [{ ref: 'A' }, { ref: 'B' }];

let imburse: ImburseOnEngine;

beforeEach(async () => {
	imburse = await startImburse();
});

afterEach(async () => {
	await imburse.stop();
});

function errorsIn(items: Array<{ json: IDataObject }>): IDataObject[] {
	return items.map(({ json }) => json.error as IDataObject);
}

describe('with the error output, no item leaves by the success output', () => {
	it('when the credential cannot be used', async () => {
		imburse.engine.credentials.change(CREDENTIAL_ID, { privateKey: '' });
		const run = await imburse.run(CREATE, { items: ITEMS, onError: 'continueErrorOutput' });
		expect(run.success).toEqual([]);
		expect(run.failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(errorsIn(run.failed)[0]).toMatchObject({
			outcome: 'invalid',
			message: 'The Imburse credential cannot be used. Private Key: it is empty',
			description: expect.stringMatching(/^Nothing was sent\./) as unknown,
			retryable: false,
		});
		expect(imburse.sandbox.requests).toHaveLength(0);
	});

	it('when there is no credential, or none that n8n can decrypt', async () => {
		const onError = 'continueErrorOutput';
		const without = await imburse.run(CREATE, { items: ITEMS, onError, credentials: {} });
		const gone = await imburse.run(CREATE, {
			items: ITEMS,
			onError,
			credentials: { imburseApi: 'deleted' },
		});
		for (const run of [without, gone]) {
			expect(run.success).toEqual([]);
			expect(errorsIn(run.failed)).toHaveLength(2);
			for (const error of errorsIn(run.failed)) {
				expect(['invalid', 'notSent']).toContain(error.outcome);
			}
		}
	});

	it('when the workflow names an operation that this version does not have', async () => {
		const run = await imburse.run(
			{ ...CREATE, operation: 'obliterate' },
			{ items: ITEMS, onError: 'continueErrorOutput' },
		);
		expect(run.success).toEqual([]);
		expect(errorsIn(run.failed)[1]).toMatchObject({
			outcome: 'invalid',
			message: 'There is no operation "obliterate" of "paymentOrder"',
		});
	});
});

it('on the regular output they are error items, too', async () => {
	imburse.engine.credentials.change(CREDENTIAL_ID, { privateKey: '' });
	const run = await imburse.run(CREATE, { items: ITEMS, onError: 'continueRegularOutput' });
	expect(errorsIn(run.success).map(({ outcome }) => outcome)).toEqual(['invalid', 'invalid']);
});

it('without Continue On Fail the run ends with the reason', async () => {
	imburse.engine.credentials.change(CREDENTIAL_ID, { privateKey: '' });
	const run = await imburse.run(CREATE, { items: ITEMS });
	expect(run.status).toBe('error');
	expect(run.error?.message).toContain('Private Key: it is empty');
});

it('is safe to run again when the first item failed and Retry On Fail is on', async () => {
	const run = await imburse.run(CREATE, {
		items: [{ ref: 'not allowed' }, { ref: 'B' }],
		onError: 'continueErrorOutput',
		retryOnFail: true,
		maxTries: 3,
		waitBetweenTries: 1,
	});
	expect(run.executions).toBe(3);
	expect(run.success.map(({ json }) => json.result)).toEqual(['created']);
	expect(imburse.sandbox.store.orders.map(({ orderRef }) => orderRef)).toEqual(['B']);
});

describe('a second try that cannot run', () => {
	const RETRY = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

	/** Runs A and B; B is refused, and then the credential goes to pieces. */
	async function runTwice(
		fields: ICredentialDataDecryptedObject,
		settings: RunSettings,
		items = ITEMS,
	) {
		const relay = await startRelay(imburse.sandbox, async (line, pass) => {
			if (line.startsWith('POST') && imburse.sandbox.counts.byRoute.createOrder === 1) {
				imburse.engine.credentials.change(CREDENTIAL_ID, fields);
			}
			return await pass();
		});
		imburse.sandbox.setFaults([{ kind: 'answer', at: 'beforeWrite', status: 403, reference: 'B' }]);
		imburse.engine.credentials.change(CREDENTIAL_ID, { baseUrl: relay.url });
		const options = { maxConcurrency: 1 };
		const run = await imburse.run({ ...CREATE, options }, { items, ...RETRY, ...settings });
		await relay.stop();
		expect(run.executions).toBe(2);
		expect(imburse.sandbox.store.orders.map(({ orderRef }) => orderRef)).toEqual(['A']);
		return run;
	}

	it.each<[string, ICredentialDataDecryptedObject]>([
		['a private key is missing', { privateKey: '' }],
		['the environment is none of the list', { environment: 'elsewhere' }],
	])('names in its error what the first one sent: %s', async (_, fields) => {
		const run = await runTwice(fields, {});
		expect(run.error?.message).toMatch(/^The Imburse credential cannot be used/);
		expect(run.error?.description).toMatch(
			/^This try sent nothing, but earlier tries of this run sent Payment Order "A"\. They may have been carried out: do not change their references\. Open the Imburse credential/,
		);
	});

	it('calls unknown what the first one sent, and nothing else', async () => {
		const run = await runTwice({ privateKey: '' }, { onError: 'continueErrorOutput' }, [
			{ ref: 'B' },
			{ ref: 'A' },
		]);
		expect(errorsIn(run.failed)).toEqual([
			expect.objectContaining({
				outcome: 'invalid',
				message: 'The Imburse credential cannot be used. Private Key: it is empty',
			}),
			expect.objectContaining({
				outcome: 'unknown',
				retryable: true,
				message:
					'It is not known what became of Payment Order "A" (item 2): an earlier try of this run sent it, and the last one could not run (The Imburse credential cannot be used. Private Key: it is empty)',
				description: expect.stringMatching(/^Run it again with the same reference/) as unknown,
			}),
		]);
	});

	it('calls unknown what the first one sent when no token can be had any more', async () => {
		const run = await runTwice(
			{ privateKey: Buffer.alloc(32).toString('base64'), accessToken: '' },
			{ onError: 'continueErrorOutput' },
			[{ ref: 'B' }, { ref: 'A' }],
		);
		expect(errorsIn(run.failed).map(({ outcome }) => outcome)).toEqual(['notSent', 'unknown']);
	});
});

it('leaves open what the first try sent when the second one is not let in', async () => {
	const broken: Line = { status: 500, body: { correlationId: '0HL:1' } };
	const script = await startScript([broken, refusedWith(403, 'ROLE_NOT_PERMITTED')], {
		'order-management/A': [broken],
	});
	imburse.engine.credentials.change(CREDENTIAL_ID, { baseUrl: script.url });
	const run = await imburse.run(CREATE, {
		items: [{ ref: 'A' }],
		onError: 'continueErrorOutput',
		retryOnFail: true,
		maxTries: 2,
		waitBetweenTries: 1,
	});
	await script.stop();
	expect(run.executions).toBe(2);
	expect(errorsIn(run.failed)[0]).toMatchObject({ outcome: 'unknown', httpStatus: 403 });
});

it('says nothing of an earlier try where a read stops', async () => {
	await imburse.run(CREATE, { items: ITEMS });
	imburse.sandbox.setFaults([{ kind: 'answer', at: 'beforeWrite', status: 403, reference: 'B' }]);
	const run = await imburse.run(
		{ ...CREATE, operation: 'get', options: { maxConcurrency: 1 } },
		{
			items: [{ ref: 'A' }, { ref: 'B' }],
			retryOnFail: true,
			maxTries: 2,
			waitBetweenTries: 1,
		},
	);
	expect(run.executions).toBe(2);
	expect(run.error?.message).toContain('this key may not do that');
	expect(run.error?.description).toContain('Done: Payment Order "A". Failed: Payment Order "B".');
});

describe('a mistake of the node', () => {
	const context = {
		continueOnFail: () => true,
		getInputData: () => [{ json: {} }],
		getNode: () => ({ name: 'Imburse', type: NODE_TYPE }),
		getNodeParameter: () => 'any',
	} as unknown as IExecuteFunctions;

	it('before anything was sent leaves nothing open', async () => {
		const [output] = await runNode(context, () => {
			throw new ApplicationError('Oh');
		});
		expect(errorsIn(output ?? [])[0]).toMatchObject({
			outcome: 'notSent',
			message: 'The Imburse node could not run: Oh',
			description: expect.stringContaining('Nothing was sent.') as unknown,
		});
	});

	it('after something was sent is unknown', () => {
		expect(sendingFailures(context, new TypeError('Oh'))).toMatchObject([
			{
				outcome: 'unknown',
				message: 'The Imburse node could not run: Oh',
				description: expect.stringContaining('Run it again with the same reference') as unknown,
			},
		]);
	});
});
