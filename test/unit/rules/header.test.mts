import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { checkHeaderName, checkHeaderValue } from '../../../nodes/Imburse/rules/header.ts';

const FIELD = 'Idempotency Key';

describe('the name of a header', () => {
	it.each(['Idempotency-Key', 'X-Request-Key', 'x', 'a'.repeat(256)])('may be %p', (name) => {
		expect(checkHeaderName(name, FIELD)).toEqual({ ok: true, value: name, hints: [] });
	});

	it.each(['', 'Two Words', 'Colon:', 'Zeile\n', 'Schlüssel', 'a'.repeat(257), 7, null, undefined])(
		'cannot be %p',
		(name) => {
			expect(checkHeaderName(name, FIELD)).toMatchObject({
				ok: false,
				violations: [
					{ field: FIELD, reason: expect.stringMatching(/ cannot be the name of a header$/) },
				],
			});
		},
	);

	it.each([
		'Authorization',
		'authorization',
		'Content-Type',
		'content-length',
		'HOST',
		'Transfer-Encoding',
		'Cookie',
		'Accept',
		'x-account-id',
		'X-Tenant-Id',
		'X-Correlation-ID',
	])('%s is left to the node', (name) => {
		expect(checkHeaderName(name, FIELD)).toMatchObject({
			ok: false,
			violations: [{ reason: `the header "${name}" is set by the node itself` }],
		});
	});
});

describe('the value of a header', () => {
	it.each([
		['CLAIM-17', 'CLAIM-17'],
		[17, '17'],
		['x'.repeat(256), 'x'.repeat(256)],
	])('may be %p', (given, value) => {
		expect(checkHeaderValue(given, FIELD)).toEqual({ ok: true, value, hints: [] });
	});

	it.each(['', ' ', 'a b', 'a\r\nX-Other: b', 'Zürich', 'x'.repeat(257), true, null, {}])(
		'cannot be %p',
		(value) => {
			expect(checkHeaderValue(value, FIELD)).toMatchObject({
				ok: false,
				violations: [
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
				expect(checkHeaderValue(`${a}${mark}${b}`, FIELD).ok).toBe(false);
			}),
		);
	});
});
