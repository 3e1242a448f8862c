import { describe, expect, it } from '@jest/globals';
import { hmacToken } from '../../../nodes/Imburse/api/auth/hmac.ts';
import { parseErrorBody } from '../../../nodes/Imburse/api/errors/errorBody.ts';
import { parseResponseBody } from '../../../nodes/Imburse/api/responseBody.ts';
import { PAGE, readProjectFile } from './citations.mts';
import { samplesOf } from './pages.mts';

const page = { path: PAGE, markdown: readProjectFile(PAGE) };

/** What a block of the page gives a name to, one line each: `nonce      : abc`. */
function valuesIn(block: string): Record<string, string> {
	const lines = [...block.matchAll(/^(\w+) +: (.*?)(?: {2,}\(.*)?$/gm)];
	return Object.fromEntries(
		lines.map(([, name = '', value = '']) => [name, value === '(empty)' ? '' : value]),
	);
}

const [keys, ...vectors] = samplesOf(page, '')
	.map(valuesIn)
	.filter(({ publicKey, signature }) => publicKey ?? signature);

describe('the test vectors of docs/imburse-api.md', () => {
	it('are four, for one pair of keys', () => {
		expect(Object.keys(keys ?? {})).toEqual(['publicKey', 'privateKey']);
		expect(vectors).toHaveLength(4);
	});

	it.each(vectors)(
		'are signed as the node signs: $epoch',
		({ nonce, epoch = '', body, ...vector }) => {
			const { publicKey = '', privateKey = '' } = keys ?? {};
			const random = nonce ?? vectors[0]!.nonce!;
			const token = hmacToken({ publicKey, privateKey, nonce: random, epoch, body });
			expect(token).toBe(`${publicKey}:${random}:${epoch}:${vector.signature}`);
			expect(vector.wrong).not.toBe(vector.signature);
		},
	);
});

describe('the shapes of errors of docs/imburse-api.md', () => {
	const read = (text: string) => parseErrorBody(parseResponseBody(text), {});

	it('B is read by its codes', () => {
		const [, sample = ''] = /^#### Shape B\s+`(\{.+?\})`/m.exec(page.markdown) ?? [];
		expect(read(sample)).toMatchObject({
			codes: ['SCHEME_ID_INVALID', 'SCHEME_NAME_REQUIRED'],
			isImburse: true,
		});
	});

	it('C, the only sample of JSON, is read by its code, its words and the outer ID', () => {
		const [sample = '', ...others] = samplesOf(page, 'json');
		expect(others).toEqual([]);
		expect(read(sample)).toMatchObject({
			codes: ['TENANT_ID_IS_REQUIRED'],
			messages: ['…'],
			correlationId: '0HLPSRAQ7S0I6:00000002',
			isImburse: true,
		});
	});
});
