import { describe, expect, it } from '@jest/globals';
import { readEvent, type ImburseEvent } from '../../../../nodes/Imburse/webhook/events/event.ts';
import {
	isAheadOfImburse,
	matchesConfirmedStatus,
	matchesFilters,
	matchesEventTypes,
	type EventFilters,
} from '../../../../nodes/Imburse/webhook/events/filters.ts';

const ALL: EventFilters = {
	eventTypes: [],
	statuses: [],
	direction: '',
	orderRefPrefix: '',
	metadataKey: '',
	metadataValue: '',
};

const SILENT = readEvent({}, {});

function event(fields: Partial<ImburseEvent>): ImburseEvent {
	return { ...SILENT, ...fields };
}

describe('the type of an event', () => {
	it.each([
		['CHARGEBACK', ['CHARGEBACK']],
		['chargeback', ['CHARGEBACK']],
		['Chargeback', [' chargeback ']],
		['CHARGEBACK_CREATED', ['CHARGEBACK']],
		['CHARGEBACK.CREATED', ['CHARGEBACK']],
		['chargeback-created', ['CHARGEBACK']],
		['INSTRUCTION SETTLED', ['CUSTOMER', 'INSTRUCTION']],
		['instruction.settled', ['INSTRUCTION.SETTLED']],
		['anything', []],
	])('%s matches %j', (eventType, eventTypes) => {
		expect(matchesEventTypes(event({ eventType }), { ...ALL, eventTypes })).toBe(true);
	});

	it.each([
		['CHARGEBACKS', ['CHARGEBACK']],
		['CHARGEBACK2', ['CHARGEBACK']],
		['CHARGE', ['CHARGEBACK']],
		['MY_CHARGEBACK', ['CHARGEBACK']],
		['CUSTOMER', ['CHARGEBACK', 'INSTRUCTION']],
		['CHARGEBACK', ['']],
		['constructor', ['CHARGEBACK']],
	])('%s does not match %j', (eventType, eventTypes) => {
		expect(matchesEventTypes(event({ eventType }), { ...ALL, eventTypes })).toBe(false);
	});

	it('passes if it is missing', () => {
		expect(matchesEventTypes(SILENT, { ...ALL, eventTypes: ['CHARGEBACK'] })).toBe(true);
	});
});

describe('a wanted type that names a status', () => {
	it.each([
		['INSTRUCTION_SETTLED', 'SETTLED', ['INSTRUCTION_SETTLED']],
		['instruction.settled', 'SETTLED', ['Instruction.Settled']],
		['INSTRUCTION_SETTLED', 'COMPLETED', ['INSTRUCTION_SETTLED']],
		['INSTRUCTION_FAILED', 'VOID', ['INSTRUCTION_FAILED']],
		['INSTRUCTION_SETTLED_V2', 'SETTLED', ['INSTRUCTION_SETTLED']],
		['INSTRUCTION_SETTLED', 'READY', []],
		['INSTRUCTION_SETTLED', 'READY', ['INSTRUCTION']],
		['INSTRUCTION_SETTLED', 'READY', ['INSTRUCTION_SETTLED', 'INSTRUCTION']],
		['INSTRUCTION_CREATED', 'READY', ['INSTRUCTION_CREATED']],
		['INSTRUCTION_READYMADE', 'SETTLED', ['INSTRUCTION_READYMADE']],
		['INSTRUCTION_SETTLED', null, ['INSTRUCTION_SETTLED']],
		['CHARGEBACK_SETTLED', 'READY', ['CHARGEBACK_SETTLED']],
		['ORDER_COMPLETED', 'READY', ['ORDER_COMPLETED']],
		['TRANSACTION_COMPLETED', 'PROCESSING', ['TRANSACTION_COMPLETED']],
		[null, 'READY', ['INSTRUCTION_READY']],
		[null, 'READY', ['INSTRUCTION_SETTLED', 'CHARGEBACK']],
	])('lets %s with the confirmed status %s pass %j', (eventType, status, eventTypes) => {
		const filters = { ...ALL, eventTypes };
		expect(matchesConfirmedStatus(event({ eventType, status }), filters)).toBe(true);
	});

	it.each([
		['INSTRUCTION_SETTLED', 'READY', ['INSTRUCTION_SETTLED']],
		['INSTRUCTION_SETTLED', 'FAILED', ['INSTRUCTION_SETTLED']],
		['INSTRUCTION_FAILED', 'SETTLED', ['INSTRUCTION_FAILED']],
		['INSTRUCTION_PROCESSING', 'SETTLED', ['INSTRUCTION_PROCESSING']],
		['INSTRUCTION_READY', 'LATE', ['INSTRUCTION_READY']],
		['instruction-settled', 'READY', ['instruction-settled', 'CHARGEBACK']],
		['SETTLED', 'READY', ['SETTLED']],
		['SETTLED.INSTRUCTION', 'READY', ['SETTLED']],
		['INSTRUCTION_SETTLED_V2', 'READY', ['INSTRUCTION_SETTLED']],
		['INSTRUCTION_SETTLED', 'A_STATUS_TO_COME', ['INSTRUCTION_SETTLED']],
		[null, 'READY', ['INSTRUCTION_SETTLED']],
	])('does not let %s with the confirmed status %s pass %j', (eventType, status, eventTypes) => {
		const filters = { ...ALL, eventTypes };
		expect(matchesConfirmedStatus(event({ eventType, status }), filters)).toBe(false);
	});

	it.each([
		['INSTRUCTION_SETTLED', 'READY', true],
		['INSTRUCTION_VOID', 'PROCESSING', true],
		['INSTRUCTION_SETTLED', 'FAILED', false],
		['INSTRUCTION_PROCESSING', 'READY', false],
		['CHARGEBACK_SETTLED', 'READY', false],
		[null, 'READY', false],
	])('%s is ahead of the confirmed status %s: %s', (eventType, status, expected) => {
		expect(isAheadOfImburse(event({ eventType, status }))).toBe(expected);
	});
});

