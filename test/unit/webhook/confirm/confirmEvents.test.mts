import { describe, expect, it } from '@jest/globals';
import type { Connection } from '../../../../nodes/Imburse/api/connection.ts';
import type { HttpResponse } from '../../../../nodes/Imburse/api/http.ts';
import { confirmEvents } from '../../../../nodes/Imburse/webhook/confirm/confirmEvents.ts';
import { timeSlice } from '../../../../nodes/Imburse/n8n/timeSlice.ts';
import { LookUpQueue } from '../../../../nodes/Imburse/webhook/confirm/lookUpQueue.ts';
import { readEvent } from '../../../../nodes/Imburse/webhook/events/event.ts';
import { useIdleClock } from '../../../support/idleClock.mts';
import { answer, credential, errorAnswer, SANDBOX_URL } from '../../api/fixtures.mts';

useIdleClock();

type Script = (path: string) => HttpResponse | Error;

const SETTLED = { status: 'SETTLED', amount: '10.00', metadata: { line: '1' } };
const ORDER = { orderRef: 'O-1', metadata: { claim: '17' } };

/** Settled instructions of orders with metadata. */
const settled: Script = (path) => answer(200, path.includes('/instruction/') ? SETTLED : ORDER);

const OPTIONS = {
	isOriginProved: false,
	readsOrder: true,
	lookUpsPerMinute: 1200,
	bytes: 100,
	giveWay: timeSlice(),
};

async function confirm(
	script: Script,
	payloads: Array<Record<string, unknown>>,
	options: Partial<typeof OPTIONS> = {},
	queue = new LookUpQueue(),
) {
	const requests: string[] = [];
	const connection: Connection = {
		credential: credential(),
		baseUrl: SANDBOX_URL,
		send: async ({ url, method }) => {
			requests.push(`${method} ${url.slice(SANDBOX_URL.length)}`);
			const reply = script(url.slice(SANDBOX_URL.length));
			if (reply instanceof Error) throw reply;
			return reply;
		},
	};
	const events = payloads.map((payload) => readEvent(payload, {}));
	return {
		requests,
		result: await confirmEvents(connection, queue, events, { ...OPTIONS, ...options }),
	};
}

const NAMED = {
	orderRef: 'O-1',
	instructionRef: 'I-1',
	status: 'READY',
	metadata: { forged: 'x' },
};
const READ_INSTRUCTION = 'GET /v1/order-management/O-1/instruction/I-1';
const READ_ORDER = 'GET /v1/order-management/O-1';

