import { afterEach, describe, expect, it } from '@jest/globals';
import { setTimeout } from 'node:timers/promises';

import {
	SHARED_SECRET,
	startTrigger,
	type TriggerOnEngine,
	type TriggerSettings,
} from '../support/trigger.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

let trigger: TriggerOnEngine;
afterEach(() => trigger.stop());

const start = async (settings: TriggerSettings = {}) => {
	trigger = await startTrigger(settings);
	return trigger;
};

const EVENT = { eventType: 'INSTRUCTION', orderRef: 'CLAIM-1', instructionRef: 'I-1' };

const refs = (count: number) => Array.from({ length: count }, (_, index) => `I-${index}`);

/** The requests that read an instruction, or an order. */
function lookUps({ sandbox }: TriggerOnEngine) {
	return sandbox.requests.filter(
		({ method, path }) => method === 'GET' && path.includes('/order-management/'),
	);
}

/** Orders with 50 instructions each, all of them settled. */
async function settledOrders(count: number, settings: TriggerSettings = {}) {
	const started = await start(settings);
	for (let order = 0; order < count; order++) await started.createOrder(`CLAIM-${order}`, refs(50));
	return started;
}

const TEN_MINUTES = 600_000;

describe('a settlement day, with every option at its default', () => {
	it(
		'of 500 payments, each told in a call of its own at the same moment, is taken and confirmed',
		async () => {
			const { listen, runs, sandbox } = await settledOrders(10);
			const before = lookUps(trigger).length;
			listen({ maximumBatchSize: 1 });
			sandbox.advance('SETTLED');
			await sandbox.webhooks.whenIdle();
			const items = runs().flat();
			expect(items).toHaveLength(500);
			expect(items.every(({ status, confirmed }) => status === 'SETTLED' && confirmed)).toBe(true);
			expect(sandbox.webhooks.unacknowledged).toEqual([]);
			// Each instruction once, and each of the ten orders every two seconds.
			expect(lookUps(trigger).length - before).toBeLessThan(700);
		},
		TEN_MINUTES,
	);

	it.each([
		['with Retry-After', { retryAfter: 'seconds' as const }],
		['without', {}],
	])(
		'is taken where Imburse limits the rate, %s',
		async (_, retryAfter) => {
			const { listen, runs, sandbox } = await settledOrders(4);
			sandbox.setFaults([{ kind: 'rateLimit', perSecond: 20, burst: 20, ...retryAfter }]);
			listen({ maximumBatchSize: 1 });
			sandbox.advance('SETTLED');
			await sandbox.webhooks.whenIdle();
			expect(runs().flat()).toHaveLength(200);
			expect(sandbox.webhooks.unacknowledged).toEqual([]);
		},
		TEN_MINUTES,
	);

	it(
		'in calls of a hundred events, each of them twice, is taken once',
		async () => {
			const { listen, runs, sandbox } = await settledOrders(6);
			listen({ maximumBatchSize: 100, copies: 2, redelivery: [1000, 1000] });
			sandbox.advance('SETTLED');
			await sandbox.webhooks.whenIdle();
			expect(runs().flat()).toHaveLength(300);
			expect(sandbox.webhooks.unacknowledged).toEqual([]);
		},
		TEN_MINUTES,
	);
});

