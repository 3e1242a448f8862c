import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, IExecuteFunctions, INodeParameters } from 'n8n-workflow';
import { ApplicationError } from 'n8n-workflow';
import { guardedRun } from '../../../nodes/Imburse/execution/guardedRun.ts';
import {
	CREDENTIAL_ID,
	NODE_TYPE,
	startImburse,
	type ImburseOnEngine,
} from '../support/imburse.mts';

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
	expect(run.success.map(({ json }) => json.result)).toEqual(['alreadyExisted']);
	expect(imburse.sandbox.store.orders.map(({ orderRef }) => orderRef)).toEqual(['B']);
});

describe('a mistake of the node', () => {
	const context = {
		continueOnFail: () => true,
		getInputData: () => [{ json: {} }],
		getNode: () => ({ name: 'Imburse', type: NODE_TYPE }),
	} as unknown as IExecuteFunctions;

	it('before anything was sent leaves nothing open', async () => {
		const [output] = await guardedRun(context, () => Promise.reject(new ApplicationError('Oh')));
		expect(errorsIn(output ?? [])[0]).toMatchObject({
			outcome: 'notSent',
			message: 'The Imburse node could not run: Oh',
			description: expect.stringContaining('Nothing was sent.') as unknown,
		});
	});

	it('after something was sent is unknown', async () => {
		const [output] = await guardedRun(context, (journey) => {
			journey.hasBegun = true;
			return Promise.reject(new TypeError('Oh'));
		});
		expect(errorsIn(output ?? [])[0]).toMatchObject({
			outcome: 'unknown',
			description: expect.stringContaining('Run it again with the same reference') as unknown,
		});
	});
});
