import { describe, expect, it } from '@jest/globals';
import {
	decodeKey,
	verifySignature,
	verifyTimestamp,
	type SignatureScheme,
} from '../../../../nodes/Imburse/webhook/verify/signature.ts';
import { NOW } from '../deliveries.mts';
import {
	BODY,
	digestByOpenssl,
	digestOf,
	KEY,
	OTHER_KEY,
	PLAIN,
	signedDelivery,
	TIMED,
	withHeaders,
	written,
} from './signing.mts';

const ACCEPTED = { ok: true };

function rejected(reason: RegExp) {
	return { ok: false, reason: expect.stringMatching(reason) };
}

const SECONDS = NOW / 1000;
const FITS_NO_KEY = /^its signature fits neither the verification key nor the previous one$/;
const MISSING = /^the header X-Signature is missing, or came twice$/;
const NOT_WRITTEN =
	/^the header X-Signature holds no signature in the digest encoding that is set$/;
const NO_KEY = /^there is no verification key that can be used$/;
const NO_TIMESTAMP = /^the header X-Timestamp is missing, or came twice$/;

const everyScheme = (['sha1', 'sha256', 'sha512'] as const).flatMap((algorithm) =>
	(['utf8', 'base64', 'hex'] as const).flatMap((keyEncoding) =>
		(['base64', 'hex'] as const).flatMap((digestEncoding) =>
			[PLAIN, TIMED].map((usual) => ({ ...usual, algorithm, keyEncoding, digestEncoding })),
		),
	),
);

describe('a signature made by other code', () => {
	it.each(everyScheme)(
		'is accepted: $algorithm, key in $keyEncoding, digest in $digestEncoding, separator $separator',
		async (scheme) => {
			const call = await signedDelivery({ scheme });
			expect(verifySignature(call, scheme, [KEY], NOW)).toEqual(ACCEPTED);
			expect(verifySignature(call, scheme, [OTHER_KEY], NOW)).toEqual(rejected(FITS_NO_KEY));
		},
	);

	it.each(['sha1', 'sha256', 'sha512'] as const)('is the one of openssl: %s', (algorithm) => {
		const digest = digestByOpenssl(Buffer.from(BODY), algorithm, Buffer.from(KEY, 'hex'));
		const scheme: SignatureScheme = { ...PLAIN, algorithm, keyEncoding: 'hex' };
		const call = { headers: { 'x-signature': digest }, query: {}, ipAddress: '' };
		const body = Buffer.from(BODY);
		expect(verifySignature({ ...call, body }, scheme, [KEY], NOW)).toEqual(ACCEPTED);
	});

	it('is that of RFC 4231, test case 2', () => {
		const digest = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
		const body = Buffer.from('what do ya want for nothing?');
		const call = { headers: { 'x-signature': digest }, query: {}, ipAddress: '', body };
		expect(verifySignature(call, PLAIN, ['Jefe'], NOW)).toEqual(ACCEPTED);
	});

	it('is accepted with its hex in capitals', async () => {
		const call = await signedDelivery();
		const capitals = String(call.headers['x-signature']).toUpperCase();
		expect(capitals).toMatch(/[A-F]/);
		expect(
			verifySignature(withHeaders(call, { 'x-signature': capitals }), PLAIN, [KEY], NOW),
		).toEqual(ACCEPTED);
	});

	it('covers bytes that are no text', async () => {
		const body = Buffer.from([0, 255, 254, 128, 10, 13, 0]);
		const digest = written(await digestOf(body, PLAIN, Buffer.from(KEY)), 'hex');
		const call = { headers: { 'x-signature': digest }, query: {}, ipAddress: '', body };
		expect(verifySignature(call, PLAIN, [KEY], NOW)).toEqual(ACCEPTED);
		const text = Buffer.from(body.toString('utf8'));
		expect(verifySignature({ ...call, body: text }, PLAIN, [KEY], NOW)).toEqual(
			rejected(FITS_NO_KEY),
		);
	});

	it('covers an empty body', async () => {
		const call = await signedDelivery({ body: '' });
		expect(verifySignature(call, PLAIN, [KEY], NOW)).toEqual(ACCEPTED);
	});

	it.each(['X-SIGNATURE', 'x-signature', 'X-Signature'])('stands in %s', async (header) => {
		const call = await signedDelivery();
		expect(verifySignature(call, { ...PLAIN, header }, [KEY], NOW)).toEqual(ACCEPTED);
	});
});

