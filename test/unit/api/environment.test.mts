import { describe, expect, it } from '@jest/globals';
import { baseUrlOf, isProduction } from '../../../nodes/Imburse/api/environment.ts';
import { valueOf, errorsOf } from '../validation/outcome.mts';
import { credential } from './fixtures.mts';

function custom(baseUrl: string) {
	return baseUrlOf(credential({ environment: 'custom', baseUrl }));
}

describe('baseUrlOf', () => {
	it('is the observed host in the sandbox, and the documented one in production', () => {
		const elsewhere = 'https://elsewhere.example';
		expect(valueOf(baseUrlOf(credential({ environment: 'sandbox', baseUrl: elsewhere })))).toBe(
			'https://sandbox-api.imbursepayments.com',
		);
		expect(valueOf(baseUrlOf(credential({ environment: 'production', baseUrl: elsewhere })))).toBe(
			'https://api.imbursepayments.com',
		);
	});

	it.each([
		['https://claims.example', 'https://claims.example'],
		['https://claims.example/', 'https://claims.example'],
		['  https://claims.example/  ', 'https://claims.example'],
		['HTTPS://Claims.Example', 'https://claims.example'],
		['https://claims.example:443', 'https://claims.example'],
		['https://claims.example:8443/', 'https://claims.example:8443'],
		['https://claims.example/imburse', 'https://claims.example/imburse'],
		['https://claims.example/imburse/api//', 'https://claims.example/imburse/api'],
		['http://127.0.0.1:4280', 'http://127.0.0.1:4280'],
		['https://claims.example/a/../b', 'https://claims.example/b'],
	])('takes %j as %s', (text, baseUrl) => {
		expect(valueOf(custom(text))).toBe(baseUrl);
	});

	it.each([
		'',
		'   ',
		'claims.example',
		'claims.example:443',
		'//claims.example',
		'ftp://claims.example',
		'file:///etc/passwd',
		'javascript:alert(1)',
		'https://',
		'https://exa mple.com',
	])('refuses %j, which is no web address', (text) => {
		expect(errorsOf(custom(text))).toEqual([
			{
				field: 'Base URL',
				reason: expect.stringContaining('is not a web address') as unknown,
				fix: expect.stringContaining('https://') as unknown,
			},
		]);
	});

	it.each([
		'http://claims.example',
		'http://localhost.claims.example',
		'http://10.0.0.5:8080',
		'http://0.0.0.0',
		'http://[::2]',
		'http://127.0.0.1.claims.example',
	])('refuses %j, where keys would travel in clear', (text) => {
		expect(errorsOf(custom(text))).toMatchObject([
			{
				field: 'Base URL',
				reason: expect.stringMatching(/^keys would travel in clear/) as unknown,
			},
		]);
	});

	it.each(['http://localhost:1', 'http://imburse.localhost', 'http://[::1]:4280'])(
		'takes %j, which never leaves this machine',
		(text) => {
			expect(valueOf(custom(text))).toBe(text);
		},
	);

	it.each([
		'https://user@claims.example',
		'https://user:password@claims.example',
		'https://claims.example?key=1',
		'https://claims.example/#top',
		'https://api.imbursepayments.com@evil.example',
	])('refuses %j, which holds more than host and path', (text) => {
		const [error] = errorsOf(custom(text));
		expect(error).toMatchObject({ field: 'Base URL' });
		expect(error?.reason).toBe('it holds more than a host and a path');
	});

	it.each(['', 'Sandbox', 'constructor', '__proto__'])(
		'refuses the environment %j, which is not on the list',
		(environment) => {
			const unknown = { environment, baseUrl: '' } as unknown as Parameters<typeof baseUrlOf>[0];
			expect(errorsOf(baseUrlOf(unknown))).toMatchObject([{ field: 'Environment' }]);
		},
	);
});

describe('isProduction', () => {
	it.each([
		['sandbox', 'https://claims.example', false],
		['production', 'http://127.0.0.1', true],
		['custom', 'https://claims.example', true],
		['custom', 'https://api.imbursepayments.com', true],
		['custom', 'https://sandbox-api.imbursepayments.com/v1', false],
		['custom', 'https://sandbox-api.imbursepayments.com.claims.example', true],
		['custom', 'https://my-sandbox-api.imbursepayments.com', true],
		['custom', 'http://localhost:4280', false],
		['custom', 'http://imburse.localhost', false],
		['custom', 'http://localhost.claims.example', true],
		['custom', 'http://mylocalhost', true],
		['custom', 'http://127.0.0.1:4280', false],
		['custom', 'http://127.10.20.30', false],
		['custom', 'http://127.0.0.1.claims.example', true],
		['custom', 'http://0.0.0.0', true],
		['custom', 'http://10.127.0.0', true],
		['custom', 'http://claims127.0.0.1.example', true],
		['custom', 'http://[::1]:4280', false],
		['custom', 'http://[::2]', true],
	])('with the environment %s and %s is %s', (environment, baseUrl, expected) => {
		expect(isProduction({ environment, baseUrl })).toBe(expected);
	});
});

it('says of an environment that is none what to do', () => {
	expect(errorsOf(baseUrlOf(credential({ environment: 'toString' as never })))).toEqual([
		{
			field: 'Environment',
			reason: 'it is none of those on the list',
			fix: 'Open the Imburse credential and choose one.',
		},
	]);
});

it('says of a plain connection to another machine how to make it safe', () => {
	expect(errorsOf(custom('http://claims.example'))).toEqual([
		{
			field: 'Base URL',
			reason: 'keys would travel in clear to "http://claims.example"',
			fix: 'Open the Imburse credential and write https:// in the place of http://. Plain http:// is for this machine only.',
		},
	]);
});
