import { afterEach, describe, expect, it } from '@jest/globals';
import { EventEmitter, once } from 'node:events';
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
	await trigger.createOrder('CLAIM-1', ['I-1', 'I-2']);
	return trigger;
};

const EVENT = { eventType: 'INSTRUCTION', orderRef: 'CLAIM-1', instructionRef: 'I-1' };
const OTHER = { ...EVENT, instructionRef: 'I-2' };
const WAITING = { options: { respond: 'lastNode' } };

describe('an event that comes again', () => {
	it('gets a success response and starts nothing', async () => {
		const { post, runs } = await start();
		const first = await post(EVENT);
		const again = await post({ ...EVENT, deliveredTwice: true });
		expect([first.status, again.status]).toEqual([200, 200]);
		expect(runs()).toHaveLength(1);
	});

	it('starts the workflow again when the instruction has another status', async () => {
		const { post, runs, sandbox } = await start();
		await post(EVENT);
		sandbox.advance('SETTLED');
		await post(EVENT);
		expect(runs().map(([item]) => item?.status)).toEqual(['READY', 'SETTLED']);
	});

	it('late, with an older status, counts with the status that Imburse confirms', async () => {
		const { post, runs, sandbox } = await start();
		sandbox.advance('SETTLED');
		await post({ ...EVENT, status: 'PROCESSING' });
		await post({ ...EVENT, status: 'SETTLED' });
		expect(runs()).toHaveLength(1);
		expect(runs()[0]?.[0]?.status).toBe('SETTLED');
	});

	it('about something else of a settled instruction is not a duplicate', async () => {
		const { post, runs, sandbox, webhook } = await start({
			parameters: { verification: 'secretInHeader' },
		});
		sandbox.advance('SETTLED');
		const proved = { url: webhook.url, headers: { 'X-Webhook-Secret': SHARED_SECRET } };
		await post(EVENT, proved);
		await post({ ...EVENT, eventType: 'CHARGEBACK', eventId: 'E-1' }, proved);
		await post({ ...EVENT, eventType: 'CHARGEBACK', eventId: 'E-2' }, proved);
		await post({ ...EVENT, eventType: 'CHARGEBACK', eventId: 'E-2' }, proved);
		expect(runs().map(([item]) => item?.eventType)).toEqual([
			'INSTRUCTION',
			'CHARGEBACK',
			'CHARGEBACK',
		]);
	});

	it('with a thousand made-up types and IDs is one event, if nothing proves the origin', async () => {
		const { post, runs, sandbox } = await start();
		sandbox.advance('SETTLED');
		const flood = Array.from({ length: 1000 }, (_, index) => ({
			...EVENT,
			eventType: `X${index}`,
			eventId: String(index),
		}));
		expect((await post(flood)).status).toBe(200);
		expect(runs().flat()).toHaveLength(1);
		expect((await post({ ...EVENT, eventType: 'CHARGEBACK' })).status).toBe(401);
	});

	it('in one delivery with a new event leaves only the new event', async () => {
		const { post, runs } = await start();
		await post(EVENT);
		await post([EVENT, OTHER, OTHER]);
		expect(runs().map((items) => items.map(({ instructionRef }) => instructionRef))).toEqual([
			['I-1'],
			['I-2'],
		]);
	});

	it('is known in a new process from what n8n has stored', async () => {
		const { post, restart, runs } = await start();
		await post(EVENT);
		restart();
		await post(EVENT);
		expect(runs()).toHaveLength(1);
	});

	it('is sent by the sandbox three times at the same moment and starts one run', async () => {
		const { listen, runs, sandbox } = await start();
		listen({ copies: 3, concurrency: 3, redelivery: [5, 5, 5, 5, 5, 5] });
		sandbox.advance('SETTLED');
		await sandbox.webhooks.whenIdle();
		expect(sandbox.webhooks.unacknowledged).toEqual([]);
		expect(runs().map(([item]) => item?.instructionRef)).toEqual(['I-1', 'I-2']);
	});
});

describe.each(['1', '2'] as const)('what n8n %s has stored', (generation) => {
	const INSTRUCTIONS = ['I-1', 'I-2', 'I-3', 'I-4', 'I-5'];
	const event = (instructionRef?: string) => ({ ...EVENT, orderRef: 'CLAIM-2', instructionRef });

	const startWithFive = async (settings: TriggerSettings = {}) => {
		trigger = await startTrigger({ generation, ...settings });
		await trigger.createOrder('CLAIM-2', INSTRUCTIONS);
		const deliver = async (...refs: string[]) => {
			for (const ref of refs) expect((await trigger.post(event(ref))).status).toBe(200);
		};
		return { ...trigger, deliver };
	};

	it('tells each of several events in a new process, and in the one after that', async () => {
		const { deliver, restart, runs } = await startWithFive();
		await deliver('I-1', 'I-2', 'I-3');
		restart();
		await deliver('I-1', 'I-4', 'I-2', 'I-3');
		expect(runs()).toHaveLength(4);
		restart();
		await deliver('I-4', 'I-3', 'I-2', 'I-1');
		expect(runs()).toHaveLength(4);
		await deliver('I-5');
		restart();
		await deliver(...INSTRUCTIONS);
		expect(runs()).toHaveLength(5);
	});

	it('tells each event that came at the same moment as others', async () => {
		const { deliver, post, restart, runs } = await startWithFive();
		await deliver('I-1');
		await Promise.all(INSTRUCTIONS.map((ref) => post(event(ref))));
		restart();
		await deliver(...INSTRUCTIONS);
		expect(runs()).toHaveLength(5);
	});

	it('tells an event that came while another one was under way', async () => {
		const progress = new EventEmitter();
		const ended = once(progress, 'end');
		let isFirst = true;
		const { deliver, post, restart, runs } = await startWithFive({
			parameters: WAITING,
			fails: async () => {
				const waits = isFirst;
				isFirst = false;
				progress.emit('begin');
				if (waits) await ended;
				return false;
			},
		});
		const begun = once(progress, 'begin');
		const first = post(event('I-1'));
		await begun;
		await deliver('I-2', 'I-3');
		progress.emit('end');
		await first;
		restart();
		await deliver('I-2', 'I-3');
		expect((await post(event('I-1'))).status).toBe(503);
		expect(runs()).toHaveLength(3);
	});
});

