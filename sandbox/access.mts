import { apiError } from './apiError.mts';
import { isPermitted } from './roles.mts';
import type { ApiRequest, Route } from './route.mts';
import type { Sandbox } from './sandbox.mts';

/**
 * Checks the token, then account, tenant and role. Throws an `ApiError` when one is wrong. The order,
 * and the statuses of a wrong account or tenant, are inferred; 401 and 403 mean what the
 * introduction's table says (API reference 6, "Status codes", documented). The IDs are in small letters
 * (API reference 4.9, documented); that capital ones are refused is inferred.
 */
export function checkAccess(request: ApiRequest, route: Route, { options, tokens }: Sandbox): void {
	if (route.permission === null) return;
	const accessToken = /^bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
	if (accessToken === undefined || !tokens.use(accessToken)) {
		throw apiError(401, 'ACCESS_TOKEN_NOT_RECOGNISED');
	}
	const accountId = request.headers['x-account-id'];
	if (!accountId) throw apiError(400, 'ACCOUNT_ID_IS_REQUIRED');
	if (accountId !== options.accountId) throw apiError(403, 'ACCOUNT_ID_NOT_RECOGNISED');

	const tenantId = request.headers['x-tenant-id'];
	if (!tenantId) throw apiError(400, 'TENANT_ID_IS_REQUIRED');
	if (tenantId !== options.tenantId) throw apiError(403, 'TENANT_ID_NOT_RECOGNISED');

	if (!isPermitted(options.roles, route.permission)) throw apiError(403, 'ROLE_NOT_PERMITTED');
}
