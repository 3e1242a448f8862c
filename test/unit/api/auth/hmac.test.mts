import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { hmacToken } from '../../../../nodes/Imburse/api/auth/hmac.ts';
import { PRIVATE_KEY, PUBLIC_KEY } from '../fixtures.mts';

/** API reference 3.7. */
const VECTORS = [
	{
		name: 'TV1: no body, integer epoch',
		nonce: '0123456789abcdef0123456789abcdef',
		epoch: '1700000000',
		body: '',
		signature: 'sJGxHiMX6ykIOvy9SVHCCRc2EGBMnajzcrx3aqTLYKA=',
	},
	{
		name: 'TV2: with a body',
		nonce: 'nonceAlpha42',
		epoch: '1700000001',
		body: '{"orderRef":"ORDER-1"}',
		signature: 'iASJb1t73YNla8bJwlomE+tMvDzNBFi2zSwVToF7BYU=',
	},
	{
		name: 'TV3: fractional epoch',
		nonce: '0123456789abcdef0123456789abcdef',
		epoch: '1700000000.123',
		body: '',
		signature: 'jAQwpaaC0+YaqdiYy2Ejv45+BXRLZUP+5Lwbx4Ed9E0=',
	},
	{
		name: 'TV4: a body in UTF-8',
		nonce: 'n0nce',
		epoch: '1700000002',
		body: '{"name":"Zoë €"}',
		signature: 'ZHdbZHTTfPGYKTBpYLXDgMQlZBjsvnRNRbJKwvowxC0=',
	},
];

/** What a key comes to that is used as text instead of being decoded (API reference 3.7, marked wrong). */
const WRONG = [
	{ ...VECTORS[0]!, signature: 'IoISi+U1nxo5nG9yDuNwLLyzcx4nFAaOSnNaoQojoCo=' },
	{ ...VECTORS[1]!, signature: 's+qSb4Hj80MIknz3+Mh4lLijmMzfMCOrmGJe0yKKjEA=' },
];

const keys = { publicKey: PUBLIC_KEY, privateKey: PRIVATE_KEY };

describe('hmacToken', () => {
	it.each(VECTORS)('is the one of $name', ({ nonce, epoch, body, signature }) => {
		const token = hmacToken({ ...keys, nonce, epoch, body });
		expect(token).toBe(`${PUBLIC_KEY}:${nonce}:${epoch}:${signature}`);
	});

	it('takes no body for an empty one', () => {
		const { nonce, epoch, signature } = VECTORS[0]!;
		expect(hmacToken({ ...keys, nonce, epoch })).toBe(
			`${PUBLIC_KEY}:${nonce}:${epoch}:${signature}`,
		);
	});

	it.each(WRONG)('does not use the text of the private key ($name)', (vector) => {
		const { nonce, epoch, body, signature } = vector;
		expect(hmacToken({ ...keys, nonce, epoch, body })).not.toContain(signature);
	});

	it('would be the wrong one with the text of the key: the negative vectors are what they say', () => {
		const { nonce, epoch, signature } = WRONG[0]!;
		const wrong = createHmac('sha256', PRIVATE_KEY)
			.update(`${PUBLIC_KEY}:${nonce}:${epoch}:`)
			.digest('base64');
		expect(wrong).toBe(signature);
	});

	it('never shows the private key', () => {
		const { nonce, epoch } = VECTORS[0]!;
		expect(hmacToken({ ...keys, nonce, epoch })).not.toContain(PRIVATE_KEY);
	});
});