describe('a caller that disconnects', () => {
	const slow = (sandbox: TriggerOnEngine['sandbox']) =>
		sandbox.setFaults([{ kind: 'delay', at: 'beforeWrite', ms: 300, route: 'getInstruction' }]);

	/** Posts, and disconnects during the look-up. */
	async function disconnect({ sandbox, url, webhook }: TriggerOnEngine): Promise<void> {
		const before = sandbox.requests.length;
		const caller = new AbortController();
		const body = JSON.stringify(EVENT);
		const call = fetch(url, { method: 'POST', body, signal: caller.signal }).catch(() => undefined);
		while (sandbox.requests.length === before) await setTimeout(5);
		caller.abort();
		await call;
		while (webhook.deliveries.length === 0) await setTimeout(5);
	}

	it('leaves an event that n8n has taken as delivered', async () => {
		const running = await start();
		slow(running.sandbox);
		await disconnect(running);
		expect((await running.post(EVENT)).status).toBe(200);
		expect(running.runs()).toHaveLength(1);
	});

	it('leaves an event that n8n could not take to the next call', async () => {
		const running = await start();
		slow(running.sandbox);
		running.webhook.startFailures = 1;
		await disconnect(running);
		expect((await running.post(EVENT)).status).toBe(200);
		expect(running.runs()).toHaveLength(1);
	});
});

describe('a delivery for which n8n could not start the workflow', () => {
	it('gets a failure response, and counts as not delivered', async () => {
		const { post, runs, webhook } = await start();
		webhook.startFailures = 1;
		expect((await post(EVENT)).status).toBe(500);
		expect(runs()).toEqual([]);
		expect((await post(EVENT)).status).toBe(200);
		expect(runs()).toHaveLength(1);
	});

	it('counts as not delivered in another process, too', async () => {
		const { post, restart, runs, webhook } = await start();
		webhook.startFailures = 1;
		await post(EVENT);
		restart();
		expect((await post(EVENT)).status).toBe(200);
		expect(runs()).toHaveLength(1);
	});
});

describe('Respond: When the Workflow Finishes', () => {
	it('responds to a failed workflow with a failure, and accepts the event when it comes again', async () => {
		let fails = true;
		const { post, webhook } = await start({ parameters: WAITING, fails: async () => fails });
		expect((await post(EVENT)).status).toBe(500);
		fails = false;
		expect((await post(EVENT)).status).toBe(200);
		expect((await post(EVENT)).status).toBe(200);
		expect(webhook.deliveries.filter(({ run }) => run !== undefined)).toHaveLength(2);
	});

	it('defers a duplicate as long as the workflow runs', async () => {
		const progress = new EventEmitter();
		const { log, post, runs } = await start({
			parameters: WAITING,
			fails: async () => {
				const ended = once(progress, 'end');
				progress.emit('begin');
				await ended;
				return false;
			},
		});
		const begun = once(progress, 'begin');
		const first = post(EVENT);
		await begun;
		const duplicate = await post(EVENT);
		expect(duplicate.status).toBe(503);
		expect(duplicate.headers.get('retry-after')).toBe('1');
		expect(log().join()).toMatch(/the event \S+ is being handled at this moment/);
		progress.emit('end');
		expect((await first).status).toBe(200);
		expect((await post(EVENT)).status).toBe(200);
		expect(runs()).toHaveLength(1);
	});

	it.each([
		['succeeded', false, 1],
		['failed', true, 2],
	])(
		'knows after its caller has disconnected that the workflow has %s',
		async (_, fails, count) => {
			const progress = new EventEmitter();
			let runs = 0;
			const running = await start({
				parameters: WAITING,
				fails: async () => {
					if (++runs > 1) return false;
					const ended = once(progress, 'end');
					progress.emit('begin');
					await ended;
					return fails;
				},
			});
			const begun = once(progress, 'begin');
			const caller = new AbortController();
			const body = JSON.stringify(EVENT);
			const call = fetch(running.url, { method: 'POST', body, signal: caller.signal });
			const disconnected = expect(call).rejects.toThrow('aborted');
			await begun;
			caller.abort();
			await disconnected;
			expect((await running.post(EVENT)).status).toBe(503);
			progress.emit('end');
			while (running.webhook.deliveries.length === 0) await setTimeout(5);
			while ((await running.post(EVENT)).status === 503) await setTimeout(5);
			expect((await running.post(EVENT)).status).toBe(200);
			expect(runs).toBe(count);
		},
	);

	it('keeps the event pending for another process that may still run the workflow', async () => {
		const { post, restart, runs } = await start({ parameters: WAITING });
		await post(EVENT);
		restart();
		const response = await post(EVENT);
		expect(response.status).toBe(503);
		expect(runs()).toHaveLength(1);
	});
});
