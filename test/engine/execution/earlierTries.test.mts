import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { ImburseFailure } from '../../../nodes/Imburse/api/errors/failure.ts';
import type { Fault } from '../../../sandbox/index.mts';
import { ImburseClient } from '../../sandbox/client.mts';
import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const UPDATE = {
	resource: 'paymentOrder',
	operation: 'updateMetadata',
	orderRef: 'CLAIM-17',
	metadata: { entry: [{ key: 'branch', value: 'North' }] },
};
/** The answer to the change is lost, so that n8n tries again. */
const LOST: Fault = { kind: 'reset', at: 'afterWrite', route: 'updateOrderMetadata' };

let imburse: ImburseOnEngine;

beforeEach(async () => {
	imburse = await startImburse();
	const client = await ImburseClient.signIn(imburse.sandbox);
	await client.post('/v1/order-management', { orderRef: 'CLAIM-17', metadata: {} });
});

afterEach(async () => {
	await imburse.stop();
});

async function runTwice(inTheSecondTry: Fault) {
	imburse.sandbox.setFaults([LOST, inTheSecondTry]);
	const run = await imburse.run(UPDATE, { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 });
	expect(run.executions).toBe(2);
	const { data } = (run.error as unknown as { context: { data: ImburseFailure } }).context;
	return { data, text: `${run.error?.message} ${run.error?.description}` };
}

it.each<[string, Fault]>([
	[
		'cannot even read',
		{
			kind: 'answer',
			at: 'beforeWrite',
			status: 502,
			body: 'html',
			route: 'getOrder',
			calls: { from: 2 },
		},
	],
	[
		'is refused',
		{
			kind: 'answer',
			at: 'beforeWrite',
			status: 403,
			route: 'updateOrderMetadata',
			calls: { from: 2 },
		},
	],
])(
	'a try that %s does not say that nothing was changed, once an earlier one has',
	async (_, fault) => {
		const { data, text } = await runTwice(fault);
		expect({ ...imburse.sandbox.store.order('CLAIM-17')?.metadata }).toEqual({ branch: 'North' });
		expect(data).toMatchObject({ outcome: 'unknown', retryable: true });
		expect(text).toMatch(
			/an earlier try of this run sent it, and the last one (?:did not change that \(.+\)|stopped before it)/,
		);
		expect(text).not.toContain('Nothing was changed');
		expect(data.clientCorrelationId).not.toBeNull();
	},
);
