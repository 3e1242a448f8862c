import type { TokenError } from '../errors/tokenError';

/** What is known of the credential data that one run, or one request, works with. */
interface CredentialState {
	/** Whether a request went out that was authenticated with these data. */
	wasUsed: boolean;
	/** Brings the data up to date with what the user has saved since. */
	reload?: () => Promise<void>;
	/** Why the last attempt to fetch a token failed. */
	error?: TokenError;
}

/**
 * Everything that this process remembers about access tokens. The node and the credential type
 * never call each other: n8n hands both of them the same data object, by which they meet here.
 */
export class TokenRegistry {
	private readonly states = new WeakMap<object, CredentialState>();
	/** By credential: two runs must not fetch a token at the same time. */
	private readonly renewals = new Map<string, Promise<void>>();
	/** Stored tokens that Imburse refused before they had expired; none is sent again. */
	private readonly rejectedTokens = new Set<string>();

	markUsed(data: object): void {
		this.stateOf(data).wasUsed = true;
	}

	markUnused(data: object): void {
		this.stateOf(data).wasUsed = false;
	}

	wasUsed(data: object): boolean {
		return this.stateOf(data).wasUsed;
	}

	/** For `reload`: the credential type is handed a run's data, and cannot read them again. */
	onReload(data: object, reload: () => Promise<void>): void {
		this.stateOf(data).reload = reload;
	}

	/** Takes over what the user has saved since a run read these data; nothing for those of no run. */
	async reload(data: object): Promise<void> {
		await this.stateOf(data).reload?.();
	}

	/** For `takeError`: n8n 1.x wraps what the credential type throws, without keeping it. */
	recordError(data: object, error: TokenError): void {
		this.stateOf(data).error = error;
	}

	/** The error that was recorded last, once. */
	takeError(data: object): TokenError | undefined {
		const state = this.stateOf(data);
		const { error } = state;
		state.error = undefined;
		return error;
	}

	reject(token: string): void {
		this.rejectedTokens.add(token);
	}

	isRejected(token: string): boolean {
		return this.rejectedTokens.has(token);
	}

	/** The renewal under way for a credential. */
	renewalOf(credentialId: string): Promise<void> | undefined {
		return this.renewals.get(credentialId);
	}

	/** Single flight: does the work while `renewalOf` tells all others to wait. */
	async renewAlone<Result>(credentialId: string, work: () => Promise<Result>): Promise<Result> {
		let end = () => {};
		this.renewals.set(credentialId, new Promise<void>((resolve) => (end = resolve)));
		try {
			return await work();
		} finally {
			this.renewals.delete(credentialId);
			end();
		}
	}

	private stateOf(data: object): CredentialState {
		const known = this.states.get(data);
		if (known) return known;
		const state = { wasUsed: false };
		this.states.set(data, state);
		return state;
	}
}

export const tokenRegistry = new TokenRegistry();
