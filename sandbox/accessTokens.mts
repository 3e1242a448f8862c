import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from './time.mts';
import type { SandboxOptions } from './options.mts';

interface Validity {
	/** Epoch milliseconds. */
	expiresAt: number;
	usesLeft: number;
}

/** Access tokens that the sandbox has issued and that still work. */
export class AccessTokens {
	private readonly secret = randomBytes(32);
	private readonly validityByToken = new Map<string, Validity>();

	constructor(
		private readonly options: SandboxOptions,
		private readonly clock: Clock,
	) {}

	/** The response of the token call: `{ accessToken, expires }` (API reference 3.1, observed). */
	issue(): { accessToken: string; expires: number | string } {
		const expirySeconds = Math.floor(this.clock() / 1000) + this.options.tokenLifetimeSeconds;
		const accessToken = this.createJwt(expirySeconds);
		this.validityByToken.set(accessToken, { expiresAt: expirySeconds * 1000, usesLeft: Infinity });
		return { accessToken, expires: this.formatExpiry(expirySeconds) };
	}

	/** Uses the token for one call. False when it is unknown, expired or used up. */
	use(accessToken: string): boolean {
		const validity = this.validityByToken.get(accessToken);
		if (!validity || validity.expiresAt <= this.clock() || validity.usesLeft < 1) return false;
		validity.usesLeft -= 1;
		return true;
	}

	/** The token issued last works for this many more calls. */
	limitUsesOfNewest(uses: number): void {
		const newest = [...this.validityByToken.values()].at(-1);
		if (newest) newest.usesLeft = uses;
	}

	/** All tokens but the one issued last stop working at once. */
	expireAllButNewest(): void {
		for (const accessToken of [...this.validityByToken.keys()].slice(0, -1)) {
			this.validityByToken.delete(accessToken);
		}
	}

	/** All tokens issued so far stop working at once. */
	expireAll(): void {
		this.validityByToken.clear();
	}

	private formatExpiry(expirySeconds: number): number | string {
		const { expiresFormat } = this.options;
		if (expiresFormat === 'seconds') return expirySeconds;
		return expiresFormat === 'milliseconds' ? expirySeconds * 1000 : `${expirySeconds * 1000}`;
	}

	/**
	 * A JWT with HS256 and the claims of the 2019 sample (API reference 3.4, documented). The names
	 * of the claims for account, tenant and roles are inferred; `jti` makes each token unique.
	 */
	private createJwt(exp: number): string {
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
