import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { setImmediate } from 'node:timers/promises';
import { parseCredential } from '../../../../nodes/Imburse/api/credential.ts';
import { tokenRegistry } from '../../../../nodes/Imburse/api/auth/tokenRegistry.ts';
import {
	readStoredToken,
	writeStoredToken,
} from '../../../../nodes/Imburse/api/auth/storedToken.ts';
import { TokenError } from '../../../../nodes/Imburse/api/errors/tokenError.ts';
import type { HttpResponse, HttpRequest } from '../../../../nodes/Imburse/api/http.ts';
import { TokenManager } from '../../../../nodes/Imburse/api/auth/tokenManager.ts';

const BASE_URL = 'https://imburse.example';
const REQUEST: HttpRequest = { method: 'GET', url: `${BASE_URL}/v1/tenant`, headers: {} };

/** An Imburse that honours only the newest token, and an n8n that stores it. */
class World {
	stored: ICredentialDataDecryptedObject = {
		environment: 'custom',
		baseUrl: BASE_URL,
		publicKey: 'public',
		privateKey: 'AAAA',
		accountId: 'account',
		tenantId: 'tenant',
		tokenPath: '/v1/identity/hmac',
		accessToken: '',
	};
	newest = '';
	tokenCalls = 0;
	reads = 0;
	sent = 0;
	tokenError: TokenError | undefined;
	letsNothingIn = false;
	/** Of each token. */
	uses = Infinity;
	private usesLeft = Infinity;

	/** As another worker does. */
	fetchToken(): string {
		this.tokenCalls++;
		if (this.tokenError) throw this.tokenError;
		this.newest = `token-${this.tokenCalls}`;
		this.usesLeft = this.uses;
		const token = { token: this.newest, renewAt: Date.now() + 60_000 };
		this.stored.accessToken = writeStoredToken(token, BASE_URL, parseCredential(this.stored));
		return this.stored.accessToken;
	}

	manager(id = 'credential', data = { ...this.stored }): TokenManager {
		return new TokenManager({
			id,
			data,
			baseUrl: BASE_URL,
			reload: async () => {
				await setImmediate();
				this.reads++;
				return { ...this.stored };
			},
			send: async () => await this.answerTo(data),
		});
	}

	private async answerTo(data: ICredentialDataDecryptedObject): Promise<HttpResponse> {
		await setImmediate();
		if (data.accessToken === '') data.accessToken = this.fetchToken();
		this.sent++;
		const { token } = readStoredToken(
			parseCredential(data).accessToken,
			BASE_URL,
			parseCredential(data),
		)!;
		await setImmediate();
		const works = token === this.newest && !this.letsNothingIn && this.usesLeft-- > 0;
		const status = works ? 200 : 401;
		return { status, headers: {}, text: '' };
	}
}

let world: World;

beforeEach(() => {
	world = new World();
});

async function sendMany(manager: TokenManager, count: number): Promise<number[]> {
	const sending = Array.from({ length: count }, () => manager.send(REQUEST));
	return (await Promise.all(sending)).map(({ status }) => status);
}