describe('an event', () => {
	it.each([
		['there is no filter', event({ status: 'FAILED', direction: 'DEBIT', orderRef: 'O' }), {}],
		['the status is one of them', event({ status: 'SETTLED' }), { statuses: ['VOID', 'SETTLED'] }],
		['the direction is the same', event({ direction: 'CREDIT' }), { direction: 'CREDIT' }],
		[
			'the reference begins with the prefix',
			event({ orderRef: 'CLAIM-1' }),
			{ orderRefPrefix: 'CLAIM-' },
		],
		['the key is there', event({ metadata: { team: '' } }), { metadataKey: 'team' }],
		[
			'the value is the same',
			event({ metadata: { team: 'A' } }),
			{ metadataKey: 'team', metadataValue: 'A' },
		],
		[
			'all filters match',
			event({ status: 'SETTLED', direction: 'DEBIT', orderRef: 'A', metadata: { a: 'b' } }),
			{ statuses: ['SETTLED'], direction: 'DEBIT', orderRefPrefix: 'A', metadataKey: 'a' },
		],
	])('passes if %s', (_case, given, filters) => {
		expect(matchesFilters(given, { ...ALL, ...filters })).toBe(true);
	});

	it.each([
		['the status is none of them', event({ status: 'FAILED' }), { statuses: ['SETTLED'] }],
		['the direction is the other', event({ direction: 'DEBIT' }), { direction: 'CREDIT' }],
		[
			'the reference begins otherwise',
			event({ orderRef: 'claim-1' }),
			{ orderRefPrefix: 'CLAIM-' },
		],
		['the key is not there', event({ metadata: { other: '' } }), { metadataKey: 'team' }],
		['there is no metadata', SILENT, { metadataKey: 'team' }],
		[
			'the value is another',
			event({ metadata: { team: 'B' } }),
			{ metadataKey: 'team', metadataValue: 'A' },
		],
		[
			'one of several does not fit',
			event({ status: 'SETTLED', direction: 'DEBIT' }),
			{ statuses: ['SETTLED'], direction: 'CREDIT' },
		],
	])('is dropped if %s', (_case, given, filters) => {
		expect(matchesFilters(given, { ...ALL, ...filters })).toBe(false);
	});

	it.each([
		['no status', { statuses: ['SETTLED'] }],
		['no direction', { direction: 'CREDIT' }],
		['no order', { orderRefPrefix: 'CLAIM-' }],
	])('passes if it has %s', (_case, filters) => {
		expect(matchesFilters(SILENT, { ...ALL, ...filters })).toBe(true);
	});

	it.each(['toString', 'constructor', '__proto__', 'hasOwnProperty'])(
		'has the metadata key %s only if it was sent',
		(metadataKey) => {
			const written = JSON.parse(`{"${metadataKey}":"x"}`) as Record<string, string>;
			expect(matchesFilters(SILENT, { ...ALL, metadataKey })).toBe(false);
			expect(matchesFilters(event({ metadata: written }), { ...ALL, metadataKey })).toBe(true);
			const wrong = { ...ALL, metadataKey, metadataValue: 'y' };
			expect(matchesFilters(event({ metadata: written }), wrong)).toBe(false);
		},
	);
});
