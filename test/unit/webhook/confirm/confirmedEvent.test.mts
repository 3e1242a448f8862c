import { describe, expect, it } from '@jest/globals';
import { confirmedEvent } from '../../../../nodes/Imburse/webhook/confirm/confirmedEvent.ts';
import { readEvent } from '../../../../nodes/Imburse/webhook/events/event.ts';

const REPORTED = readEvent(
	{
		eventId: 'e-1',
		eventType: 'INSTRUCTION',
		orderRef: 'O-1',
		instructionRef: 'I-1',
		customerRef: 'forged',
		direction: 'CREDIT',
		amount: '9999.99',
		currency: 'USD',
		status: 'SETTLED',
		failureReason: 'forged',
		metadata: { forged: 'yes' },
	},
	{},
);

const HELD = {
	customerRef: 'C-1',
	direction: 'debit',
	amount: 10.5,
	currency: 'EUR',
	status: 'failed',
	failed: { reason: 'No funds', errorCode: 'R01' },
	metadata: { line: '2', team: 'instruction' },
};

describe('a confirmed event', () => {
	it('contains what Imburse holds', () => {
		const order = { metadata: { claim: '17', team: 'order' } };
		expect(confirmedEvent(REPORTED, HELD, order, {})).toEqual({
			...REPORTED,
			customerRef: 'C-1',
			direction: 'DEBIT',
			amount: '10.50',
			currency: 'EUR',
			status: 'FAILED',
			failureReason: 'No funds, R01',
			metadata: { claim: '17', team: 'instruction', line: '2' },
		});
	});

	it('takes nothing from the event if the answer lacks it', () => {
		expect(confirmedEvent(REPORTED, {}, undefined, {})).toEqual({
			...REPORTED,
			customerRef: null,
			direction: null,
			amount: null,
			currency: null,
			status: null,
			failureReason: null,
			metadata: {},
		});
	});

	it('merges the metadata that was sent below what Imburse holds, and only if it is passed', () => {
		const sent = { claim: 'sent', extra: 'sent', team: 'sent' };
		const order = { metadata: { claim: '17', team: 'order' } };
		expect(confirmedEvent(REPORTED, HELD, order, sent).metadata).toEqual({
			claim: '17',
			extra: 'sent',
			line: '2',
			team: 'instruction',
		});
	});

	it.each(['customerRef', 'direction', 'amount', 'currency', 'status', 'metadata'])(
		'does not read %s where it has another type, or is inherited',
		(name) => {
			for (const value of [7.000000000000001, ['x'], { a: 1 }, true, '', null]) {
				const event = confirmedEvent(REPORTED, { [name]: value }, undefined, {});
				const isMetadata = name === 'metadata' && typeof value === 'object';
				if (!isMetadata)
					expect(event[name as 'status'] ?? null).toEqual(name === 'metadata' ? {} : null);
			}
			const inherited = Object.create({ [name]: 'SETTLED' }) as Record<string, unknown>;
			expect(confirmedEvent(REPORTED, inherited, undefined, {}).status).toBeNull();
		},
	);
});
