import { afterEach, describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import type { Fault, SandboxOptions } from '../../../sandbox/index.mts';
import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const CREATE: INodeParameters = {
	resource: 'paymentOrder',
	operation: 'create',
	orderRef: '={{ $json.ref }}',
};

let imburse: ImburseOnEngine;

afterEach(async () => {
	await imburse.stop();
});

async function start(faults: Fault[], options: Partial<SandboxOptions> = {}): Promise<void> {
	imburse = await startImburse({ sandbox: { faults, ...options } });
}

async function create(count: number, options: INodeParameters = {}) {
	const items = Array.from({ length: count }, (_, index) => ({ ref: `CLAIM-${index}` }));
	return await imburse.run({ ...CREATE, options }, { items, onError: 'continueErrorOutput' });
}

function refsOf(run: Awaited<ReturnType<typeof create>>): unknown[] {
	return run.success.map(({ json }) => json.orderRef);
}

const underWay = () =>
	imburse.sandbox.requests.filter(({ name, status }) => name === 'createOrder' && status === null)
		.length;

const inOrder = (count: number) => Array.from({ length: count }, (_, index) => `CLAIM-${index}`);

describe('the pace', () => {
	it('keeps order and pairing while several are in flight', async () => {
		await start([{ kind: 'delay', at: 'afterWrite', ms: 60, calls: { probability: 0.3 } }]);
		const run = await create(40);
		expect(refsOf(run)).toEqual(inOrder(40));
		expect(run.success.map(({ pairedItem }) => pairedItem)).toEqual(
			inOrder(40).map((_, item) => ({ item })),
		);
	});

	it('grows until many calls are under way at once', async () => {
		await start([{ kind: 'delay', at: 'beforeWrite', ms: 100, route: 'createOrder' }]);
		let most = 0;
		const running = create(150);
		const watch = setInterval(() => (most = Math.max(most, underWay())), 5);
		const run = await running;
		clearInterval(watch);
		expect(run.success).toHaveLength(150);
		expect(most).toBeGreaterThanOrEqual(8);
	});

	it.each([1, 3])('never has more than %d calls in flight where the user says so', async (most) => {
		await start([{ kind: 'delay', at: 'beforeWrite', ms: 30, route: 'createOrder' }]);
		const run = await create(12, { maxConcurrency: most });
		expect(run.success).toHaveLength(12);
		expect(run.milliseconds).toBeGreaterThanOrEqual((12 / most) * 30);
	});

	it('goes by the least of the limits where items set it differently', async () => {
		await start([{ kind: 'delay', at: 'beforeWrite', ms: 30, route: 'createOrder' }]);
		const run = await create(12, { maxConcurrency: '={{ $json.ref === "CLAIM-7" ? 1 : 50 }}' });
		expect(run.success).toHaveLength(12);
		expect(run.milliseconds).toBeGreaterThanOrEqual(12 * 30);
	});

	it.each<[string, Fault]>([
		['seconds', { kind: 'rateLimit', perSecond: 50, burst: 50, retryAfter: 'seconds' }],
		['a date', { kind: 'rateLimit', perSecond: 50, burst: 50, retryAfter: 'date' }],
		['nothing', { kind: 'rateLimit', perSecond: 50, burst: 50 }],
	])(
		'loses nothing to a limit that tells %s',
		async (_, limit) => {
			await start([limit]);
			const run = await create(100);
			expect(refsOf(run)).toEqual(inOrder(100));
			expect(imburse.sandbox.counts.orders).toBe(100);
		},
		20_000,
	);

	it('gives up on a limit that lets nothing through for an hour, and sends no more', async () => {
		await start([
			{
				kind: 'answer',
				at: 'beforeWrite',
				status: 429,
				route: 'createOrder',
				retryAfter: { seconds: 3600, as: 'seconds' },
			},
		]);
		const run = await create(3);
		const errors = run.failed.map(({ json }) => json.error);
		expect(errors).toMatchObject([
			{ outcome: 'rejected', httpStatus: 429, retryable: true },
			{ outcome: 'notSent' },
			{ outcome: 'notSent' },
		]);
		expect(imburse.sandbox.counts.byRoute.createOrder).toBe(1);
	});

	it.each(['1', '2'] as const)(
		'calls for a token again when that came too soon, on n8n %s',
		async (generation) => {
			const tooSoon = {
				kind: 'answer',
				at: 'beforeWrite',
				status: 429,
				route: 'issueToken',
			} as const;
			imburse = await startImburse({
				generation,
				sandbox: {
					faults: [
						{ ...tooSoon, calls: { from: 1, to: 3 }, retryAfter: { seconds: 1, as: 'seconds' } },
					],
				},
			});
			const run = await create(100);
			expect(refsOf(run)).toEqual(inOrder(100));
			expect(imburse.sandbox.counts.orders).toBe(100);
			// Not one for each of the items that wait for the token.
			expect(imburse.sandbox.counts.byRoute.issueToken).toBeLessThanOrEqual(5);
		},
		20_000,
	);

	it('gives up on a token that is refused for an hour, and sends nothing', async () => {
		await start([
			{
				kind: 'answer',
				at: 'beforeWrite',
				status: 429,
				route: 'issueToken',
				retryAfter: { seconds: 3600, as: 'seconds' },
			},
		]);
		const run = await create(3);
		expect(run.failed.map(({ json }) => json.error)).toMatchObject([
			{ outcome: 'notSent', httpStatus: 429, retryable: true },
			{ outcome: 'notSent' },
			{ outcome: 'notSent' },
		]);
		expect(imburse.sandbox.counts.byRoute).toEqual({ issueToken: 1 });
	});

	it('lets instructions be waited for side by side', async () => {
		await start([{ kind: 'instructionLate', after: { reads: 3 } }]);
		const items = Array.from({ length: 10 }, (_, index) => ({ ref: `CLAIM-${index}` }));
		const instruction = {
			instructionRef: '={{ $json.ref }}-1',
			customerRef: 'CUST-1',
			direction: 'CREDIT',
			amount: '10.00',
			currency: 'EUR',
			country: 'DE',
			schemeId: { __rl: true, mode: 'id', value: imburse.sandbox.options.schemeIds.payout },
		};
		const run = await imburse.run(
			{ ...CREATE, instructions: { instruction: [instruction] } },
			{ items },
		);
		expect(run.success.map(({ json }) => json.result)).toEqual(Array(10).fill('created'));
		const reads = imburse.sandbox.requests
			.filter(({ name }) => name === 'getInstruction')
			.map(({ path }) => path.split('/').at(-1));
		expect(reads.indexOf('CLAIM-1-1')).toBeLessThan(reads.lastIndexOf('CLAIM-0-1'));
	});
});

describe('the pace of several runs', () => {
	const slow: Fault = { kind: 'delay', at: 'beforeWrite', ms: 60, route: 'createOrder' };
	const items = (run: number) =>
		Array.from({ length: 15 }, (_, index) => ({ ref: `CLAIM-${run}-${index}` }));
	const runs = async (count: number, options: INodeParameters) =>
		await Promise.all(
			Array.from({ length: count }, async (_, run) =>
				imburse.run({ ...CREATE, options }, { items: items(run) }),
			),
		);

	it('keeps to one Max Concurrency for all of them together', async () => {
		await start([slow]);
		let most = 0;
		const watch = setInterval(() => (most = Math.max(most, underWay())), 5);
		const results = await runs(4, { maxConcurrency: 3 });
		clearInterval(watch);
		expect(results.map(({ success }) => success.length)).toEqual([15, 15, 15, 15]);
		expect(most).toBe(3);
	});

	it('is not held up by a run that failed', async () => {
		await start([
			{ kind: 'answer', at: 'beforeWrite', status: 403, route: 'createOrder', calls: { next: 2 } },
		]);
		const [failed] = await runs(1, { maxConcurrency: 1 });
		expect(failed!.error).toBeDefined();
		imburse.sandbox.clearFaults();
		const [run] = await runs(1, { maxConcurrency: 1 });
		expect(run!.success).toHaveLength(15);
	});
});

describe('the token', () => {
	it('is fetched once by a run of many items', async () => {
		await start([{ kind: 'newestTokenOnly' }]);
		expect((await create(60)).success).toHaveLength(60);
		expect(imburse.sandbox.tokenCalls).toBe(1);
	});

	it('is fetched once for each time it ends, also where only the newest one counts', async () => {
		await start([{ kind: 'newestTokenOnly' }, { kind: 'tokenUses', uses: 40 }]);
		const run = await create(100);
		expect(refsOf(run)).toEqual(inOrder(100));
		expect(imburse.sandbox.tokenCalls).toBe(3);
		expect(imburse.sandbox.counts.orders).toBe(100);
	});

	it('is not fetched again and again where the keys are refused', async () => {
		await start([], { privateKey: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' });
		imburse.engine.credentials.change('imburse-credential', {
			privateKey: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=',
		});
		const run = await create(20);
		expect(run.failed).toHaveLength(20);
		expect(imburse.sandbox.tokenCalls).toBe(1);
	});
});
