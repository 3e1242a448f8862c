import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { setTimeout } from 'node:timers/promises';
import type { Fault } from '../../../sandbox/index.mts';
import type { RunResult } from '../harness/index.mts';
import {
	CREDENTIAL_ID,
	NODE_TYPE,
	startImburse,
	type ImburseOnEngine,
	type RunSettings,
} from '../support/imburse.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const CREATE: INodeParameters = {
	resource: 'paymentOrder',
	operation: 'create',
	orderRef: '={{ $json.ref }}',
};

let imburse: ImburseOnEngine;

beforeEach(async () => {
	imburse = await startImburse();
});

afterEach(async () => {
	await imburse.stop();
});

function items(count: number): IDataObject[] {
	return Array.from({ length: count }, (_, index) => ({ ref: `CLAIM-${index}` }));
}

async function create(count: number, settings: RunSettings = {}, options: INodeParameters = {}) {
	return await imburse.run({ ...CREATE, options }, { items: items(count), ...settings });
}

function outcomesOf(run: RunResult): unknown[] {
	return run.failed.map(({ json }) => (json.error as IDataObject).outcome);
}

const refusedFor = (reference: string): Fault => ({
	kind: 'answer',
	at: 'beforeWrite',
	status: 403,
	reference,
});

describe('without Continue On Fail', () => {
	it('the first failure stops new calls, and the error lists what became of the rest', async () => {
		imburse.sandbox.setFaults([refusedFor('CLAIM-1')]);
		const run = await create(6, {}, { maxConcurrency: 1 });
		expect(run.error?.message).toMatch(/Payment Order "CLAIM-1".*item 2/);
		expect(run.error?.description).toContain('Done: Payment Order "CLAIM-0".');
		expect(run.error?.description).toContain('Failed: Payment Order "CLAIM-1".');
		expect(run.error?.description).toMatch(/Not sent: Payment Order "CLAIM-2", .*"CLAIM-5"\./);
		expect(imburse.sandbox.store.orders.map(({ orderRef }) => orderRef)).toEqual(['CLAIM-0']);
	});

	it('what is in flight is brought to its end and named', async () => {
		imburse.sandbox.setFaults([
			refusedFor('CLAIM-9'),
			{ kind: 'delay', at: 'beforeWrite', ms: 100, reference: 'CLAIM-8' },
		]);
		const run = await create(200);
		const made = imburse.sandbox.store.orders.map(({ orderRef }) => orderRef);
		expect(made).toContain('CLAIM-8');
		expect(made.length).toBeLessThan(200);
		const done = /Done: ([^.]*)\./.exec(run.error?.description ?? '')?.[1] ?? '';
		expect(done.split(', ').sort()).toEqual(made.map((ref) => `Payment Order "${ref}"`).sort());
	});
});

describe('in every mode the run ends', () => {
	const ERROR_OUTPUT: RunSettings = { onError: 'continueErrorOutput' };

	it('after three unknown outcomes in a row', async () => {
		imburse.sandbox.setFaults([
			{ kind: 'answer', at: 'beforeWrite', status: 500, route: ['createOrder', 'getOrder'] },
		]);
		const run = await create(6, ERROR_OUTPUT, { maxConcurrency: 1 });
		expect(outcomesOf(run)).toEqual([
			'unknown',
			'unknown',
			'unknown',
			'notSent',
			'notSent',
			'notSent',
		]);
	}, 15_000);

	it('when the host cannot be reached', async () => {
		imburse.engine.credentials.change(CREDENTIAL_ID, { baseUrl: 'http://127.0.0.1:9' });
		expect(outcomesOf(await create(3, ERROR_OUTPUT))).toEqual(['notSent', 'notSent', 'notSent']);
	});

	it('when the keys are refused', async () => {
		imburse.engine.credentials.change(CREDENTIAL_ID, {
			privateKey: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
		});
		const run = await create(3, ERROR_OUTPUT);
		expect(outcomesOf(run)).toEqual(['notSent', 'notSent', 'notSent']);
		expect(imburse.sandbox.tokenCalls).toBe(1);
	});

	it('but goes on after failures that say nothing of the other items', async () => {
		imburse.sandbox.setFaults([
			refusedFor('CLAIM-1'),
			refusedFor('CLAIM-2'),
			refusedFor('CLAIM-3'),
		]);
		const run = await create(6, ERROR_OUTPUT);
		expect(outcomesOf(run)).toEqual(['rejected', 'rejected', 'rejected']);
		expect(run.success).toHaveLength(3);
	});
});

describe('when the user stops the run', () => {
	function start(settings: RunSettings = {}) {
		const { items: given, ...node } = { items: items(20), ...settings };
		return imburse.engine.start({
			items: given,
			node: {
				type: NODE_TYPE,
				credentials: { imburseApi: CREDENTIAL_ID },
				parameters: { ...CREATE, options: { maxConcurrency: 2 } },
				...node,
			},
		});
	}

	const inFlight = (reference: string): Fault => ({
		kind: 'delay',
		at: 'beforeWrite',
		ms: 300,
		reference,
	});

	async function received(count: number): Promise<void> {
		const orders = () => imburse.sandbox.counts.byRoute.createOrder ?? 0;
		while (orders() < count) await setTimeout(5);
	}

	it('nothing more is sent, and the log names what was', async () => {
		imburse.sandbox.setFaults([refusedFor('CLAIM-1'), inFlight('CLAIM-3'), inFlight('CLAIM-4')]);
		const running = start({ onError: 'continueErrorOutput' });
		await received(5);
		running.stop();
		const run = await running.result;
		await setTimeout(500);
		expect(imburse.sandbox.counts.byRoute.createOrder).toBe(5);
		const log = run.log.find((line) => /execution \S+ was stopped/.test(line));
		expect(log).toMatch(/ Done: Payment Order "CLAIM-0"/);
		expect(log).toMatch(/ Failed: Payment Order "CLAIM-1"\. Unknown: none\./);
		expect(log).toMatch(/ In flight: Payment Order "CLAIM-3", Payment Order "CLAIM-4"\./);
		expect(log).toMatch(/ Not sent: Payment Order "CLAIM-5", .*"CLAIM-19"\./);
	});

	it('a wait ends long before its time', async () => {
		imburse.sandbox.setFaults([
			{
				kind: 'answer',
				at: 'beforeWrite',
				status: 429,
				route: 'createOrder',
				retryAfter: { seconds: 60, as: 'seconds' },
			},
		]);
		const running = start();
		await received(1);
		await setTimeout(50);
		running.stop();
		// Imburse asked for a minute, which is longer than this test may take.
		await running.result;
		expect(imburse.sandbox.counts.byRoute.createOrder).toBe(1);
	});

	it('a try that begins after the stop sends nothing', async () => {
		imburse.sandbox.setFaults([refusedFor('CLAIM-0')]);
		const running = start({ retryOnFail: true, maxTries: 5, waitBetweenTries: 200 });
		await received(1);
		await setTimeout(50);
		running.stop();
		await running.result;
		const sent = imburse.sandbox.counts.byRoute.createOrder;
		expect(sent).toBeLessThanOrEqual(2);
		await setTimeout(600);
		expect(imburse.sandbox.counts.byRoute.createOrder).toBe(sent);
	});
});