describe('a call of an unproved sender', () => {
	it('that names 400 real instructions is refused without a look-up, and the next event is taken', async () => {
		const { log, post, runs } = await settledOrders(8);
		const before = lookUps(trigger).length;
		const named = Array.from({ length: 400 }, (_, index) => ({
			orderRef: `CLAIM-${index % 8}`,
			instructionRef: `I-${Math.floor(index / 8)}`,
		}));
		expect((await post(named)).status).toBe(413);
		expect(log()[0]).toContain('refused a call with 413: it names 400 instructions');
		expect(lookUps(trigger)).toHaveLength(before);
		expect((await post({ ...EVENT })).status).toBe(200);
		expect(runs()).toHaveLength(1);
	});

	it('is taken whole from a proved one', async () => {
		const { post, runs, webhook } = await settledOrders(3, {
			parameters: { verification: 'secretInHeader' },
		});
		const named = Array.from({ length: 150 }, (_, index) => ({
			orderRef: `CLAIM-${index % 3}`,
			instructionRef: `I-${Math.floor(index / 3)}`,
		}));
		const headers = { 'X-Webhook-Secret': SHARED_SECRET };
		expect((await post(named, { url: webhook.url, headers })).status).toBe(200);
		expect(runs()[0]).toHaveLength(150);
	});

	it('about what Imburse does not have costs one look-up a minute, and keeps nobody out', async () => {
		const { createOrder, post, runs } = await start();
		await createOrder('CLAIM-1');
		const forged = { ...EVENT, orderRef: 'CLAIM-2' };
		expect((await post(forged)).status).toBe(401);
		const before = lookUps(trigger).length;
		const again = await Promise.all(Array.from({ length: 50 }, async () => await post(forged)));
		expect(again.map(({ status }) => status)).toEqual(Array(50).fill(503));
		expect(again[0]?.headers.get('retry-after')).toMatch(/^\d+$/);
		expect(lookUps(trigger)).toHaveLength(before);
		expect((await post(EVENT)).status).toBe(200);
		expect(runs()).toHaveLength(1);
	});

	it('about a payment that is made only afterwards does not keep its event out for good', async () => {
		const { createOrder, post, runs } = await start();
		expect((await post(EVENT)).status).toBe(401);
		await createOrder('CLAIM-1');
		const early = await post(EVENT);
		expect(early.status).toBe(503);
		const { setTimeout } = globalThis;
		const seconds = Number(early.headers.get('retry-after'));
		await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
		expect((await post(EVENT)).status).toBe(200);
		expect(runs()).toHaveLength(1);
	});

	it('waits beyond Max Look-Ups per Minute, and is refused when two minutes of look-ups wait', async () => {
		const { createOrder, post, runs } = await start({
			parameters: { options: { maxLookups: 4, readsOrder: false } },
		});
		await createOrder('CLAIM-1', refs(12));
		const before = lookUps(trigger).length;
		const started = Date.now();
		const posted = await Promise.all(
			refs(12).map(async (instructionRef) => await post({ ...EVENT, instructionRef })),
		);
		const taken = posted.filter(({ status }) => status === 200);
		expect(taken.length).toBeGreaterThanOrEqual(6);
		expect(runs()).toHaveLength(taken.length);
		expect(lookUps(trigger).length - before).toBe(taken.length);
		expect(Date.now() - started).toBeGreaterThan(60_000);
		for (const { status, headers } of posted.filter((each) => !taken.includes(each))) {
			expect(status).toBe(503);
			expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(10);
		}
	});
});

