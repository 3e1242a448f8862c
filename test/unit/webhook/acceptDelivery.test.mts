import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Connection } from '../../../nodes/Imburse/api/connection.ts';
import { timeSlice, type GiveWay } from '../../../nodes/Imburse/n8n/timeSlice.ts';
import { LookUpQueue } from '../../../nodes/Imburse/webhook/confirm/lookUpQueue.ts';
import type { Delivery } from '../../../nodes/Imburse/webhook/delivery.ts';
import { acceptDelivery } from '../../../nodes/Imburse/webhook/acceptDelivery.ts';
import { validateSettings } from '../../../nodes/Imburse/webhook/triggerSettings.ts';
import { answer, credential, errorAnswer, SANDBOX_URL, wire } from '../api/fixtures.mts';
import { valueOf } from '../validation/outcome.mts';
import { delivery, NOW } from './deliveries.mts';

const SECRET = 'correct-horse-battery-staple';
const CREDENTIAL = credential({ webhookSharedSecret: SECRET });
const QUERY = { query: { secret: SECRET } };
const EVENT = { eventType: 'INSTRUCTION', orderRef: 'O-1', instructionRef: 'I-1', status: 'READY' };
const CUSTOMER = { eventType: 'CUSTOMER', customerRef: 'C-1' };

beforeEach(() => {
	jest.useFakeTimers({ now: NOW });
});
afterEach(() => {
	jest.useRealTimers();
});

async function accept(
	call: Delivery,
	parameters: Record<string, unknown> = {},
	reply = answer(200, { status: 'SETTLED', direction: 'CREDIT' }),
	giveWay: GiveWay = timeSlice(),
) {
	const defaults = { verification: 'secretInUrl', queryParameter: 'secret' };
	const settings = valueOf(validateSettings({ ...defaults, ...parameters }, CREDENTIAL));
	const { send, sent } = wire(reply);
	const connection: Connection = { credential: CREDENTIAL, baseUrl: SANDBOX_URL, send };
	const decision = await acceptDelivery(call, settings, connection, new LookUpQueue(), giveWay);
	return { decision, lookUps: sent.length };
}

describe('a delivery', () => {
	it('is accepted, read and confirmed', async () => {
		const { decision, lookUps } = await accept(delivery(EVENT, QUERY));
		expect(decision).toMatchObject({
			kind: 'accepted',
			events: [{ confirmed: true, event: { status: 'SETTLED' } }],
		});
		expect(lookUps).toBe(2);
	});

	it('is filtered by the confirmed status where a wanted type names one', async () => {
		const types = { eventTypes: ['INSTRUCTION_PROCESSING', 'CUSTOMER'] };
		const told = { ...EVENT, eventType: 'INSTRUCTION_PROCESSING', status: 'PROCESSING' };
		const ready = answer(200, { status: 'READY', direction: 'CREDIT' });
		const { decision } = await accept(delivery(told, QUERY), types, ready);
		expect(decision).toEqual({ kind: 'accepted', events: [] });
		const unconfirmed = await accept(delivery(told, QUERY), { ...types, confirm: false }, ready);
		expect(unconfirmed.decision).toMatchObject({ events: [{ confirmed: false }] });
	});

	it('is deferred where the type names an end that Imburse does not know of yet', async () => {
		const types = { eventTypes: ['INSTRUCTION_SETTLED'] };
		const told = { ...EVENT, eventType: 'INSTRUCTION_SETTLED' };
		const ready = answer(200, { status: 'READY', direction: 'CREDIT' });
		const { decision } = await accept(delivery([told, EVENT], QUERY), types, ready);
		expect(decision).toEqual({
			kind: 'deferred',
			reason: 'it tells of "INSTRUCTION_SETTLED", and Imburse still answers READY',
			retryAfter: 60,
		});
	});

	it('gives way between its events: when reading, looking up and confirming them', async () => {
		let isWaiting = false;
		let turns = 0;
		const giveWay = async () => {
			expect(isWaiting).toBe(false);
			isWaiting = true;
			turns++;
			await Promise.resolve();
			isWaiting = false;
		};
		const events = Array.from({ length: 100 }, (_, index) => ({
			...EVENT,
			orderRef: `O-${index}`,
		}));
		const { decision } = await accept(delivery(events, QUERY), {}, undefined, giveWay);
		expect(decision).toMatchObject({ kind: 'accepted', events: events.map(() => ({})) });
		expect(turns).toBeGreaterThanOrEqual(3 * events.length);
	});

	it('is not confirmed where the user has switched it off', async () => {
		const { decision, lookUps } = await accept(delivery([EVENT, CUSTOMER], QUERY), {
			confirm: false,
		});
		expect(decision).toMatchObject({
			kind: 'accepted',
			events: [{ confirmed: false, event: { status: 'READY' } }, { confirmed: false }],
		});
		expect(lookUps).toBe(0);
	});

	it.each([
		['without the secret', delivery(EVENT), {}, 401],
		['of another address', delivery(EVENT, QUERY), { allowedAddresses: '198.51.100.1' }, 401],
		['that is too large', delivery('x'.repeat(1025), QUERY), { maxBodyKb: 1 }, 413],
		['that is no JSON', delivery('<xml/>', QUERY), {}, 422],
		['that is empty', delivery('', QUERY), {}, 422],
		['of no events', delivery([1, 2], QUERY), {}, 422],
		['that is far too deep', delivery('['.repeat(1e5) + ']'.repeat(1e5), QUERY), {}, 422],
		['that cannot be confirmed', delivery([EVENT, CUSTOMER], QUERY), {}, 401],
	])('%s is rejected before any look-up', async (_case, call, options, status) => {
		const { decision, lookUps } = await accept(call, { options });
		expect(decision).toEqual({ kind: 'rejected', status, reason: expect.any(String) });
		expect(JSON.stringify(decision)).not.toContain(SECRET);
		expect(lookUps).toBe(0);
	});

	it('that is too large says how large it is', async () => {
		const { decision } = await accept(delivery('x'.repeat(1025), QUERY), {
			options: { maxBodyKb: 1 },
		});
		expect(decision).toMatchObject({
			reason: 'its body has 1025 bytes, more than Max Body Size allows',
		});
	});

	it('that Imburse does not know is rejected as a whole', async () => {
		const reply = errorAnswer(404, ['INSTRUCTION_NOT_FOUND']);
		const { decision } = await accept(delivery([EVENT, EVENT], QUERY), {}, reply);
		expect(decision).toMatchObject({ kind: 'rejected', status: 401 });
	});

	it('is deferred where Imburse does not answer', async () => {
		const { decision } = await accept(delivery([EVENT], QUERY), {}, answer(503));
		expect(decision).toMatchObject({ kind: 'deferred', retryAfter: 60 });
	});

	it('is filtered by type before the look-ups, and by state after them', async () => {
		const byType = { eventTypes: ['CHARGEBACK'] };
		expect(await accept(delivery([EVENT, CUSTOMER], QUERY), byType)).toEqual({
			decision: { kind: 'accepted', events: [] },
			lookUps: 0,
		});
		const byState = (statuses: string) => accept(delivery(EVENT, QUERY), { filters: { statuses } });
		expect((await byState('READY')).decision).toEqual({ kind: 'accepted', events: [] });
		expect((await byState('SETTLED')).decision).toMatchObject({ events: [{ confirmed: true }] });
	});
});
