import { describe, expect, it } from '@jest/globals';
import { parseCredential } from '../../../nodes/Imburse/api/credential.ts';
import { credential, PRIVATE_KEY } from './fixtures.mts';

describe('asCredential', () => {
	it('gives every field of a credential', () => {
		expect(parseCredential({ ...credential() })).toEqual(credential());
	});

	it('mixes none of them up', () => {
		const names = Object.keys(credential());
		const named = Object.fromEntries(names.map((name) => [name, `what ${name} says`]));
		expect(names).toContain('webhookPreviousVerificationKey');
		expect(parseCredential(named)).toEqual(named);
	});

	it('forgives the spaces that come along with copying', () => {
		const copied = { ...credential(), privateKey: `\n${PRIVATE_KEY} `, tokenPath: ' /v2/x\t' };
		expect(parseCredential(copied)).toEqual(credential({ tokenPath: '/v2/x' }));
	});

	it('writes account and tenant in small letters, as Imburse does, and nothing else', () => {
		const accountId = 'AAAAAAAA-0000-4000-8000-00000000000F';
		const copied = { ...credential(), accountId, tenantId: accountId, publicKey: accountId };
		const id = accountId.toLowerCase();
		expect(parseCredential(copied)).toEqual(
			credential({ accountId: id, tenantId: id, publicKey: accountId }),
		);
	});

	it.each([undefined, null, 7, true, {}, ['key']])(
		'takes %p, which an expression may come to, for an empty field',
		(value) => {
			const data = { ...credential(), publicKey: value } as Parameters<typeof parseCredential>[0];
			expect(parseCredential(data).publicKey).toBe('');
		},
	);
});