describe('a forged call about a payment that has really settled', () => {
	const forged = {
		...EVENT,
		status: 'SETTLED',
		eventType: 'FORGED',
		amount: '1.00',
		note: 'FORGED',
	};
	const genuine = { ...EVENT, status: 'SETTLED', correlationId: 'GENUINE', note: 'GENUINE' };

	/** The item without what only its sender said, and without the moment at which it came. */
	function confirmedPart(items: ReturnType<TriggerOnEngine['runs']>[number] | undefined) {
		const { unconfirmed, receivedAt, ...confirmed } = items?.[0] ?? {};
		expect(unconfirmed).toBeInstanceOf(Object);
		expect(receivedAt).toEqual(expect.any(String));
		return confirmed;
	}

	it.each(['secretInUrl', 'none'])(
		'starts with %s the very run that the genuine event would have started, and only one',
		async (verification) => {
			const { createOrder, post, runs, sandbox } = await start({ parameters: { verification } });
			await createOrder('CLAIM-1', ['I-1', 'I-2'], { claimNumber: 'C-1' });
			sandbox.advance('SETTLED');
			const second = { instructionRef: 'I-2' };
			for (const event of [forged, genuine]) expect((await post(event)).status).toBe(200);
			for (const event of [genuine, forged]) {
				expect((await post({ ...event, ...second })).status).toBe(200);
			}
			expect(runs()).toHaveLength(2);
			const [forgedFirst, genuineFirst] = runs().map(confirmedPart);
			const asFirst = JSON.stringify(genuineFirst).replaceAll('I-2', 'I-1');
			expect(JSON.stringify(forgedFirst)).toBe(asFirst);
			expect(asFirst).not.toMatch(/FORGED|GENUINE/);
		},
	);

	it('too early uses up nothing: the settlement comes through', async () => {
		const { createOrder, post, runs, sandbox } = await start();
		await createOrder('CLAIM-1');
		expect((await post(forged)).status).toBe(503);
		expect((await post({ ...forged, status: 'READY' })).status).toBe(200);
		sandbox.advance('SETTLED');
		expect((await post(genuine)).status).toBe(200);
		expect(runs().map(([item]) => item?.status)).toEqual(['READY', 'SETTLED']);
	});

	it('whose run fails leaves the genuine event new', async () => {
		let failures = 1;
		const { createOrder, post, runs, sandbox } = await start({
			parameters: { options: { respond: 'lastNode' } },
			fails: async () => failures-- > 0,
		});
		await createOrder('CLAIM-1');
		sandbox.advance('SETTLED');
		expect((await post(forged)).status).toBe(500);
		expect((await post(genuine)).status).toBe(200);
		expect(runs()).toHaveLength(2);
	});

	it('together with an untrue event marks nothing', async () => {
		const { createOrder, post, runs, sandbox } = await start();
		await createOrder('CLAIM-1');
		sandbox.advance('SETTLED');
		expect((await post([forged, { ...forged, instructionRef: 'I-9' }])).status).toBe(401);
		expect((await post(genuine)).status).toBe(200);
		expect(runs()).toHaveLength(1);
	});
});

describe('a credential that is changed', () => {
	it('counts for the very next call', async () => {
		const { createOrder, engine, post, runs } = await start();
		await createOrder('CLAIM-1');
		expect((await post(EVENT)).status).toBe(200);
		engine.credentials.change('imburse-credential', {
			webhookSharedSecret: 'another-long-secret-of-our-own',
		});
		expect((await post(EVENT)).status).toBe(401);
		expect(runs()).toHaveLength(1);
	});

	it('by nothing but its token costs a refused call no further look-up, while others are at work', async () => {
		const started = deferred();
		const end = deferred();
		const settings = {
			parameters: { options: { respond: 'lastNode' } },
			fails: async () => {
				started.resolve();
				await end.promise;
				return false;
			},
		};
		const { createOrder, engine, post, sandbox } = await start(settings);
		await createOrder('CLAIM-1');
		sandbox.advance('SETTLED');
		const first = post(EVENT);
		await started.promise;
		engine.credentials.change('imburse-credential', { accessToken: 'another' });
		const before = lookUps(trigger).length;
		const second = await post({ ...EVENT, instructionRef: 'I-9' });
		end.resolve();
		expect([second.status, (await first).status]).toEqual([401, 200]);
		// The order has just been read.
		expect(lookUps(trigger).length - before).toBe(1);
	});

	it('lets in the new secret at once, and the old one for no more than a second', async () => {
		const started = [deferred(), deferred()];
		const end = deferred();
		let runCount = 0;
		const { engine, post, runs, webhook } = await start({
			parameters: { confirm: false, options: { respond: 'lastNode' } },
			fails: async () => {
				started[runCount++]?.resolve();
				await end.promise;
				return false;
			},
		});
		const first = post(EVENT);
		await started[0]?.promise;
		const secret = 'another-long-secret-of-our-own';
		engine.credentials.change('imburse-credential', { webhookSharedSecret: secret });
		const url = `${webhook.url}?secret=${secret}`;
		const second = post({ ...EVENT, instructionRef: 'I-2' }, { url });
		await started[1]?.promise;
		await setTimeout(1_000);
		const third = await post({ ...EVENT, instructionRef: 'I-3' });
		end.resolve();
		const statuses = [await first, await second, third].map(({ status }) => status);
		expect(statuses).toEqual([200, 200, 401]);
		expect(runs()).toHaveLength(2);
	});
});

function deferred() {
	let resolve = () => {};
	const promise = new Promise<void>((done) => (resolve = done));
	return { promise, resolve };
}
