import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	isFresh,
	readStoredToken,
	writeStoredToken,
} from '../../../../nodes/Imburse/api/auth/storedToken.ts';
import { credential, PRIVATE_KEY, PUBLIC_KEY, SANDBOX_URL } from '../fixtures.mts';

const stored = { token: 'eyJhbGciOi.eyJleHAiOjE.c2ln', renewAt: 1_700_000_000_000 };
const owner = credential();
const text = writeStoredToken(stored, SANDBOX_URL, owner);

describe('a stored token', () => {
	it('is read back as it was written', () => {
		expect(readStoredToken(text, SANDBOX_URL, owner)).toEqual(stored);
	});

	it('comes back whole, whatever it looks like', () => {
		fc.assert(
			fc.property(fc.string(), fc.nat(), (token, renewAt) => {
				const written = writeStoredToken({ token, renewAt }, SANDBOX_URL, owner);
				expect(readStoredToken(written, SANDBOX_URL, owner)).toEqual({ token, renewAt });
			}),
		);
	});

	it.each([
		['the base URL', 'https://api.imbursepayments.com', owner],
		['the public key', SANDBOX_URL, credential({ publicKey: PUBLIC_KEY.replace('1', '2') })],
		['the private key', SANDBOX_URL, credential({ privateKey: PRIVATE_KEY.replace('A', 'B') })],
		['the token path', SANDBOX_URL, credential({ tokenPath: '/v2/identity/hmac' })],
	])('does not outlive a change of %s', (_what, baseUrl, changed) => {
		expect(readStoredToken(text, baseUrl, changed)).toBeUndefined();
	});

	it('tells two keys apart that are alike when they stand side by side', () => {
		const one = credential({ publicKey: 'ab', privateKey: 'c' });
		const other = credential({ publicKey: 'a', privateKey: 'bc' });
		expect(
			readStoredToken(writeStoredToken(stored, SANDBOX_URL, one), SANDBOX_URL, other),
		).toBeUndefined();
	});

	it.each(['', '.', '..', 'a-token-of-another-making', 'eyJhbGciOi.eyJleHAiOjE.c2ln'])(
		'is not found in %j',
		(foreign) => {
			expect(readStoredToken(foreign, SANDBOX_URL, owner)).toBeUndefined();
		},
	);

	it('holds neither key', () => {
		expect(text).not.toContain(PRIVATE_KEY);
		expect(text).not.toContain(PUBLIC_KEY);
	});
});

describe('isFresh', () => {
	it.each([
		[-1, true],
		[0, false],
		[1, false],
	])('is, %d ms from the moment of renewal, %p', (offset, fresh) => {
		expect(isFresh(stored, stored.renewAt + offset)).toBe(fresh);
	});

	it('is not, when the moment of renewal cannot be read', () => {
		expect(isFresh({ token: 'x', renewAt: Number.NaN }, 0)).toBe(false);
	});
});
