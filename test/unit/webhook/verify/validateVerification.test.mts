import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ImburseCredential } from '../../../../nodes/Imburse/api/credential.ts';
import { validateVerification } from '../../../../nodes/Imburse/webhook/verify/validateVerification.ts';
import { describeError } from '../../../../nodes/Imburse/validation/result.ts';
import { credential } from '../../api/fixtures.mts';
import { reasonsOf, valueOf, errorsOf } from '../../validation/outcome.mts';
import { KEY, OTHER_KEY } from './signing.mts';

const SECRET = 'correct-horse-battery-staple';
const KEYS = { webhookVerificationKey: KEY, webhookSharedSecret: SECRET };

function check(parameters: Record<string, unknown>, fields: Partial<ImburseCredential> = KEYS) {
	return validateVerification(parameters, credential(fields));
}

function signature(settings: unknown, fields?: Partial<ImburseCredential>) {
	return check({ verification: 'signature', signature: settings }, fields);
}

describe('what verification needs', () => {
	it('by signature: the key, and defaults for the rest', () => {
		expect(valueOf(signature({}))).toEqual({
			kind: 'signature',
			keys: [KEY],
			scheme: {
				header: 'X-Signature',
				algorithm: 'sha256',
				keyEncoding: 'utf8',
				digestEncoding: 'base64',
				prefix: '',
				timestampHeader: '',
				separator: undefined,
				tolerance: 300,
			},
		});
	});

	it('by signature: all that is set', () => {
		const settings = {
			header: ' X-Imburse-Signature ',
			algorithm: 'sha512',
			keyEncoding: 'hex',
			digestEncoding: 'hex',
			prefix: 'v1 = ',
			timestampHeader: ' X-Time ',
			signedContent: 'timestampAndBody',
			separator: '',
			tolerance: 60,
		};
		const keys = { ...KEYS, webhookPreviousVerificationKey: OTHER_KEY };
		expect(valueOf(signature(settings, keys))).toEqual({
			kind: 'signature',
			keys: [KEY, OTHER_KEY],
			scheme: {
				header: 'X-Imburse-Signature',
				algorithm: 'sha512',
				keyEncoding: 'hex',
				digestEncoding: 'hex',
				prefix: 'v1 = ',
				timestampHeader: 'X-Time',
				separator: '',
				tolerance: 60,
			},
		});
	});

	it.each(['Authorization', 'X-Correlation-ID', 'Content-Digest', 'Cookie'])(
		'may stand in %s, which the sender fills in',
		(name) => {
			expect(valueOf(signature({ header: name }))).toMatchObject({ scheme: { header: name } });
			expect(valueOf(check({ verification: 'secretInHeader', headerName: name }))).toEqual({
				kind: 'secretInHeader',
				header: name,
				secret: SECRET,
			});
		},
	);

	it('by a secret in the URL', () => {
		expect(
			valueOf(check({ verification: 'secretInUrl', queryParameter: ' my_secret-1 ' })),
		).toEqual({ kind: 'secretInUrl', parameter: 'my_secret-1', secret: SECRET });
	});

	it('is nothing where there is none', () => {
		expect(valueOf(check({ verification: 'none' }, {}))).toEqual({ kind: 'none' });
	});
});

describe('a key or secret that is missing', () => {
	it.each([
		['signature', {}, 'Webhook Verification Key: it is empty'],
		['signature', { webhookSharedSecret: SECRET }, 'Webhook Verification Key: it is empty'],
		[
			'signature',
			{ webhookPreviousVerificationKey: OTHER_KEY },
			'Webhook Verification Key: it is empty',
		],
		['secretInUrl', {}, 'Webhook Shared Secret: it is empty'],
		['secretInUrl', { webhookVerificationKey: KEY }, 'Webhook Shared Secret: it is empty'],
		['secretInHeader', {}, 'Webhook Shared Secret: it is empty'],
		[
			'secretInHeader',
			{ webhookSharedSecret: 'x'.repeat(15) },
			'Webhook Shared Secret: it is shorter than 16 characters',
		],
	])('stops %s with %j', (verification, fields, reason) => {
		const places = { headerName: 'X-Secret', queryParameter: 'secret' };
		const errors = errorsOf(check({ verification, ...places }, fields));
		expect(errors.map(({ field, reason: why }) => `${field}: ${why}`)).toEqual([reason]);
		expect(errors[0]?.fix).toMatch(/^Open the Imburse credential and enter .*\.$/);
	});

	it('cannot be replaced by any other setting', () => {
		const anything = fc.anything();
		fc.assert(
			fc.property(
				fc.constantFrom('signature', 'secretInUrl', 'secretInHeader'),
				fc.dictionary(
					fc.constantFrom('signature', 'headerName', 'queryParameter', 'confirm', 'options'),
					fc.oneof(anything, fc.constant({ keyEncoding: 'utf8' })),
				),
				(verification, parameters) => {
					expect(check({ ...parameters, verification }, {}).ok).toBe(false);
				},
			),
		);
	});
});