describe('the token', () => {
	it('is fetched once for all callers at the start', async () => {
		expect(new Set(await sendMany(world.manager(), 16))).toEqual(new Set([200]));
		expect(world).toMatchObject({ tokenCalls: 1, sent: 16 });
	});

	it('is fetched once for two runs of one process', async () => {
		await Promise.all([sendMany(world.manager(), 5), sendMany(world.manager(), 5)]);
		expect(world.tokenCalls).toBe(1);
	});

	it('is not read again as long as it works', async () => {
		world.fetchToken();
		const manager = world.manager();
		await sendMany(manager, 3);
		await manager.send(REQUEST);
		expect(world).toMatchObject({ reads: 0, tokenCalls: 1, sent: 4 });
	});

	it('is fetched once when it ends with many callers on their way', async () => {
		world.fetchToken();
		const manager = world.manager();
		world.newest = 'none';
		expect(new Set(await sendMany(manager, 16))).toEqual(new Set([200]));
		expect(world.tokenCalls).toBe(2);
	});

	it('is taken from another worker who has a newer one', async () => {
		world.fetchToken();
		const manager = world.manager();
		world.fetchToken();
		expect(new Set(await sendMany(manager, 16))).toEqual(new Set([200]));
		expect(world.tokenCalls).toBe(2);
	});

	it('is asked for again where another worker outdates it at the wrong moment', async () => {
		world.fetchToken();
		const manager = world.manager();
		world.fetchToken();
		const sending = manager.send(REQUEST);
		await setImmediate();
		await setImmediate();
		world.newest = 'outdated by somebody who does not store it';
		expect((await sending).status).toBe(200);
	});

	it('is shared by many callers also where it lasts for a few calls only', async () => {
		world.uses = 3;
		expect(new Set(await sendMany(world.manager(), 50))).toEqual(new Set([200]));
	});

	it('is asked for twice for a call that no token lets in', async () => {
		world.letsNothingIn = true;
		expect((await world.manager().send(REQUEST)).status).toBe(401);
		expect(world).toMatchObject({ tokenCalls: 2, sent: 2 });
	});

	it('is asked for three times where nothing helps, however many callers there are', async () => {
		world.letsNothingIn = true;
		const manager = world.manager();
		const results = await Promise.allSettled(
			Array.from({ length: 16 }, () => manager.send(REQUEST)),
		);
		const answers = results.flatMap((result) =>
			result.status === 'fulfilled' ? result.value.status : [],
		);
		const errors = results.flatMap((result) =>
			result.status === 'rejected' ? (result.reason as unknown) : [],
		);
		expect(world).toMatchObject({ tokenCalls: 3, sent: 3 });
		// The last to be refused shows what Imburse answered; nobody else is sent any more.
		expect(answers).toEqual([401]);
		expect(errors).toHaveLength(15);
		for (const error of errors) {
			expect(error).toMatchObject({
				problem: 'unavailable',
				message:
					'Imburse gave out new access tokens, and refused every request with them. Test the Imburse credential: the Account ID or the Tenant ID may belong to another key. If they are right, ask Imburse.',
			});
		}
	});
});

describe('a token call that failed', () => {
	it('is remembered for the run', async () => {
		world.tokenError = new TokenError('keys', 'Imburse refused the keys');
		const manager = world.manager();
		const sending = Array.from({ length: 16 }, () => manager.send(REQUEST));
		const results = await Promise.allSettled(sending);
		expect(results.map(({ status }) => status)).toEqual(Array(16).fill('rejected'));
		await expect(manager.send(REQUEST)).rejects.toThrow('Imburse refused the keys');
		expect(world.tokenCalls).toBe(1);
		expect(world.reads).toBe(1);
	});
});

describe('a credential that is edited during the run', () => {
	it('is used with the token that its new keys have already', async () => {
		world.stored.publicKey = 'rotated';
		world.fetchToken();
		const manager = world.manager('credential', { ...world.stored, publicKey: 'public' });
		expect((await manager.send(REQUEST)).status).toBe(200);
		expect(world).toMatchObject({ reads: 1, tokenCalls: 1 });
	});

	it('is used with its new keys', async () => {
		world.fetchToken();
		const manager = world.manager();
		Object.assign(world.stored, { publicKey: 'rotated', accessToken: '' });
		world.newest = 'none';
		expect((await manager.send(REQUEST)).status).toBe(200);
	});

	it.each([
		['environment', 'production'],
		['base URL', 'https://elsewhere.example', 'baseUrl'],
		['account', 'other', 'accountId'],
		['tenant', 'other', 'tenantId'],
	])('is not followed to another %s', async (name, value, field = name) => {
		world.fetchToken();
		const manager = world.manager();
		Object.assign(world.stored, { [field]: value, accessToken: '' });
		world.newest = 'none';
		await expect(manager.send(REQUEST)).rejects.toMatchObject({
			problem: 'credential',
			message:
				'The Imburse credential was changed while the run was going on: it leads to another environment, account or tenant now. Nothing more was sent. Run it again.',
		});
		expect(world.tokenCalls).toBe(1);
	});

	it('is taken over by a run that is asked to', async () => {
		const data = { ...world.stored };
		world.manager('credential', data);
		world.stored.publicKey = 'rotated';
		await tokenRegistry.reload(data);
		expect(data.publicKey).toBe('rotated');
	});
});
