import { describe, expect, it } from '@jest/globals';
import { NodeApiError, type INode, type JsonObject } from 'n8n-workflow';
import { noteTokenError, tokenErrorIn } from '../../../../nodes/Imburse/api/auth/tokenErrors.ts';
import { TokenError } from '../../../../nodes/Imburse/api/auth/tokenExchange.ts';

const NODE: INode = {
	id: '1',
	name: 'Imburse',
	type: 'imburse',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

describe('tokenErrorIn', () => {
	const reason = new TokenError('keys', 'Imburse refused the keys.');

	it('finds the reason, bare or wrapped by n8n', () => {
		const wrapped = new NodeApiError(NODE, reason as unknown as JsonObject);
		expect(tokenErrorIn(reason)).toBe(reason);
		expect(tokenErrorIn(wrapped)).toBe(reason);
		expect(tokenErrorIn(new Error('outer', { cause: wrapped }))).toBe(reason);
	});

	it('takes what was noted for the credential where n8n 1.x has dropped it, once', () => {
		const credentials = {};
		noteTokenError(credentials, reason);
		expect(tokenErrorIn(new Error('wrapped'), {})).toBeUndefined();
		expect(tokenErrorIn(new Error('wrapped'), credentials)).toBe(reason);
		expect(tokenErrorIn(new Error('wrapped'), credentials)).toBeUndefined();
	});

	it.each([undefined, null, 'text', new Error('lost'), { cause: reason }])(
		'finds none in %p',
		(error) => {
			expect(tokenErrorIn(error)).toBeUndefined();
		},
	);
});