describe('an event that names an instruction', () => {
	it('is output as Imburse holds it', async () => {
		const { requests, result } = await confirm(settled, [NAMED]);
		expect(requests).toEqual([READ_INSTRUCTION, READ_ORDER]);
		expect(result).toMatchObject({
			kind: 'accepted',
			events: [
				{ confirmed: true, event: { status: 'SETTLED', metadata: { claim: '17', line: '1' } } },
			],
		});
		expect(JSON.stringify(result)).not.toContain('"status":"READY","failureReason"');
	});

	it('brings metadata of its own only if its origin is proved', async () => {
		const metadataWith = async (isOriginProved: boolean) => {
			const { result } = await confirm(settled, [NAMED], { isOriginProved });
			return result.kind === 'accepted' ? result.events[0]?.event.metadata : undefined;
		};
		expect(await metadataWith(false)).toEqual({ claim: '17', line: '1' });
		expect(await metadataWith(true)).toEqual({ claim: '17', line: '1', forged: 'x' });
	});

	it('needs no order if its metadata is not wanted', async () => {
		const { requests } = await confirm(settled, [NAMED], { readsOrder: false });
		expect(requests).toEqual([READ_INSTRUCTION]);
	});

	it('is looked up once, however many events name it', async () => {
		const other = { ...NAMED, instructionRef: 'I-2' };
		const { requests, result } = await confirm(settled, [
			NAMED,
			other,
			NAMED,
			{ ...NAMED, status: 'X' },
		]);
		expect([...requests].sort()).toEqual([
			READ_ORDER,
			READ_INSTRUCTION,
			`${READ_INSTRUCTION.slice(0, -1)}2`,
		]);
		expect(result.kind === 'accepted' && result.events).toHaveLength(4);
	});

	it('is output in the order of the delivery', async () => {
		const payloads = Array.from({ length: 9 }, (_, index) => ({
			...NAMED,
			instructionRef: `I-${index}`,
		}));
		const { result } = await confirm(settled, payloads);
		const refs =
			result.kind === 'accepted' ? result.events.map(({ event }) => event.instructionRef) : [];
		expect(refs).toEqual(payloads.map(({ instructionRef }) => instructionRef));
	});

	it('is accepted without the metadata of an order that is gone', async () => {
		const script: Script = (path) =>
			path.includes('/instruction/') ? answer(200, SETTLED) : errorAnswer(404, ['ORDER_NOT_FOUND']);
		const { result } = await confirm(script, [NAMED, { ...NAMED, instructionRef: 'I-2' }]);
		expect(result).toMatchObject({
			kind: 'accepted',
			events: [
				{ confirmed: true, event: { metadata: { line: '1' } } },
				{ confirmed: true, event: { metadata: { line: '1' } } },
			],
		});
	});

	it.each([
		['404', errorAnswer(404, ['INSTRUCTION_NOT_FOUND'])],
		['400', errorAnswer(400, ['INSTRUCTION_NOT_FOUND'])],
	])('is rejected if Imburse has none: %s', async (_status, reply) => {
		for (const isOriginProved of [true, false]) {
			expect((await confirm(() => reply, [NAMED], { isOriginProved })).result).toEqual({
				kind: 'rejected',
				reason: 'Imburse has no instruction "I-1" of Payment Order "O-1"',
			});
		}
	});

	it.each([
		['a gateway', answer(404, '<html>not here</html>')],
		['a failure', answer(500, '')],
		['too many calls', answer(429, '')],
		['a key without the role', errorAnswer(403, ['FORBIDDEN'])],
		['a redirect', answer(302, '', { location: 'https://login.example' })],
		['a page', answer(200, '<html>sign in</html>')],
		['an empty answer', answer(200, '')],
		['a list', answer(200, [SETTLED])],
		['an object that is no instruction', answer(200, {})],
		['an instruction without a status', answer(200, { ...SETTLED, status: null })],
		['no answer', new Error('socket hang up')],
	])('is deferred where %s answers', async (_case, reply) => {
		for (const isOriginProved of [true, false]) {
			const { result } = await confirm(() => reply, [NAMED], { isOriginProved, readsOrder: false });
			expect(result).toEqual({ kind: 'deferred', reason: expect.any(String), retryAfter: 60 });
		}
	});

	it('is deferred with the reason where the instruction has no status', async () => {
		const reply = () => answer(200, { ...SETTLED, status: null });
		const { result } = await confirm(reply, [NAMED], { readsOrder: false });
		expect(result).toMatchObject({
			reason: expect.stringMatching(/ was answered without a status$/) as unknown,
		});
	});

	it('is deferred where the order cannot be read', async () => {
		const script: Script = (path) =>
			path.includes('/instruction/') ? answer(200, SETTLED) : answer(503, '');
		expect((await confirm(script, [NAMED])).result).toMatchObject({
			kind: 'deferred',
			retryAfter: 60,
		});
	});
});

describe('an event that names no instruction', () => {
	it.each([
		['nothing', {}],
		['an order alone', { orderRef: 'O-1' }],
		['an instruction alone', { instructionRef: 'I-1' }],
		['what is another path', { orderRef: '..', instructionRef: 'I-1' }],
		['what is another path', { orderRef: 'O-1', instructionRef: '.' }],
		['half a character', { orderRef: '\ud800', instructionRef: 'I-1' }],
		['a whole document', { orderRef: 'x'.repeat(100_000), instructionRef: 'I-1' }],
		['spaces', { orderRef: 'O 1', instructionRef: 'I-1' }],
	])(
		'but %s is rejected, or accepted unconfirmed if its origin is proved',
		async (_case, payload) => {
			const rejected = await confirm(settled, [NAMED, payload]);
			expect(rejected.result).toMatchObject({
				kind: 'rejected',
				reason: expect.stringMatching(/names no instruction/),
			});
			expect(rejected.requests).toEqual([]);
			const accepted = await confirm(settled, [NAMED, { ...payload, status: 'X' }], {
				isOriginProved: true,
			});
			expect(accepted.result).toMatchObject({
				kind: 'accepted',
				events: [{ confirmed: true }, { confirmed: false, event: { status: 'X' } }],
			});
			expect(accepted.requests).toHaveLength(2);
		},
	);

	it.each(['O/1', 'O?1', '%2e%2e', 'O#1', '../O-2', '.', '..', 'O 1', 'O'.repeat(51)])(
		'but a text that cannot be a reference is rejected: %s',
		async (orderRef) => {
			const rejected = await confirm(settled, [{ ...NAMED, orderRef }], {});
			expect(rejected.result).toMatchObject({ kind: 'rejected' });
			expect(rejected.requests).toEqual([]);
		},
	);
});

