import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isBase64, validateCredential } from '../../../nodes/Imburse/api/validateCredential.ts';
import { valueOf, errorsOf } from '../validation/outcome.mts';
import { credential, PRIVATE_KEY, PUBLIC_KEY, SANDBOX_URL } from './fixtures.mts';

describe('validateCredential', () => {
	it('gives the base URL of a credential that is filled in well', () => {
		expect(valueOf(validateCredential(credential()))).toBe(SANDBOX_URL);
	});

	it('does not need a tenant, which keys of the account itself have not', () => {
		expect(valueOf(validateCredential(credential({ tenantId: '' })))).toBe(SANDBOX_URL);
	});

	it.each([
		['publicKey', 'Public Key'],
		['privateKey', 'Private Key'],
		['accountId', 'Account ID'],
		['tokenPath', 'Token Path'],
		['authorizationScheme', 'Authorization Scheme'],
	] as const)('names %s when it is empty', (name, field) => {
		expect(errorsOf(validateCredential(credential({ [name]: '' })))).toEqual([
			{ field, reason: 'it is empty', fix: 'Open the Imburse credential and fill it in.' },
		]);
	});

	it('names the private key that is not Base64, without showing it', () => {
		const privateKey = 'secret-key-that-is-no-base64!';
		const errors = errorsOf(validateCredential(credential({ privateKey })));
		expect(errors).toEqual([
			{
				field: 'Private Key',
				reason: 'it is not Base64 text',
				fix: 'Copy it again as Imburse showed it when the key was made: 44 characters that usually end in "=". If it is lost, make a new key.',
			},
		]);
		expect(JSON.stringify(errors)).not.toContain(privateKey);
	});

	it.each([
		'v1/identity/hmac',
		'@evil.example/v1/identity/hmac',
		'.evil.example/v1/identity/hmac',
		':8443/v1/identity/hmac',
		'//evil.example/v1/identity/hmac',
		'/\\evil.example',
		'https://evil.example/v1/identity/hmac',
		'/v1/identity/hmac?key=1',
		'/v1/identity/hmac#top',
		'/v1/../../identity',
		'/v1/identity /hmac',
	])('refuses the token path %j, which may lead elsewhere', (tokenPath) => {
		expect(errorsOf(validateCredential(credential({ tokenPath })))).toMatchObject([
			{
				field: 'Token Path',
				reason: 'it is not a path that begins with "/"',
				fix: 'Open the Imburse credential and enter a path such as /v1/identity/hmac.',
			},
		]);
	});

	it.each([
		'/v1/identity/hmac',
		'/v2/identity/hmac',
		'/identity/v1/hmac/management',
		'/v1/identity/hmac/',
	])('takes the token path %s of the generations', (tokenPath) => {
		expect(valueOf(validateCredential(credential({ tokenPath })))).toBe(SANDBOX_URL);
	});

	it.each(['Hmac', 'HMAC', 'hmac'])('takes the scheme %s', (authorizationScheme) => {
		expect(valueOf(validateCredential(credential({ authorizationScheme })))).toBe(SANDBOX_URL);
	});

	it.each(['Hmac:', 'Hmac x', 'Hmac\r\nX-Evil: 1', 'Hmäc'])(
		'refuses the scheme %j, which is not one word',
		(authorizationScheme) => {
			expect(errorsOf(validateCredential(credential({ authorizationScheme })))).toMatchObject([
				{ field: 'Authorization Scheme' },
			]);
		},
	);

	it.each([
		['publicKey', 'Public Key'],
		['accountId', 'Account ID'],
		['tenantId', 'Tenant ID'],
	] as const)('refuses a %s that cannot stand in a header', (name, field) => {
		for (const value of ['a b', 'a\r\nX-Evil: 1', 'ä', 'a:b']) {
			expect(errorsOf(validateCredential(credential({ [name]: value })))).toMatchObject([
				{ field },
			]);
		}
	});

	it('names everything at once', () => {
		const empty = credential({
			environment: 'custom',
			baseUrl: 'nowhere',
			publicKey: '',
			privateKey: 'no base64',
			accountId: '',
			tokenPath: '',
			authorizationScheme: '',
		});
		expect(errorsOf(validateCredential(empty)).map(({ field }) => field)).toEqual([
			'Base URL',
			'Public Key',
			'Private Key',
			'Account ID',
			'Token Path',
			'Authorization Scheme',
		]);
	});
});

describe('isBase64', () => {
	it('takes what Base64 makes of any bytes', () => {
		fc.assert(
			fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
				expect(isBase64(Buffer.from(bytes).toString('base64'))).toBe(true);
			}),
		);
	});

	it.each([
		['the empty text', ''],
		['a key that lost its last character', PRIVATE_KEY.slice(0, -1)],
		['a key that lost its first character', PRIVATE_KEY.slice(1)],
		['a key with a line break in it', `${PRIVATE_KEY.slice(0, 20)}\n${PRIVATE_KEY.slice(21)}`],
		['a key with a space in it', `${PRIVATE_KEY.slice(0, 20)} ${PRIVATE_KEY.slice(21)}`],
		['the URL alphabet', 'ab-_'],
		['three "="', 'A==='],
		['nothing but "="', '===='],
		['"=" in the middle', 'AB==CDEF'],
		['a UUID', PUBLIC_KEY],
		['quotation marks', '"AAECAwQ"'],
		['hexadecimal text of odd length', 'abc'],
	])('refuses %s', (_case, text) => {
		expect(isBase64(text)).toBe(false);
	});
});
