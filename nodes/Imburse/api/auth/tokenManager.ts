import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { parseCredential, type ImburseCredential } from '../credential';
import { noteTakeOver } from './savedCredential';
import { isFresh, readStoredToken } from './storedToken';
import { TokenError } from './tokenExchange';
import { tokenErrorIn } from './tokenErrors';
import type { SendHttp, HttpResponse, HttpRequest } from '../http';

/** A run's credential, and how to use it. */
export interface TokenManagerOptions {
	/** The same for all runs of this process that use the same credential. */
	id: string;
	/** What the calls are authorised with; n8n writes a new token into it. */
	data: ICredentialDataDecryptedObject;
	baseUrl: string;
	/** Reads what is stored at this moment. */
	reload(): Promise<ICredentialDataDecryptedObject>;
	/** Sends one request; n8n fetches and stores a token before it where there is none. */
	send: SendHttp;
}

/** A new token that does not let a request in may have been outdated by another worker: once. */
const MOST_REFUSALS = 2;
/** When so many new tokens let nothing in, it is not a token that is missing. */
const MOST_FRUITLESS = 3;
const UNAUTHORIZED = 401;

/** The renewals under way in this process, so that two runs do not both fetch a token. */
const renewals = new Map<string, Promise<void>>();

/**
 * Sends with a token that works. One caller renews it while all others wait: a server may honour
 * only the newest token, so that callers who renew at the same time would undo each other's. After
 * a 401 a request is sent again: Imburse has done nothing with one that it did not let in (API
 * reference 3.4 and 10.4). A token call that failed is not tried again in the same run.
 */
export class TokenManager {
	private failed: TokenError | undefined;
	/** The last token that was refused. */
	private outdated: unknown;
	/** New tokens since the last request that was let in. */
	private fruitless = 0;

	constructor(private readonly keyring: TokenManagerOptions) {
		noteTakeOver(keyring.data, async () => await this.takeStored());
	}

	async send(request: HttpRequest): Promise<HttpResponse> {
		for (let refusals = 0; ;) {
			const other = renewals.get(this.keyring.id);
			if (other) await other;
			// A renewal may have begun again while this one waited for its turn.
			if (renewals.has(this.keyring.id)) continue;
			if (this.failed) throw this.failed;
			const isNew = !this.hasToken();
			const answer = isNew
				? await alone(this.keyring.id, async () => await this.renewAndSend(request))
				: await this.sendWithToken(request);
			if (!answer) continue;
			if (answer.status !== UNAUTHORIZED) {
				this.fruitless = 0;
				return answer;
			}
			// A token that others use as well may have ended meanwhile; a new one has not.
			if (isNew) refusals++;
			if (refusals >= MOST_REFUSALS || this.fruitless >= MOST_FRUITLESS) return answer;
		}
	}

	private async sendWithToken(request: HttpRequest): Promise<HttpResponse> {
		const { data, send: sendOnce } = this.keyring;
		const token = data.accessToken;
		const answer = await sendOnce(request);
		if (answer.status === UNAUTHORIZED && data.accessToken === token) this.forgetToken();
		return answer;
	}

	/** @returns nothing when another worker has stored a newer token already */
	private async renewAndSend(request: HttpRequest): Promise<HttpResponse | undefined> {
		const { data, send: sendOnce } = this.keyring;
		await this.takeStored();
		if (this.hasToken()) return undefined;
		if (this.fruitless >= MOST_FRUITLESS) this.failed = new TokenError('unavailable', FRUITLESS);
		if (this.failed) throw this.failed;
		this.fruitless++;
		const answer = await sendOnce(request).catch((error: unknown) => {
			this.failed = tokenErrorIn(error, data);
			throw this.failed ?? error;
		});
		if (answer.status === UNAUTHORIZED) this.forgetToken();
		return answer;
	}

	/** All of it is taken over, since the first generation of n8n writes all of it back. */
	private async takeStored(): Promise<void> {
		const { data, reload: readAgain } = this.keyring;
		const stored = await readAgain();
		if (!isSameAccess(parseCredential(data), parseCredential(stored))) {
			this.failed = new TokenError('credential', CHANGED);
			throw this.failed;
		}
		Object.assign(data, stored);
		if (data.accessToken === this.outdated || !this.hasToken()) data.accessToken = '';
	}

	private forgetToken(): void {
		const { data } = this.keyring;
		this.outdated = data.accessToken;
		data.accessToken = '';
	}

	private hasToken(): boolean {
		const { data, baseUrl } = this.keyring;
		const credential = parseCredential(data);
		const stored = readStoredToken(credential.accessToken ?? '', baseUrl, credential);
		return stored !== undefined && isFresh(stored, Date.now());
	}
}

const FRUITLESS =
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

async function alone<Result>(id: string, work: () => Promise<Result>): Promise<Result> {
	let end = () => {};
	renewals.set(id, new Promise<void>((resolve) => (end = resolve)));
	try {
		return await work();
	} finally {
		renewals.delete(id);
		end();
	}
}
