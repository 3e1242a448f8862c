import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from './clock.mts';
import type { SandboxOptions } from './options.mts';

/** Access tokens that the sandbox has issued and that still work. */
export class AccessTokens {
	private readonly secret = randomBytes(32);
	private readonly expiryByToken = new Map<string, number>();

	constructor(
		private readonly options: SandboxOptions,
		private readonly clock: Clock,
	) {}

	/** The answer of the token call: `{ accessToken, expires }` (API reference 3.1, observed). */
	issue(): { accessToken: string; expires: number | string } {
		const expirySeconds = Math.floor(this.clock() / 1000) + this.options.tokenLifetimeSeconds;
		const accessToken = this.jwt(expirySeconds);
		this.expiryByToken.set(accessToken, expirySeconds * 1000);
		return { accessToken, expires: this.writeExpiry(expirySeconds) };
	}

	isValid(accessToken: string): boolean {
		return (this.expiryByToken.get(accessToken) ?? 0) > this.clock();
	}

	/** All tokens issued so far stop working at once. */
	expireAll(): void {
		this.expiryByToken.clear();
	}

	private writeExpiry(expirySeconds: number): number | string {
		const { expiresFormat } = this.options;
		if (expiresFormat === 'seconds') return expirySeconds;
		return expiresFormat === 'milliseconds' ? expirySeconds * 1000 : `${expirySeconds * 1000}`;
	}

	/**
	 * A JWT with HS256 and the claims of the 2019 sample (API reference 3.4, documented). The names
	 * of the claims for account, tenant and roles are inferred; `jti` keeps two tokens apart.
	 */
	private jwt(exp: number): string {
		const { accountId, tenantId, roles } = this.options;
		const header = { alg: 'HS256', typ: 'JWT' };
		const iss = 'https://openid.imbursepayments.com/';
		const claims = {
			accountId,
			tenantId,
			roles,
			aud: 'management-api',
			exp,
			iss,
			jti: randomUUID(),
		};
		const content = `${base64Url(header)}.${base64Url(claims)}`;
		return `${content}.${createHmac('sha256', this.secret).update(content).digest('base64url')}`;
	}
}

function base64Url(value: object): string {
	return Buffer.from(JSON.stringify(value)).toString('base64url');
}