describe('without a proof of the origin', () => {
	it.each(['CHARGEBACK', 'RefundCreated', 'CUSTOMER'])(
		'an event of the type %s is rejected, because the instruction does not confirm it',
		async (eventType) => {
			const rejected = await confirm(settled, [{ ...NAMED, eventType }], {});
			expect(rejected.result).toEqual({
				kind: 'rejected',
				reason: `it holds an event of the type "${eventType}", which reading an instruction does not confirm. Leave it out of the Event Types, or verify deliveries by a signature or by a secret in a header`,
			});
			expect(rejected.requests).toEqual([]);
			const accepted = await confirm(settled, [{ ...NAMED, eventType }], { isOriginProved: true });
			expect(accepted.result).toMatchObject({ kind: 'accepted', events: [{ confirmed: true }] });
		},
	);
});

describe('an answer that lags behind the event', () => {
	const processing = () => answer(200, { status: 'PROCESSING' });

	it.each(['SETTLED', 'failed', 'COMPLETED'])(
		'defers an event with a final status: %s',
		async (status) => {
			const { result } = await confirm(processing, [{ ...NAMED, status }], {});
			expect(result).toMatchObject({
				kind: 'deferred',
				reason: `it tells of the status ${status.toUpperCase()}, and Imburse still answers PROCESSING`,
			});
		},
	);

	it('is accepted if the event has no final status', async () => {
		const { result } = await confirm(processing, [{ ...NAMED, status: 'READY' }], {});
		expect(result).toMatchObject({
			kind: 'accepted',
			events: [{ event: { status: 'PROCESSING' } }],
		});
	});
});

it('does not trust an answer about another instruction', async () => {
	const other = () => answer(200, { status: 'SETTLED', instructionRef: 'I-2' });
	const { result } = await confirm(other, [NAMED], {});
	expect(result).toMatchObject({
		kind: 'deferred',
		reason: expect.stringContaining('was answered with another reference'),
	});
});

/** Where Imburse takes references in any letter case, one event could come again in another one. */
it('does not trust an answer about another order, as one that is named in another letter case', async () => {
	const { result } = await confirm(settled, [{ ...NAMED, orderRef: 'o-1' }]);
	expect(result).toMatchObject({
		kind: 'deferred',
		reason: 'Payment Order "o-1" was answered with another reference',
	});
});