describe('a key that is not written in its encoding', () => {
	it.each([
		['base64', { webhookVerificationKey: 'no Base64!' }, ['Webhook Verification Key']],
		['hex', { webhookVerificationKey: 'xyz' }, ['Webhook Verification Key']],
		[
			'hex',
			{ webhookVerificationKey: KEY, webhookPreviousVerificationKey: 'xyz' },
			['Previous Webhook Verification Key'],
		],
		[
			'hex',
			{ webhookVerificationKey: 'q', webhookPreviousVerificationKey: 'xyz' },
			['Webhook Verification Key', 'Previous Webhook Verification Key'],
		],
	])('stops %s with %j', (keyEncoding, fields, named) => {
		const errors = errorsOf(signature({ keyEncoding }, fields));
		expect(errors.map(({ field }) => field)).toEqual(named);
		for (const { reason, fix } of errors) {
			expect(reason).toBe(`it is not written in the Key Encoding that is set (${keyEncoding})`);
			expect(fix).toMatch(/choose another Key Encoding/);
			expect(reason + fix).not.toMatch(/xyz|no Base64/);
		}
	});
});

it.each([
	[
		'secretInUrl',
		{ queryParameter: 'my secret' },
		'Query Parameter: it is not a name of letters, digits, "-" and "_". Enter a name such as secret.',
	],
	[
		'secretInHeader',
		{ headerName: '' },
		'Header Name: "" cannot be the name of a header. Use letters, digits and hyphens only, for example X-Request-Key.',
	],
])(
	'by %s: the place of the secret has a name that can be sent: %j',
	(verification, place, text) => {
		expect(errorsOf(check({ verification, ...place })).map(describeError)).toEqual([text]);
	},
);

describe('a setting that an expression got wrong', () => {
	it.each([
		[undefined],
		[null],
		[''],
		['None'],
		['SIGNATURE'],
		[true],
		[false],
		[0],
		[['none']],
		[{ toString: () => 'none' }],
	])('is no verification: %p', (verification) => {
		expect(errorsOf(check({ verification }))).toEqual([
			{
				field: 'Verification',
				reason: 'it is none of those on the list',
				fix: 'Open the trigger and choose one.',
			},
		]);
	});

	it.each([
		[{ algorithm: 'md5' }, 'Algorithm: "md5" is not one of sha1, sha256, sha512'],
		[{ algorithm: 'SHA256' }, 'Algorithm: "SHA256" is not one of sha1, sha256, sha512'],
		[{ algorithm: ['sha256'] }, 'Algorithm: a list is not one of sha1, sha256, sha512'],
		[{ keyEncoding: 'latin1' }, 'Key Encoding: "latin1" is not one of utf8, base64, hex'],
		[{ digestEncoding: 'utf8' }, 'Digest Encoding: "utf8" is not one of base64, hex'],
		[
			{ signedContent: 'timestampandbody' },
			'Signed Content: "timestampandbody" is not one of body, timestampAndBody',
		],
		[{ header: '' }, 'Header Name: "" cannot be the name of a header'],
		[{ header: 7 }, 'Header Name: "" cannot be the name of a header'],
		[{ header: 'X Signature' }, 'Header Name: "X Signature" cannot be the name of a header'],
		[{ timestampHeader: 'X:Time' }, 'Timestamp Header: "X:Time" cannot be the name of a header'],
		[{ timestampHeader: null }, 'Timestamp Header: nothing cannot be the name of a header'],
		[{ timestampHeader: ['X'] }, 'Timestamp Header: a list cannot be the name of a header'],
		[{ tolerance: 0 }, 'Timestamp Tolerance (Seconds): 0 is not a number of seconds'],
		[{ tolerance: -1 }, 'Timestamp Tolerance (Seconds): -1 is not a number of seconds'],
		[{ tolerance: NaN }, 'Timestamp Tolerance (Seconds): NaN is not a number of seconds'],
		[{ tolerance: Infinity }, 'Timestamp Tolerance (Seconds): Infinity is not a number of seconds'],
		[{ tolerance: '300' }, 'Timestamp Tolerance (Seconds): "300" is not a number of seconds'],
		[{ tolerance: true }, 'Timestamp Tolerance (Seconds): true is not a number of seconds'],
	])('stops the signature: %j', (settings, reason) => {
		expect(reasonsOf(signature(settings))).toEqual([reason]);
	});

	it('stops a timestamp that is signed and stands nowhere', () => {
		expect(errorsOf(signature({ signedContent: 'timestampAndBody' }))).toEqual([
			{
				field: 'Timestamp Header',
				reason: 'it is empty, though Signed Content names a timestamp',
				fix: 'Enter the header that holds it, or choose Body as Signed Content.',
			},
		]);
	});

	it.each(['', 'a b', 'a&b', 'geheim=', 'schlüssel', 7, null, undefined, ['secret']])(
		'is no query parameter: %p',
		(queryParameter) => {
			expect(reasonsOf(check({ verification: 'secretInUrl', queryParameter }))).toEqual([
				'Query Parameter: it is not a name of letters, digits, "-" and "_"',
			]);
		},
	);

	it.each(['', 'a b', 'a:b', 7, null, undefined, ['X-Secret']])(
		'is no header name: %p',
		(headerName) => {
			const [reason] = reasonsOf(check({ verification: 'secretInHeader', headerName }));
			expect(reason).toMatch(/^Header Name: .* cannot be the name of a header$/);
		},
	);

	it('is reported together with all others', () => {
		expect(reasonsOf(signature({ algorithm: 'md5', tolerance: 0 }, {}))).toEqual([
			'Algorithm: "md5" is not one of sha1, sha256, sha512',
			'Webhook Verification Key: it is empty',
			'Timestamp Tolerance (Seconds): 0 is not a number of seconds',
		]);
	});
});
