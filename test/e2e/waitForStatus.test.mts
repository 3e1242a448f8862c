import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startManually, waitForEnd } from '../../tools/n8n/execution.mts';
import { importWorkflow, type Workflow } from '../../tools/n8n/workflow.mts';
import {
	chain,
	imburseNode,
	payout,
	receiver,
	runOnce,
	sharedN8n,
	START,
	startImburse,
	waitUntil,
	withErrorOutput,
	type TestImburse,
	type TestN8n,
} from './harness/index.mts';

let n8n: TestN8n;
let imburse: TestImburse;

beforeAll(async () => {
	n8n = await sharedN8n();
	imburse = await startImburse(n8n.api);
});

afterAll(() => imburse.stop());

beforeEach(() => {
	imburse.sandbox.reset();
	imburse.sandbox.options.lifeCycle = [];
});

/** Pays each claim, waits for what becomes of it, and sends it on by one of two ways. */
function payAndWait(claims: string[]): Workflow {
	const wait = {
		resource: 'instruction',
		operation: 'waitForStatus',
		orderRef: '={{ $json.orderRef }}',
		instructionRef: '={{ $json.orderRef }}-1',
	};
	const workflow = chain(
		claims.map((claim) => ({ claim })),
		imburseNode('Pay', imburse.credential, payout(imburse)),
		imburseNode('Wait', imburse.credential, wait, { onError: 'continueErrorOutput' }),
		receiver('Settled'),
	);
	return withErrorOutput(workflow, 'Wait', receiver('Not Settled'));
}

/** How often an instruction has been read. */
function reads(claim: string): number {
	return imburse.sandbox.requests.filter(
		({ name, path }) => name === 'getInstruction' && path.includes(`/${claim}/`),
	).length;
}

describe('Wait for Status', () => {
	it('goes on with each payment in the status that it comes to while the node waits', async () => {
		const { sandbox } = imburse;
		const workflowId = await importWorkflow(n8n.api, payAndWait(['CLAIM-1', 'CLAIM-2']));
		const executionId = await startManually(n8n.api, workflowId, START);
		await waitUntil('the status of both is waited for', () =>
			['CLAIM-1', 'CLAIM-2'].every((claim) => reads(claim) >= 3),
		);
		const { status } = await n8n.api.get<{ status: string }>(`/executions/${executionId}`);
		expect(status).toBe('running');

		sandbox.setInstructionStatus('CLAIM-2', 'CLAIM-2-1', 'FAILED');
		sandbox.setInstructionStatus('CLAIM-1', 'CLAIM-1-1', 'SETTLED');
		const run = await waitForEnd(n8n.api, executionId);

		expect(run.error ?? run.status).toBe('success');
		expect(run.output('Settled')).toMatchObject([
			{ orderRef: 'CLAIM-1', instructionRef: 'CLAIM-1-1', status: 'SETTLED', amount: 210 },
		]);
		const failed = run.output('Not Settled');
		expect(failed).toMatchObject([{ error: { outcome: 'failed', retryable: false } }]);
		const { message } = failed[0]?.error as { message: string };
		expect(message).toMatch(/"CLAIM-2-1".*ended with the status FAILED/);
		expect(sandbox.counts.byRoute).toMatchObject({ createOrder: 2, issueToken: 1 });
	});

	it('takes a payment that settles by itself, some time after it was made', async () => {
		imburse.sandbox.options.lifeCycle = [
			{ status: 'PROCESSING', afterMs: 1_000 },
			{ status: 'SETTLED', afterMs: 2_000 },
		];
		const run = await runOnce(n8n.api, payAndWait(['CLAIM-3']));

		expect(run.error ?? run.status).toBe('success');
		expect(run.output('Settled')).toMatchObject([{ orderRef: 'CLAIM-3', status: 'SETTLED' }]);
		expect(run.output('Not Settled')).toEqual([]);
		expect(reads('CLAIM-3')).toBeGreaterThan(2);
		expect(imburse.sandbox.counts.orders).toBe(1);
	});
});
