import { describe, expect, it } from '@jest/globals';
import { NodeApiError, type INode, type JsonObject } from 'n8n-workflow';
import { findTokenError, TokenError } from '../../../../nodes/Imburse/api/errors/tokenError.ts';

const NODE: INode = {
	id: '1',
	name: 'Imburse',
	type: 'imburse',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

describe('findTokenError', () => {
	const reason = new TokenError('keys', 'Imburse refused the keys.');

	it('finds the reason, bare or wrapped by n8n', () => {
		const wrapped = new NodeApiError(NODE, reason as unknown as JsonObject);
		expect(findTokenError(reason)).toBe(reason);
		expect(findTokenError(wrapped)).toBe(reason);
		expect(findTokenError(new Error('outer', { cause: wrapped }))).toBe(reason);
	});

	it.each([undefined, null, 'text', new Error('lost'), { cause: reason }])(
		'finds none in %p',
		(error) => {
			expect(findTokenError(error)).toBeUndefined();
		},
	);
});
