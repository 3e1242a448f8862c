import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	equalsSecret,
	provesOrigin,
	verifyDelivery,
	type Verification,
} from '../../../../nodes/Imburse/webhook/verify/verifyDelivery.ts';
import { delivery, NOW } from '../deliveries.mts';
import { BODY, KEY, PLAIN, signedDelivery } from './signing.mts';

const SECRET = 'correct-horse-battery-staple';
const IN_HEADER: Verification = { kind: 'secretInHeader', header: 'X-Secret', secret: SECRET };
const IN_URL: Verification = { kind: 'secretInUrl', parameter: 'secret', secret: SECRET };
const SIGNED: Verification = { kind: 'signature', scheme: PLAIN, keys: [KEY] };

function withHeader(name: string, value: string | string[] | undefined) {
	return delivery(BODY, { headers: { [name]: value } });
}

function withQuery(query: Record<string, unknown>) {
	return delivery(BODY, { query });
}

describe('the secret in a header', () => {
	it.each(['X-Secret', 'x-secret', 'X-SECRET'])('is accepted in %s', (header) => {
		expect(verifyDelivery(withHeader('x-secret', SECRET), { ...IN_HEADER, header }, NOW)).toEqual({
			ok: true,
		});
	});

	it.each([
		['is missing', undefined],
		['is empty', ''],
		['is another', 'incorrect-horse-battery-staple'],
		['is cut off', SECRET.slice(0, -1)],
		['came twice', `${SECRET}, ${SECRET}`],
		['is a list', [SECRET]],
	])('is rejected where it %s', (_case, value) => {
		expect(verifyDelivery(withHeader('x-secret', value), IN_HEADER, NOW)).toEqual({
			ok: false,
			reason: 'the header X-Secret does not hold the Webhook Shared Secret',
		});
	});

	it('does not count in the URL, in another header or in the body', () => {
		const headers = { 'x-signature': SECRET };
		const call = delivery(SECRET, { headers, query: { 'X-Secret': SECRET, secret: SECRET } });
		expect(verifyDelivery(call, IN_HEADER, NOW)).toMatchObject({ ok: false });
	});
});

describe('the secret in the URL', () => {
	it('is accepted', () => {
		expect(verifyDelivery(withQuery({ secret: SECRET }), IN_URL, NOW)).toEqual({ ok: true });
	});

	it.each([
		['is missing', {}],
		['is empty', { secret: '' }],
		['is another', { secret: 'incorrect-horse-battery-staple' }],
		['came twice', { secret: [SECRET, SECRET] }],
		['is an object', { secret: { [SECRET]: SECRET } }],
		['stands under another name', { Secret: SECRET }],
		['is a name', { [SECRET]: 'secret' }],
	])('is rejected where it %s', (_case, query) => {
		expect(verifyDelivery(withQuery(query), IN_URL, NOW)).toEqual({
			ok: false,
			reason: 'its address does not hold the Webhook Shared Secret under "secret"',
		});
	});

	it.each(['__proto__', 'constructor', 'toString'])('is not found under %s', (parameter) => {
		expect(verifyDelivery(withQuery({}), { ...IN_URL, parameter }, NOW)).toMatchObject({
			ok: false,
		});
	});
});

describe('verification', () => {
	it('by signature accepts what is signed, and nothing else', async () => {
		expect(verifyDelivery(await signedDelivery(), SIGNED, NOW)).toEqual({ ok: true });
		expect(verifyDelivery(delivery(BODY), SIGNED, NOW)).toMatchObject({ ok: false });
		expect(verifyDelivery(await signedDelivery(), { ...SIGNED, keys: [] }, NOW)).toMatchObject({
			ok: false,
		});
	});

	it('is skipped only where the user chose None', () => {
		expect(verifyDelivery(delivery(BODY), { kind: 'none' }, NOW)).toEqual({ ok: true });
		for (const empty of [
			{ ...IN_HEADER, secret: '' },
			{ ...IN_URL, secret: '' },
		]) {
			const call = delivery(BODY, { headers: { 'x-secret': '' }, query: { secret: '' } });
			expect(verifyDelivery(call, empty, NOW)).toMatchObject({ ok: false });
		}
	});

	it('never writes the secret into a reason', () => {
		for (const verification of [IN_HEADER, IN_URL]) {
			expect(JSON.stringify(verifyDelivery(delivery(BODY), verification, NOW))).not.toContain(
				SECRET,
			);
		}
	});

	it.each([
		[SIGNED, true],
		[IN_HEADER, true],
		[IN_URL, false],
		[{ kind: 'none' } as const, false],
	])('proves the origin only by a key or a secret in a header: %j', (verification, proves) => {
		expect(provesOrigin(verification)).toBe(proves);
	});
});

describe('a secret', () => {
	it('equals itself', () => {
		expect(equalsSecret(SECRET, SECRET)).toBe(true);
		expect(equalsSecret('Schlüssel €', 'Schlüssel €')).toBe(true);
	});

	it.each([
		['nothing', undefined],
		['null', null],
		['an empty text', ''],
		['a part of it', SECRET.slice(0, -1)],
		['more than it', `${SECRET}x`],
		['it in capitals', SECRET.toUpperCase()],
		['it with a space', ` ${SECRET}`],
		['it twice, joined with a comma', `${SECRET}, ${SECRET}`],
		['it in a list', [SECRET]],
		['an object that says it is', { toString: () => SECRET }],
		['true', true],
		['a number', 0],
	])('does not equal %s', (_case, given) => {
		expect(equalsSecret(given, SECRET)).toBe(false);
	});

	it.each([[''], [undefined], [null], ['anything']])('that is empty does not equal %p', (given) => {
		expect(equalsSecret(given, '')).toBe(false);
	});

	it('equals no other text', () => {
		fc.assert(
			fc.property(fc.string(), fc.string({ minLength: 1 }), (given, secret) => {
				expect(equalsSecret(given, secret)).toBe(given === secret);
				expect(equalsSecret(secret, secret)).toBe(true);
			}),
		);
	});
});
