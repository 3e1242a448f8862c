import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Connection } from '../../../nodes/Imburse/api/connection.ts';
import { LookUpBudget } from '../../../nodes/Imburse/webhook/confirm/lookUpBudget.ts';
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

async function judge(
	call: Delivery,
	parameters: Record<string, unknown> = {},
	reply = answer(200, { status: 'SETTLED', direction: 'CREDIT' }),
) {
	const usual = { verification: 'secretInUrl', queryParameter: 'secret' };
	const settings = valueOf(validateSettings({ ...usual, ...parameters }, CREDENTIAL));
	const { send, sent } = wire(reply);
	const connection: Connection = { credential: CREDENTIAL, baseUrl: SANDBOX_URL, send };
	const judged = await acceptDelivery(call, settings, connection, new LookUpBudget(100, NOW));
	return { judged, asked: sent.length };
}

describe('a delivery', () => {
	it('is let in, read and confirmed', async () => {
		const { judged, asked } = await judge(delivery(EVENT, QUERY));
		expect(judged).toMatchObject({
			kind: 'accepted',
			events: [{ confirmed: true, event: { status: 'SETTLED' } }],
		});
		expect(asked).toBe(2);
	});

	it('is not confirmed where nobody wants it', async () => {
		const { judged, asked } = await judge(delivery([EVENT, CUSTOMER], QUERY), { confirm: false });
		expect(judged).toMatchObject({
			kind: 'accepted',
			events: [{ confirmed: false, event: { status: 'READY' } }, { confirmed: false }],
		});
		expect(asked).toBe(0);
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
	])('%s is refused, and Imburse is not asked', async (_case, call, options, status) => {
		const { judged, asked } = await judge(call, { options });
		expect(judged).toEqual({ kind: 'rejected', status, reason: expect.any(String) });
		expect(JSON.stringify(judged)).not.toContain(SECRET);
		expect(asked).toBe(0);
	});

	it('of which Imburse knows nothing is refused whole', async () => {
		const reply = errorAnswer(404, ['INSTRUCTION_NOT_FOUND']);
		const { judged } = await judge(delivery([EVENT, EVENT], QUERY), {}, reply);
		expect(judged).toMatchObject({ kind: 'rejected', status: 401 });
	});

	it('has to come again where Imburse does not answer', async () => {
		const { judged } = await judge(delivery([EVENT], QUERY), {}, answer(503));
		expect(judged).toMatchObject({ kind: 'deferred', retryAfter: 60 });
	});

	it('is sorted by kind before Imburse is asked, and by state after', async () => {
		const byKind = { eventTypes: ['CHARGEBACK'] };
		expect(await judge(delivery([EVENT, CUSTOMER], QUERY), byKind)).toEqual({
			judged: { kind: 'accepted', events: [] },
			asked: 0,
		});
		const byState = (statuses: string) => judge(delivery(EVENT, QUERY), { filters: { statuses } });
		expect((await byState('READY')).judged).toEqual({ kind: 'accepted', events: [] });
		expect((await byState('SETTLED')).judged).toMatchObject({ events: [{ confirmed: true }] });
	});
});
