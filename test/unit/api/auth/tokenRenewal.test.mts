import { describe, expect, it } from '@jest/globals';
import {
	isTokenRefused,
	renewSavedToken,
	renewToken,
} from '../../../../nodes/Imburse/api/auth/tokenRenewal.ts';
import {
	readStoredToken,
	writeStoredToken,
} from '../../../../nodes/Imburse/api/auth/storedToken.ts';
import type { SendHttp, HttpResponse, HttpRequest } from '../../../../nodes/Imburse/api/http.ts';
import { answer, credential, errorAnswer, SANDBOX_URL } from '../fixtures.mts';

const owner = credential();
const TOKEN_CALL = `POST ${SANDBOX_URL}/v1/identity/hmac`;
const PROBE = `GET ${SANDBOX_URL}/v1/tenant`;

function storing(life: number, owned = owner) {
	const stored = { token: 'old-token', renewAt: Date.now() + life };
	return { ...owner, accessToken: writeStoredToken(stored, SANDBOX_URL, owned) };
}

/** Gives out the token `new-token`, and answers the probe as told. */
function imburse(probe: HttpResponse | Error = answer(200, {})) {
	const sent: HttpRequest[] = [];
	const send: SendHttp = async (request) => {
		sent.push(request);
		if (request.method === 'POST') {
			return answer(201, { accessToken: 'new-token', expires: Date.now() + 3_600_000 });
		}
		if (probe instanceof Error) throw probe;
		return probe;
	};
	return { send, seen: () => sent.map(({ method, url }) => `${method} ${url}`), sent };
}

describe('renewToken', () => {
	it('fetches one when none is stored', async () => {
		const { send, seen } = imburse();
		const text = await renewToken(owner, send);
		expect(readStoredToken(text ?? '', SANDBOX_URL, owner)?.token).toBe('new-token');
		expect(seen()).toEqual([TOKEN_CALL]);
	});

	it.each([
		['of other keys', storing(3_600_000, credential({ publicKey: 'other' }))],
		['unreadable', credential({ accessToken: 'rubbish' })],
	])('fetches one when the stored one is %s, and never sends that one', async (_what, who) => {
		const { send, seen, sent } = imburse();
		expect(await renewToken(who, send)).toBeDefined();
		expect(seen()).toEqual([TOKEN_CALL]);
		expect(JSON.stringify(sent)).not.toContain('old-token');
	});

	it('keeps one that Imburse still takes', async () => {
		const { send, seen, sent } = imburse();
		expect(await renewToken(storing(3_600_000), send)).toBeUndefined();
		expect(seen()).toEqual([PROBE]);
		expect(sent[0]?.headers).toMatchObject({ authorization: 'Bearer old-token' });
	});

	it.each([
		['403: the key has no right to read the tenant', errorAnswer(403, ['ROLE'])],
		['404', answer(404)],
		['429', answer(429)],
		['500', answer(500)],
		['302', answer(302)],
		['a login page', answer(200, '<html>')],
	])('keeps one when the answer to the probe is %s', async (_what, probe) => {
		const { send, seen } = imburse(probe);
		expect(await renewToken(storing(3_600_000), send)).toBeUndefined();
		expect(seen()).toEqual([PROBE]);
	});

	it('says why Imburse cannot be asked, and does not ask for another one', async () => {
		const { send, seen } = imburse(Object.assign(new Error('lost'), { code: 'ECONNREFUSED' }));
		await expect(renewToken(storing(3_600_000), send)).rejects.toMatchObject({
			problem: 'unreachable',
			message: expect.stringContaining('it refused the connection') as unknown,
		});
		expect(seen()).toEqual([PROBE]);
	});

	it('replaces one that Imburse refuses', async () => {
		const { send, seen } = imburse(answer(401));
		const text = await renewToken(storing(3_600_000), send);
		expect(readStoredToken(text ?? '', SANDBOX_URL, owner)?.token).toBe('new-token');
		expect(seen()).toEqual([PROBE, TOKEN_CALL]);
	});

	it('says nothing of one that has ended: a request may have gone out with it before', async () => {
		const { send, seen } = imburse(answer(401));
		expect(await renewToken(storing(-1), send)).toBeUndefined();
		expect(seen()).toEqual([]);
	});
});

describe('renewSavedToken', () => {
	const other = credential({ publicKey: 'other' });

	it('fetches one token when the keys are as before', async () => {
		const { send, seen } = imburse();
		const text = await renewSavedToken(owner, () => Promise.resolve(owner), send);
		expect(readStoredToken(text ?? '', SANDBOX_URL, owner)?.token).toBe('new-token');
		expect(seen()).toEqual([TOKEN_CALL]);
	});

	it('fetches another one for keys that were saved meanwhile', async () => {
		const { send, seen, sent } = imburse();
		const text = await renewSavedToken(owner, () => Promise.resolve(other), send);
		expect(readStoredToken(text ?? '', SANDBOX_URL, owner)).toBeUndefined();
		expect(readStoredToken(text ?? '', SANDBOX_URL, other)?.token).toBe('new-token');
		expect(seen()).toEqual([TOKEN_CALL, TOKEN_CALL]);
		expect(sent[1]?.headers.Authorization).toContain('other');
	});

	it('takes nothing over where the stored token is kept', async () => {
		const { send } = imburse();
		const takeOver = () => Promise.reject(new Error('It took something over.'));
		expect(await renewSavedToken(storing(3_600_000), takeOver, send)).toBeUndefined();
	});
});

describe('isTokenRefused', () => {
	it.each([
		[401, true],
		[200, false],
		[403, false],
	])('asks Imburse, and is told %d', async (status, isRefused) => {
		const { send, seen } = imburse(answer(status));
		expect(await isTokenRefused(storing(3_600_000), send)).toBe(isRefused);
		expect(seen()).toEqual([PROBE]);
	});

	it.each([
		['there is none', owner],
		['it is of other keys', storing(3_600_000, credential({ publicKey: 'other' }))],
	])('asks nobody where %s', async (_what, who) => {
		const { send, seen } = imburse(answer(401));
		expect(await isTokenRefused(who, send)).toBe(false);
		expect(seen()).toEqual([]);
	});
});
