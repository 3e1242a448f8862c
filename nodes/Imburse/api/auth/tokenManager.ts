import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { parseCredential, type ImburseCredential } from '../credential';
import { isFresh, readStoredToken, type StoredToken } from './storedToken';
import { findTokenError, TokenError } from '../errors/tokenError';
import { tokenRegistry } from './tokenRegistry';
import type { SendHttp, HttpResponse, HttpRequest } from '../http';

/** A run's credential, and how to use it. */
export interface TokenManagerOptions {
	/** The same for all runs of this process that use the same credential. */
	id: string;
	/** What the calls are authenticated with; n8n writes a new token into it. */
	data: ICredentialDataDecryptedObject;
	baseUrl: string;
	/** Reads what is stored at this moment. */
	reload(): Promise<ICredentialDataDecryptedObject>;
	/** Sends one request; n8n fetches and stores a token before it where there is none. */
	send: SendHttp;
}

/** A new token may be rejected once, when another worker has just replaced it. */
const MOST_REJECTIONS = 2;
/** After so many rejected new tokens, the token is not the cause. */
const MOST_NEW_TOKENS = 3;
const UNAUTHORIZED = 401;

/**
 * Sends with a token that works. One caller renews it while all others wait: a server may honour
 * only the newest token, so callers that renew at the same time would undo each other's. After
 * a 401 a request is sent again: Imburse has done nothing with one that it did not let in (API
 * reference 3.4 and 10.4). A token call that failed is not tried again in the same run, unless it came
 * too soon (429): then it is for the caller to slow down and to send again.
 */
export class TokenManager {
	private failed: TokenError | undefined;
	/** The last token call that came too soon. */
	private tooSoon: TokenError | undefined;
	/** The last token that was refused. */
	private rejectedToken: unknown;
	/** What the field of the token held last: the same for almost all calls. */
	private lastRead: { text: unknown; token: StoredToken | undefined } | undefined;
	/** New tokens since the last request that was let in. */
	private newTokens = 0;

	constructor(private readonly options: TokenManagerOptions) {
		tokenRegistry.onReload(options.data, async () => await this.reloadStored());
	}

	async send(request: HttpRequest): Promise<HttpResponse> {
		for (let rejections = 0; ;) {
			await this.otherRenewal();
			// A renewal may have begun again while this one waited.
			if (tokenRegistry.renewalOf(this.options.id)) continue;
			if (this.failed) throw this.failed;
			const isNewToken = !this.hasToken();
			const response = isNewToken
				? await tokenRegistry.renewAlone(
						this.options.id,
						async () => await this.renewAndSend(request),
					)
				: await this.sendWithToken(request);
			if (!response) continue;
			if (response.status !== UNAUTHORIZED) {
				this.newTokens = 0;
				return response;
			}
			// A token that others use as well may have ended meanwhile; a new one has not.
			if (isNewToken) rejections++;
			if (rejections >= MOST_REJECTIONS || this.newTokens >= MOST_NEW_TOKENS) return response;
		}
	}

	/** Whoever waited for a token call that came too soon is too soon himself. */
	private async otherRenewal(): Promise<void> {
		const renewal = tokenRegistry.renewalOf(this.options.id);
		if (!renewal) return;
		const before = this.tooSoon;
		await renewal;
		if (this.tooSoon && this.tooSoon !== before) throw this.tooSoon;
	}

	private async sendWithToken(request: HttpRequest): Promise<HttpResponse> {
		const { data, send } = this.options;
		const token = data.accessToken;
		const response = await send(request);
		if (response.status === UNAUTHORIZED && data.accessToken === token) this.forgetToken();
		return response;
	}

	/** @returns nothing when another worker has stored a newer token already */
	private async renewAndSend(request: HttpRequest): Promise<HttpResponse | undefined> {
		const { data, send } = this.options;
		await this.reloadStored();
		if (this.hasToken()) return undefined;
		if (this.newTokens >= MOST_NEW_TOKENS)
			this.failed = new TokenError('unavailable', NO_TOKEN_WORKS);
		if (this.failed) throw this.failed;
		this.newTokens++;
		const response = await send(request).catch((error: unknown) => {
			const recorded = tokenRegistry.takeError(data);
			const tokenError = findTokenError(error) ?? recorded;
			if (tokenError?.tooManyCalls) this.comesTooSoon(tokenError);
			else this.failed = tokenError;
			throw tokenError ?? error;
		});
		if (response.status === UNAUTHORIZED) this.forgetToken();
		return response;
	}

	private comesTooSoon(error: TokenError): void {
		this.tooSoon = error;
		this.newTokens--;
	}

	/** All of it is taken over, since the first generation of n8n writes all of it back. */
	private async reloadStored(): Promise<void> {
		const { data, reload } = this.options;
		const stored = await reload();
		if (!isSameAccess(parseCredential(data), parseCredential(stored))) {
			this.failed = new TokenError('credential', CHANGED);
			throw this.failed;
		}
		Object.assign(data, stored);
		// The same token may belong to other keys now.
		this.lastRead = undefined;
		if (data.accessToken === this.rejectedToken || !this.hasToken()) data.accessToken = '';
	}

	private forgetToken(): void {
		const { data } = this.options;
		this.rejectedToken = data.accessToken;
		data.accessToken = '';
	}

	private hasToken(): boolean {
		const text = this.options.data.accessToken;
		if (this.lastRead?.text !== text) this.lastRead = { text, token: this.readToken() };
		const token = this.lastRead?.token;
		return token !== undefined && isFresh(token, Date.now());
	}

	private readToken(): StoredToken | undefined {
		const { data, baseUrl } = this.options;
		const credential = parseCredential(data);
		return readStoredToken(credential.accessToken, baseUrl, credential);
	}
}

const NO_TOKEN_WORKS =
	'Imburse gave out new access tokens, and refused every request with them. Test the Imburse credential: the Account ID or the Tenant ID may belong to another key. If they are right, ask Imburse.';

const CHANGED =
	'The Imburse credential was changed while the run was going on: it leads to another environment, account or tenant now. Nothing more was sent. Run it again.';

function isSameAccess(a: ImburseCredential, b: ImburseCredential): boolean {
	return (
		a.environment === b.environment &&
		a.baseUrl === b.baseUrl &&
		a.accountId === b.accountId &&
		a.tenantId === b.tenantId
	);
}