describe('the header with the signature', () => {
	it.each([
		['that is missing', undefined, MISSING],
		['that is empty', '', MISSING],
		['that came as a list', ['a', 'b'], MISSING],
		['in words', 'not a signature', NOT_WRITTEN],
	])('%s is rejected', async (_case, value, reason) => {
		const call = withHeaders(await signedDelivery(), { 'x-signature': value });
		expect(verifySignature(call, PLAIN, [KEY], NOW)).toEqual(rejected(reason));
	});

	it('that came as a list is rejected even if both values are right', async () => {
		const call = await signedDelivery();
		const right = String(call.headers['x-signature']);
		const twice = withHeaders(call, { 'x-signature': [right, right] });
		expect(verifySignature(twice, PLAIN, [KEY], NOW)).toEqual(rejected(MISSING));
	});

	it.each([', ', ','])('that came twice, joined with %p, is rejected', async (comma) => {
		const call = await signedDelivery();
		const right = String(call.headers['x-signature']);
		const wrong = 'f'.repeat(64);
		for (const twice of [
			[right, right],
			[right, wrong],
			[wrong, right],
		]) {
			const joined = withHeaders(call, { 'x-signature': twice.join(comma) });
			expect(verifySignature(joined, PLAIN, [KEY], NOW)).toEqual(rejected(NOT_WRITTEN));
		}
	});

	it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'])(
		'named %s is one that is missing',
		async (header) => {
			const call = await signedDelivery();
			expect(verifySignature(call, { ...PLAIN, header }, [KEY], NOW)).toMatchObject({ ok: false });
			const timed = { ...TIMED, timestampHeader: header };
			const signed = await signedDelivery({ scheme: TIMED });
			expect(verifySignature(signed, timed, [KEY], NOW)).toMatchObject({ ok: false });
		},
	);

	it('must have its prefix as it is set', async () => {
		const scheme = { ...PLAIN, prefix: 'sha256=' };
		const call = await signedDelivery({ scheme });
		const value = String(call.headers['x-signature']);
		expect(verifySignature(call, scheme, [KEY], NOW)).toEqual(ACCEPTED);
		for (const wrong of ['sha1=', 'SHA256=', ' sha256=', '']) {
			const other = withHeaders(call, { 'x-signature': wrong + value.slice('sha256='.length) });
			expect(verifySignature(other, scheme, [KEY], NOW)).toEqual(
				rejected(/^the header X-Signature does not begin with the prefix that is set$/),
			);
		}
		const onlyPrefix = withHeaders(call, { 'x-signature': 'sha256=' });
		expect(verifySignature(onlyPrefix, scheme, [KEY], NOW)).toEqual(rejected(NOT_WRITTEN));
		expect(verifySignature(call, PLAIN, [KEY], NOW)).toEqual(rejected(NOT_WRITTEN));
	});

	it.each(['hex', 'base64'] as const)('in the other encoding than %s is rejected', async (ours) => {
		const theirs = ours === 'hex' ? 'base64' : 'hex';
		const call = await signedDelivery({ scheme: { ...PLAIN, digestEncoding: theirs } });
		const result = verifySignature(call, { ...PLAIN, digestEncoding: ours }, [KEY], NOW);
		expect(result).toMatchObject({ ok: false });
	});
});