describe('a flood', () => {
	const many = (count: number, name = 'I') =>
		Array.from({ length: count }, (_, index) => ({ ...NAMED, instructionRef: `${name}-${index}` }));
	const unknown = () => errorAnswer(404, ['INSTRUCTION_NOT_FOUND']);
	const lookUpsPerMinute = 8;

	it('of made-up references ends with the first one that Imburse does not have', async () => {
		const { requests, result } = await confirm(unknown, many(100));
		expect(result.kind).toBe('rejected');
		expect(requests.length).toBeLessThanOrEqual(4);
	});

	it('does not wait for many answers where Imburse gives none', async () => {
		const { requests, result } = await confirm(() => new Error('timeout'), many(100));
		expect(result.kind).toBe('deferred');
		expect(requests.length).toBeLessThanOrEqual(4);
	});

	it('of 101 real instructions in one call is refused without a look-up, unless its sender is proved', async () => {
		const refused = await confirm(settled, many(101));
		expect(refused.result).toEqual({
			kind: 'tooLarge',
			reason: expect.stringContaining('it names 101 instructions'),
		});
		expect(refused.requests).toEqual([]);
		expect((await confirm(settled, many(100))).result.kind).toBe('accepted');
		const proved = await confirm(settled, many(101), { isOriginProved: true });
		expect(proved.result.kind).toBe('accepted');
	});

	it('of events about the same instructions is no large call', async () => {
		const payloads = [...many(100), ...many(100), ...many(100)];
		const { requests, result } = await confirm(settled, payloads);
		expect(result.kind).toBe('accepted');
		expect(requests).toHaveLength(101);
	});

	it('waits for its turn beyond the limit, and is accepted', async () => {
		const queue = new LookUpQueue();
		const options = { readsOrder: false, lookUpsPerMinute };
		const started = Date.now();
		const first = await confirm(settled, many(6), options, queue);
		expect(Date.now() - started).toBeLessThan(10_000);
		const second = await confirm(settled, many(6, 'J'), options, queue);
		expect([first.result.kind, second.result.kind]).toEqual(['accepted', 'accepted']);
		expect(Date.now() - started).toBeGreaterThanOrEqual(60_000);
		expect(Date.now() - started).toBeLessThan(70_000);
	});

	it('is deferred when two minutes of look-ups wait already', async () => {
		const queue = new LookUpQueue();
		const options = { readsOrder: false, lookUpsPerMinute };
		const calls = [0, 1, 2, 3].map((call) => confirm(settled, many(4, `C${call}`), options, queue));
		const results = (await Promise.all(calls)).map(({ result }) => result);
		expect(results.map(({ kind }) => kind)).toEqual([
			'accepted',
			'accepted',
			'accepted',
			'deferred',
		]);
		expect(results[3]).toMatchObject({
			reason:
				'too many events wait for their look-ups already: Max Look-Ups per Minute may be too low',
			retryAfter: 40,
		});
	});

	it('leaves a quarter of the look-ups to proved senders', async () => {
		const queue = new LookUpQueue();
		const options = { readsOrder: false, lookUpsPerMinute };
		const flooding = confirm(settled, many(20), options, queue);
		const started = Date.now();
		const proved = await confirm(settled, [NAMED], { ...options, isOriginProved: true }, queue);
		expect(proved.result.kind).toBe('accepted');
		expect(Date.now() - started).toBeLessThan(5_000);
		expect((await flooding).result.kind).toBe('accepted');
	});

	it('of events that need no look-up is not deferred', async () => {
		const queue = new LookUpQueue();
		const options = { lookUpsPerMinute: 1, isOriginProved: true };
		const flooding = confirm(settled, many(3), { ...options, readsOrder: false }, queue);
		const { result } = await confirm(settled, [{ eventType: 'CUSTOMER' }], options, queue);
		expect(result.kind).toBe('accepted');
		expect((await flooding).result.kind).toBe('accepted');
	});
});

describe('an instruction that Imburse does not have', () => {
	const unknown = () => errorAnswer(404, ['INSTRUCTION_NOT_FOUND']);

	it('is not looked up again for a minute for a sender that is not proved', async () => {
		const queue = new LookUpQueue();
		await confirm(unknown, [NAMED], {}, queue);
		const again = await confirm(settled, [NAMED], {}, queue);
		expect(again.requests).toEqual([]);
		expect(again.result).toEqual({
			kind: 'deferred',
			reason: 'Imburse had no instruction "I-1" of Payment Order "O-1" a moment ago',
			retryAfter: expect.any(Number),
		});
		const mixed = await confirm(settled, [{ ...NAMED, instructionRef: 'I-2' }, NAMED], {}, queue);
		expect(mixed.requests).toEqual([]);
		const other = await confirm(settled, [{ ...NAMED, instructionRef: 'I-2' }], {}, queue);
		expect(other.result.kind).toBe('accepted');
	});

	it('is looked up for a proved sender, and for all when it was found', async () => {
		const queue = new LookUpQueue();
		await confirm(unknown, [NAMED], {}, queue);
		const proved = await confirm(settled, [NAMED], { isOriginProved: true }, queue);
		expect(proved.result.kind).toBe('accepted');
		expect((await confirm(settled, [NAMED], {}, queue)).result.kind).toBe('accepted');
	});
});
