import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import {
	validateHeaderName,
	validateHeaderToken,
	validateHeaderValue,
} from '../../../nodes/Imburse/validation/header.ts';

const FIELD = 'Idempotency Key';

describe('the name of a header', () => {
	it.each(['Idempotency-Key', 'X-Request-Key', 'x', 'a'.repeat(256)])('may be %p', (name) => {
		expect(validateHeaderName(name, FIELD)).toEqual({ ok: true, value: name, hints: [] });
	});

	it.each(['', 'Two Words', 'Colon:', 'Zeile\n', 'Schlüssel', 'a'.repeat(257), 7, null, undefined])(
		'cannot be %p',
		(name) => {
			expect(validateHeaderName(name, FIELD)).toMatchObject({
				ok: false,
				errors: [
					{
						field: FIELD,
						reason: expect.stringMatching(/ cannot be the name of a header$/),
						fix: 'Use letters, digits and hyphens only, for example X-Request-Key.',
					},
				],
			});
		},
	);

	it.each([
		'Accept',
		'Authorization',
		'authorization',
		'Connection',
		'Content-Encoding',
		'content-length',
		'Content-Type',
		'Cookie',
		'Expect',
		'HOST',
		'Proxy-Authorization',
		'TE',
		'Trailer',
		'Transfer-Encoding',
		'Upgrade',
		'x-account-id',
		'X-Tenant-Id',
		'X-Correlation-ID',
	])('%s is left to the node', (name) => {
		expect(validateHeaderName(name, FIELD)).toMatchObject({
			ok: false,
			errors: [
				{
					field: FIELD,
					reason: `the header "${name}" is in every request`,
					fix: 'Use the name that Imburse told you, or leave it empty.',
				},
			],
		});
	});

	it('may be any that HTTP allows where somebody else sets it', () => {
		const token = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$/);
		fc.assert(
			fc.property(fc.oneof(token, fc.constant('Authorization'), fc.string()), (name) => {
				const isToken = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name);
				expect(validateHeaderToken(name, FIELD).ok).toBe(isToken);
			}),
		);
	});
});

describe('the value of a header', () => {
	it.each([
		['CLAIM-17', 'CLAIM-17'],
		[17, '17'],
		['x'.repeat(256), 'x'.repeat(256)],
	])('may be %p', (given, value) => {
		expect(validateHeaderValue(given, FIELD)).toEqual({ ok: true, value, hints: [] });
	});

	it.each(['', ' ', 'a b', 'a\r\nX-Other: b', 'Zürich', 'x'.repeat(257), true, null, {}])(
		'cannot be %p',
		(value) => {
			expect(validateHeaderValue(value, FIELD)).toMatchObject({
				ok: false,
				errors: [
					{
						field: FIELD,
						reason: expect.stringMatching(/ cannot be sent in a header$/),
						fix: 'Use plain letters, digits and signs without spaces, 256 at the most.',
					},
				],
			});
		},
	);

	it('never lets a line break through', () => {
		fc.assert(
			fc.property(fc.string(), fc.constantFrom('\r', '\n', '\0'), fc.string(), (a, mark, b) => {
				expect(validateHeaderValue(`${a}${mark}${b}`, FIELD).ok).toBe(false);
			}),
		);
	});
});