describe('a digest', () => {
	it.each([
		['cut off', (text: string) => text.slice(0, -2), FITS_NO_KEY],
		['longer', (text: string) => `${text}00`, FITS_NO_KEY],
		['twice over', (text: string) => text + text, FITS_NO_KEY],
		['of one byte', () => '00', FITS_NO_KEY],
		['of half a byte more', (text: string) => `${text}0`, NOT_WRITTEN],
		['with a space in it', (text: string) => `${text.slice(0, 8)} ${text.slice(8)}`, NOT_WRITTEN],
		['with a line break behind it', (text: string) => `${text}\n`, NOT_WRITTEN],
		['with something foreign behind it', (text: string) => `${text}zz`, NOT_WRITTEN],
		['of zeros', (text: string) => '0'.repeat(text.length), FITS_NO_KEY],
	])('that is %s is rejected', async (_case, change, reason) => {
		const call = await signedDelivery();
		const value = change(String(call.headers['x-signature']));
		expect(verifySignature(withHeaders(call, { 'x-signature': value }), PLAIN, [KEY], NOW)).toEqual(
			rejected(reason),
		);
	});

	it('has only one way to be written in Base64', async () => {
		const scheme: SignatureScheme = { ...PLAIN, digestEncoding: 'base64' };
		const call = await signedDelivery({ scheme });
		const right = String(call.headers['x-signature']);
		const others = [
			right.replace(/=+$/, ''),
			`${right}=`,
			right.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, ''),
			` ${right}`,
			// The last digit before "=" holds two bits that stand for nothing.
			...[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/']
				.map((digit) => `${right.slice(0, -2)}${digit}=`)
				.filter((text) => text !== right),
		];
		for (const value of others) {
			const result = verifySignature(
				withHeaders(call, { 'x-signature': value }),
				scheme,
				[KEY],
				NOW,
			);
			expect([value, result.ok]).toEqual([value, false]);
		}
	});
});

describe('signed content', () => {
	it.each([
		['other bytes for the same JSON', JSON.stringify(JSON.parse(BODY))],
		['a space more', `${BODY} `],
		['a byte order mark', `\uFEFF${BODY}`],
		['another amount', BODY.replace('10.50', '99.50')],
		['nothing', ''],
	])('cannot be replaced by %s', async (_case, body) => {
		expect(body).not.toBe(BODY);
		const call = { ...(await signedDelivery()), body: Buffer.from(body) };
		expect(verifySignature(call, PLAIN, [KEY], NOW)).toEqual(rejected(FITS_NO_KEY));
	});

	it('can be read as JSON of the same meaning, which is why bytes count', () => {
		expect(JSON.parse(JSON.stringify(JSON.parse(BODY)))).toEqual(JSON.parse(BODY));
	});

	it('cannot be shifted between the time, the separator and the body', async () => {
		const scheme = { ...TIMED, separator: '' };
		const body = `1${BODY}`;
		const call = await signedDelivery({ scheme, body, timestamp: String(SECONDS) });
		const shifted = {
			...withHeaders(call, { 'x-timestamp': `${SECONDS}1` }),
			body: Buffer.from(BODY),
		};
		expect(verifySignature(call, scheme, [KEY], NOW)).toEqual(ACCEPTED);
		// The same bytes are signed, so only the time itself can tell.
		expect(verifySignature(shifted, scheme, [KEY], NOW)).toEqual(rejected(/in the future$/));
	});
});

