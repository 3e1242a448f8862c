import { describe, expect, it } from '@jest/globals';
import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { TokenError } from '../../../nodes/Imburse/api/errors/tokenError.ts';
import { readList } from '../../../nodes/Imburse/listSearch/readList.ts';
import { credential } from '../api/fixtures.mts';

/** A form whose requests come to this. */
function form(send: () => Promise<unknown>): ILoadOptionsFunctions {
	const context = {
		getCredentials: async () => ({ ...credential() }),
		getNode: () => ({ credentials: { imburseApi: { id: '1', name: 'Imburse' } } }),
		helpers: { httpRequestWithAuthentication: send },
	};
	return context as unknown as ILoadOptionsFunctions;
}

const answer = (statusCode: number, body: string) =>
	form(async () => ({ statusCode, headers: {}, body }));

describe('a list', () => {
	it('is forbidden where Imburse answers it with 403', async () => {
		const result = await readList(answer(403, ''), 'getApps', 'list of apps');
		expect(result).toMatchObject({ ok: false, isForbidden: true });
	});

	it('is not called forbidden where the token call was answered with 403', async () => {
		const refused = new TokenError('keys', 'Imburse refused the keys.', null, 403);
		const context = form(async () => await Promise.reject(refused));
		const result = await readList(context, 'getApps', 'list of apps');
		expect(result).toMatchObject({ ok: false, isForbidden: false });
	});

	it('has the entries of the first list in the response', async () => {
		const body = JSON.stringify({ apps: [{ appId: 'A' }, null, 'x'] });
		expect(await readList(answer(200, body), 'getApps', 'list of apps')).toEqual({
			ok: true,
			entries: [{ appId: 'A' }],
		});
	});
});
