import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startManually, waitForEnd } from '../../../tools/n8n/execution.mts';
import {
	importExample,
	sharedN8n,
	startImburse,
	waitUntil,
	withParameters,
	withPinned,
	type TestImburse,
	type TestN8n,
} from '../harness/index.mts';

/** n8n stores a wait that is longer than 65 seconds, and looks for those that are over once a minute. */
const STORED_WAIT_SECONDS = 70;
const LIMIT_MS = 200_000;
const CLAIM = 'CLAIM-2026-000418';

let n8n: TestN8n;
let imburse: TestImburse;

beforeAll(async () => {
	n8n = await sharedN8n();
	imburse = await startImburse(n8n.api);
});

afterAll(() => imburse.stop());

it('goes on after a restart and a failed read, and pays once', async () => {
	const example = await importExample(n8n.api, 'pay-and-wait', imburse);
	const { id } = await example.copy((workflow) =>
		withParameters(workflow, 'Wait Six Hours', {
			amount: `={{ $runIndex === 0 ? ${STORED_WAIT_SECONDS} : 1 }}`,
			unit: 'seconds',
		}),
	);
	const execution = await startManually(n8n.api, id, 'When clicking ‘Execute workflow’');
	await waitUntil('n8n keeps the run', async () => {
		const { status } = await n8n.api.get<{ status: string }>(`/executions/${execution}`);
		return status === 'waiting';
	});
	await n8n.restart();

	const { sandbox } = imburse;
	const reads = () => sandbox.counts.byRoute.getInstruction ?? 0;
	const before = reads();
	await waitUntil('two looks find it open', () => reads() >= before + 2, LIMIT_MS);
	sandbox.setFaults([
		{ kind: 'answer', at: 'beforeWrite', status: 403, body: 'html', route: 'getInstruction' },
	]);
	await waitUntil('one look has failed', () => sandbox.counts.faulted > 0, LIMIT_MS);
	sandbox.clearFaults();
	sandbox.advance('SETTLED');

	const run = await waitForEnd(n8n.api, execution, LIMIT_MS);
	expect(run.error ?? run.status).toBe('success');
	expect(run.output('Paid')).toEqual([
		expect.objectContaining({ orderRef: CLAIM, instructionRef: CLAIM, status: 'SETTLED' }),
	]);
	expect(run.runs('Pay the Claim')).toBe(1);
	expect(run.runs('Read the Payment')).toBeGreaterThan(2);
	expect(sandbox.store.orders.map(({ orderRef }) => orderRef)).toEqual([CLAIM]);
	expect(sandbox.counts.byRoute.createOrder).toBe(1);
});

it('follows several payments to their end, also one that could not be read', async () => {
	imburse.sandbox.reset();
	const [open, hidden] = ['CLM-OPEN', 'CLM-HIDDEN'];
	const example = await importExample(n8n.api, 'pay-and-wait', imburse);
	const { id } = await example.copy((workflow) =>
		withPinned(
			withParameters(workflow, 'Wait Six Hours', { amount: 1, unit: 'seconds' }),
			'Claim to Pay',
			[open, hidden].map((claimNumber) => ({
				...{ claimNumber, customerNumber: 'CUST-1', amount: '10.00' },
				...{ currency: 'EUR', country: 'IE' },
			})),
		),
	);
	const { sandbox } = imburse;
	const reads = (ref: string) =>
		sandbox.requests.filter(({ name, path }) => name === 'getInstruction' && path.includes(ref));
	const faults: Parameters<typeof sandbox.setFaults>[0] = [
		{
			...{ kind: 'answer', at: 'beforeWrite', status: 403, body: 'html' },
			...{ route: 'getInstruction', reference: hidden },
		},
	];
	sandbox.setFaults(faults);
	const execution = await startManually(n8n.api, id, 'When clicking ‘Execute workflow’');
	await waitUntil('one look has failed', () => sandbox.counts.faulted > 0, LIMIT_MS);
	sandbox.clearFaults();
	const [before, seen] = [reads(hidden).length, reads(open).length];
	await waitUntil(
		'both were read again',
		() => reads(open).length >= seen + 2 && reads(hidden).length > before,
		LIMIT_MS,
	);
	sandbox.advance('SETTLED');

	const run = await waitForEnd(n8n.api, execution, LIMIT_MS);
	expect(run.error ?? run.status).toBe('success');
	const paid = run.output('Paid').map(({ orderRef }) => orderRef);
	expect(paid.sort()).toEqual([hidden, open]);
});