describe('keys', () => {
	it('are the current one and, while it is changed, the one before', async () => {
		const current = await signedDelivery({ key: KEY });
		const previous = await signedDelivery({ key: OTHER_KEY });
		for (const call of [current, previous]) {
			expect(verifySignature(call, PLAIN, [KEY, OTHER_KEY], NOW)).toEqual(ACCEPTED);
			expect(verifySignature(call, PLAIN, [OTHER_KEY, KEY], NOW)).toEqual(ACCEPTED);
		}
		expect(verifySignature(previous, PLAIN, [KEY], NOW)).toEqual(rejected(FITS_NO_KEY));
		const third = await signedDelivery({ key: 'a third key' });
		expect(verifySignature(third, PLAIN, [KEY, OTHER_KEY], NOW)).toEqual(rejected(FITS_NO_KEY));
	});

	it.each([
		['there is none', []],
		['there are only empty ones', ['', '']],
		['there are only blank ones', [' ', '\t\n']],
	])('accept nothing where %s', async (_case, keys) => {
		const forged = await signedDelivery({ key: '' }).catch(() => signedDelivery({ key: '\0' }));
		expect(verifySignature(forged, PLAIN, keys, NOW)).toEqual(rejected(NO_KEY));
		expect(verifySignature(await signedDelivery(), PLAIN, keys, NOW)).toEqual(rejected(NO_KEY));
	});

	it('that are empty do not count beside one that is not', async () => {
		const forged = await signedDelivery({ key: '\0' });
		expect(verifySignature(forged, PLAIN, ['', KEY], NOW)).toEqual(rejected(FITS_NO_KEY));
		expect(verifySignature(await signedDelivery(), PLAIN, ['', KEY], NOW)).toEqual(ACCEPTED);
	});

	it('are the bytes that their encoding says', () => {
		expect(decodeKey('c2VjcmV0', 'base64')?.toString()).toBe('secret');
		expect(decodeKey(' c2VjcmV0\n', 'base64')?.toString()).toBe('secret');
		expect(decodeKey('736563726574', 'hex')?.toString()).toBe('secret');
		expect(decodeKey('736563726574'.toUpperCase(), 'hex')?.toString()).toBe('secret');
		expect(decodeKey('Schlüssel', 'utf8')).toEqual(Buffer.from('Schlüssel', 'utf8'));
	});

	it.each([
		['', 'utf8'],
		['  ', 'utf8'],
		['c2VjcmV', 'base64'],
		['c2Vj cmV0', 'base64'],
		['c2Vjcm-_', 'base64'],
		['====', 'base64'],
		['not Base64!', 'base64'],
		['', 'base64'],
		['73656', 'hex'],
		['7365zz', 'hex'],
		['0x7365', 'hex'],
	] as const)('%p is none in %s', (key, encoding) => {
		expect(decodeKey(key, encoding)).toBeUndefined();
	});

	it('in another encoding than the one that is set verify nothing', async () => {
		const call = await signedDelivery({ scheme: { ...PLAIN, keyEncoding: 'hex' } });
		expect(verifySignature(call, PLAIN, [KEY], NOW)).toEqual(rejected(FITS_NO_KEY));
		const base64 = { ...PLAIN, keyEncoding: 'base64' as const };
		expect(verifySignature(call, base64, [KEY], NOW)).toEqual(rejected(FITS_NO_KEY));
	});
});

