import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { validateSettings } from '../../../nodes/Imburse/webhook/triggerSettings.ts';
import { credential } from '../api/fixtures.mts';
import { reasonsOf, valueOf, errorsOf } from '../validation/outcome.mts';

const SECRET = 'correct-horse-battery-staple';
const DEFAULTS = { verification: 'secretInUrl', queryParameter: 'secret', confirm: true };

function check(parameters: Record<string, unknown>, webhookSharedSecret = SECRET) {
	return validateSettings({ ...DEFAULTS, ...parameters }, credential({ webhookSharedSecret }));
}

describe('the settings', () => {
	it('have defaults for all that the user left out', () => {
		expect(valueOf(check({}))).toEqual({
			verification: { kind: 'secretInUrl', parameter: 'secret', secret: SECRET },
			confirmsEvents: true,
			readsOrder: true,
			allowedIpRanges: [],
			maxBodyBytes: 1024 * 1024,
			lookUpsPerMinute: 1600,
			windowMs: 72 * 3_600_000,
			waitsForWorkflow: false,
			filters: {
				eventTypes: [],
				statuses: [],
				direction: '',
				metadataKey: '',
				metadataValue: '',
				orderRefPrefix: '',
			},
			eventPaths: {},
			eventListPath: '',
		});
	});

	it('are what the user filled in', () => {
		const settings = valueOf(
			check({
				confirm: false,
				eventTypes: ['CHARGEBACK'],
				filters: {
					otherEventTypes: ' PAYMENT_LINK, ,refund ',
					statuses: 'settled, Failed',
					direction: 'credit',
					metadataKey: ' team ',
					metadataValue: 7,
					orderRefPrefix: 'CLAIM-',
				},
				reading: { events: 'a.b', wrapper: 'c', status: ' d.e ' },
				options: {
					allowedAddresses: '203.0.113.7',
					maxBodyKb: 2,
					maxLookups: 3,
					window: 4,
					readsOrder: false,
					respond: 'lastNode',
				},
			}),
		);
		expect(settings).toMatchObject({
			confirmsEvents: false,
			readsOrder: false,
			allowedIpRanges: [{ bytes: [203, 0, 113, 7], bits: 32 }],
			maxBodyBytes: 2048,
			lookUpsPerMinute: 3,
			windowMs: 4 * 3_600_000,
			waitsForWorkflow: true,
			filters: {
				eventTypes: ['CHARGEBACK', 'PAYMENT_LINK', 'refund'],
				statuses: ['SETTLED', 'FAILED'],
				direction: 'CREDIT',
				metadataKey: 'team',
				metadataValue: '7',
				orderRefPrefix: 'CLAIM-',
			},
			eventPaths: { wrapper: 'c', status: 'd.e' },
			eventListPath: 'a.b',
		});
	});

	it('take event types from an expression that comes to a text', () => {
		expect(valueOf(check({ eventTypes: 'CHARGEBACK, REFUND' })).filters.eventTypes).toEqual([
			'CHARGEBACK',
			'REFUND',
		]);
	});
});

describe('confirming', () => {
	it.each([[undefined], [null], ['false'], [''], [0], ['no'], [[]], [{}], [NaN], ['False']])(
		'is not switched off by %p',
		(confirm) => {
			expect(valueOf(check({ confirm })).confirmsEvents).toBe(true);
		},
	);

	it('is switched off by "off" alone', () => {
		expect(valueOf(check({ confirm: false })).confirmsEvents).toBe(false);
	});
});

describe('a setting that would open or mute the trigger without notice is an error', () => {
	it.each([
		[{ options: { allowedAddresses: '' } }, 'Allowed Addresses: it holds none'],
		[{ options: { allowedAddresses: ' , ' } }, 'Allowed Addresses: it holds none'],
		[{ options: { allowedAddresses: undefined } }, 'Allowed Addresses: it holds none'],
		[{ options: { allowedAddresses: ['203.0.113.7'] } }, 'Allowed Addresses: it holds none'],
		[{ options: { allowedAddresses: 'any' } }, 'Allowed Addresses: "any" is no IP address'],
		[
			{ options: { allowedAddresses: '203.0.113.7, localhost' } },
			'Allowed Addresses: "localhost" is no IP address',
		],
		[{ options: 'text' }, 'Options: "text" is no collection of settings'],
		[{ options: null }, 'Options: nothing is no collection of settings'],
		[{ options: [] }, 'Options: a list is no collection of settings'],
		[{ filters: 'text' }, 'Filters: "text" is no collection of settings'],
		[{ reading: 7 }, 'Field Paths: 7 is no collection of settings'],
		[{ signature: true }, 'Signature Settings: true is no collection of settings'],
		[{ filters: { statuses: ['SETTLED'] } }, 'Filters > statuses: a list is not a text'],
		[{ filters: { metadataKey: null } }, 'Filters > metadataKey: nothing is not a text'],
		[{ reading: { status: true } }, 'Field Paths > status: true is not a text'],
		[{ eventTypes: 7 }, 'Event Types: 7 is not a list of names'],
		[{ eventTypes: ['A', 7] }, 'Event Types: a list is not a list of names'],
		[{ options: { maxBodyKb: 0 } }, 'Max Body Size (KB): 0 is not a whole number from 1 upwards'],
		[
			{ options: { maxLookups: Infinity } },
			'Max Look-Ups per Minute: Infinity is not a whole number from 1 upwards',
		],
		[
			{ options: { window: '72' } },
			'De-Duplication Window (Hours): "72" is not a whole number from 1 upwards',
		],
		[{ verification: 'whatever' }, 'Verification: it is none of those on the list'],
	])('%j', (parameters, reason) => {
		expect(reasonsOf(check(parameters))).toEqual([reason]);
	});

	it.each([
		[{ signature: true }, 'Remove the expression, and set each of them on its own.'],
		[{ filters: { statuses: [] } }, 'Enter a text, or an expression that comes to one.'],
		[{ eventTypes: 7 }, 'Choose them from the list.'],
		[
			{ options: { allowedAddresses: 'office' } },
			'Enter addresses such as 203.0.113.7 or ranges such as 198.51.100.0/24 with commas in between, or remove the option.',
		],
	])('%j: what to do', (parameters, fix) => {
		expect(errorsOf(check(parameters)).map((error) => error.fix)).toEqual([fix]);
	});

	it('with the field, the reason and what to do, all at once', () => {
		const errors = errorsOf(check({ options: { window: 0, allowedAddresses: 'x' } }, ''));
		expect(errors.map(({ field }) => field)).toEqual([
			'Webhook Shared Secret',
			'Allowed Addresses',
			'De-Duplication Window (Hours)',
		]);
		for (const { reason, fix } of errors) {
			expect(reason).toMatch(/^\S.*[^.]$/);
			expect(fix).toMatch(/^[A-Z].*\.$/);
		}
	});

	it('whatever expressions come to: nothing is ever verified without a secret', () => {
		const names = ['options', 'filters', 'reading', 'signature', 'eventTypes', 'confirm'];
		const parameters = fc.dictionary(fc.constantFrom(...names), fc.anything());
		const kinds = fc.constantFrom('signature', 'secretInUrl', 'secretInHeader', 'None', null, 0);
		fc.assert(
			fc.property(parameters, kinds, (given, verification) => {
				expect(check({ ...given, verification }, '').ok).toBe(false);
			}),
		);
	});
});
