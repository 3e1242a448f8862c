import { refusal } from './failures.mts';
import { isPermitted } from './roles.mts';
import type { Call, Route } from './route.mts';
import type { Sandbox } from './sandbox.mts';

/**
 * Lets a call in, or throws a `Refusal`: first the token, then account, tenant and role. The order,
 * and the statuses of a wrong account or tenant, are inferred; 401 and 403 mean what the
 * introduction's table says (API reference 6, "Status codes", documented).
 */
export function admit(call: Call, route: Route, { options, tokens }: Sandbox): void {
	if (route.permission === null) return;
	const accessToken = /^bearer +(\S+)$/i.exec(call.headers.authorization ?? '')?.[1];
	if (accessToken === undefined || !tokens.use(accessToken)) {
		throw refusal(401, 'ACCESS_TOKEN_NOT_RECOGNISED');
	}
	const accountId = call.headers['x-account-id'];
	if (!accountId) throw refusal(400, 'ACCOUNT_ID_IS_REQUIRED');
	if (!isSameId(accountId, options.accountId)) throw refusal(403, 'ACCOUNT_ID_NOT_RECOGNISED');

	const tenantId = call.headers['x-tenant-id'];
	if (!tenantId) throw refusal(400, 'TENANT_ID_IS_REQUIRED');
	if (!isSameId(tenantId, options.tenantId)) throw refusal(403, 'TENANT_ID_NOT_RECOGNISED');

	if (!isPermitted(options.roles, route.permission)) throw refusal(403, 'ROLE_NOT_PERMITTED');
}

function isSameId(sent: string | string[], own: string): boolean {
	return typeof sent === 'string' && sent.toLowerCase() === own.toLowerCase();
}