describe('a replay', () => {
	it.each([
		[0, ACCEPTED],
		[300, ACCEPTED],
		[301, rejected(/^its timestamp is 301 seconds old$/)],
		[86_400, rejected(/^its timestamp is 86400 seconds old$/)],
		[-300, ACCEPTED],
		[-301, rejected(/^its timestamp lies 301 seconds in the future$/)],
	])('after %d seconds', async (seconds, result) => {
		const call = await signedDelivery({ scheme: TIMED });
		expect(verifySignature(call, TIMED, [KEY], NOW + seconds * 1000)).toEqual(result);
	});

	it('cannot be given a new time where the time is signed', async () => {
		const call = await signedDelivery({ scheme: TIMED });
		const later = NOW + 3_600_000;
		const renewed = withHeaders(call, { 'x-timestamp': String(later / 1000) });
		expect(verifySignature(renewed, TIMED, [KEY], later)).toEqual(rejected(FITS_NO_KEY));
	});

	it('is found by its time where the time is not signed, unless somebody changes the time', async () => {
		const scheme = { ...TIMED, separator: undefined };
		const call = await signedDelivery({ scheme });
		const later = NOW + 3_600_000;
		expect(verifySignature(call, scheme, [KEY], NOW)).toEqual(ACCEPTED);
		expect(verifySignature(call, scheme, [KEY], later)).toEqual(rejected(/3600 seconds old$/));
	});

	it.each([
		['missing', undefined, NO_TIMESTAMP],
		['empty', '', NO_TIMESTAMP],
		['a list', [String(SECONDS), String(SECONDS)], NO_TIMESTAMP],
		['twice there', `${SECONDS}, ${SECONDS}`, /^its timestamp is no time$/],
		['no time', 'now', /^its timestamp is no time$/],
		['no time', 'NaN', /^its timestamp is no time$/],
		['infinite', 'Infinity', /^its timestamp is no time$/],
	])('with a time that is %s is rejected', async (_case, value, reason) => {
		const call = withHeaders(await signedDelivery({ scheme: TIMED }), { 'x-timestamp': value });
		expect(verifySignature(call, TIMED, [KEY], NOW)).toEqual(rejected(reason));
	});

	it('with a signature over the body alone is rejected where the time is signed', async () => {
		const call = await signedDelivery({ scheme: { ...TIMED, separator: undefined } });
		expect(verifySignature(call, TIMED, [KEY], NOW)).toEqual(rejected(FITS_NO_KEY));
	});
});

describe('the reasons', () => {
	it('hold neither a key nor a signature', async () => {
		const right = await signedDelivery({ scheme: TIMED });
		const wrong = withHeaders(right, { 'x-signature': `v1=${'ab'.repeat(32)}` });
		const expected = String(right.headers['x-signature']).slice(3);
		const text = JSON.stringify(verifySignature(wrong, TIMED, [KEY, OTHER_KEY], NOW));
		for (const secret of [KEY, OTHER_KEY, expected, 'ab'.repeat(32)]) {
			expect(text).not.toContain(secret);
		}
	});
});

describe('a timestamp', () => {
	it.each([
		['seconds', String(NOW / 1000)],
		['seconds with a fraction', `${NOW / 1000}.347`],
		['milliseconds', String(NOW)],
		['ISO 8601 in UTC', '2026-11-30T12:00:00Z'],
		['ISO 8601 with milliseconds', '2026-11-30T12:00:00.250Z'],
		['ISO 8601 with an offset', '2026-11-30T13:00:00+01:00'],
	])('may be written in %s', (_form, text) => {
		expect(verifyTimestamp(text, 5, NOW)).toEqual({ ok: true });
		expect(verifyTimestamp(text, 5, NOW + 60_000)).toMatchObject({ ok: false });
		expect(verifyTimestamp(text, 5, NOW - 60_000)).toMatchObject({ ok: false });
	});

	it.each([
		'',
		'now',
		'0',
		'-1796040000',
		'1.8e9',
		'0x6b0d3f40',
		'1796040000, 1796040000',
		'2026-11-30T12:00:00',
		'2026-11-30',
		'Mon, 30 Nov 2026 12:00:00 GMT',
		'2026-02-30T12:00:00Z',
		'99999999999999999999',
	])('is no time: %p', (text) => {
		const rejection = { ok: false, reason: 'its timestamp is no time' };
		expect(verifyTimestamp(text, Number.MAX_VALUE, NOW)).toEqual(rejection);
	});

	it('is compared in whole seconds, in both directions', () => {
		const text = String(NOW / 1000);
		expect(verifyTimestamp(text, 10, NOW + 10_499)).toEqual({ ok: true });
		expect(verifyTimestamp(text, 10, NOW - 10_499)).toEqual({ ok: true });
		expect(verifyTimestamp(text, 10, NOW + 10_501)).toEqual({
			ok: false,
			reason: 'its timestamp is 11 seconds old',
		});
		expect(verifyTimestamp(text, 10, NOW - 10_501)).toEqual({
			ok: false,
			reason: 'its timestamp lies 11 seconds in the future',
		});
	});
});
