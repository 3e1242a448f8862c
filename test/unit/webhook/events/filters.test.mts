import { describe, expect, it } from '@jest/globals';
import { readEvent, type ImburseEvent } from '../../../../nodes/Imburse/webhook/events/event.ts';
import {
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
