/**
 * Which roles of a key permit which kind of endpoint (API reference 3.6 and 4.1 to 4.7).
 * A write role includes reading (documented). `tenant-admin` permits everything here.
 */
const rolesByPermission = {
	/** Documented for reading an instruction, inferred for orders and batches. */
	transactionRead: ['tenant-transaction-read', 'tenant-transaction-write'],
	/** Documented for updating an instruction, inferred for the rest (API reference 3.6). */
	transactionWrite: ['tenant-transaction-write'],
	/** API reference 4.2, documented. */
	customerRead: [
		'tenant-transaction-read',
		'tenant-transaction-write',
		'tenant-bridge-read',
		'tenant-bridge-write',
	],
	/** "Write roles" are documented (API reference 4.2); that these two are meant is inferred. */
	customerWrite: ['tenant-transaction-write', 'tenant-bridge-write'],
	/** API reference 4.4, documented. */
	collectSchemeRead: ['tenant-collect-scheme-read', 'tenant-collect-scheme-write'],
	/** API reference 4.4, documented. */
	payoutSchemeRead: ['tenant-payout-scheme-read', 'tenant-payout-scheme-write'],
	/** Inferred from the role's name (API reference 3.6). */
	appRead: ['tenant-app-read', 'tenant-app-write'],
	/** API reference 4.7, documented. */
	tenantRead: ['tenant-management'],
	/** Documented for two generations of 2019, removed since (API reference 3.6 and 7.1). */
	webhookWrite: ['t.whk.a', 'tenant-webhook-write'],
	/** "Tenant key" is all that the pages say (API reference 4.1 and 4.4). */
	anyTenantRole: [],
} as const satisfies Record<string, readonly string[]>;

export type Permission = keyof typeof rolesByPermission;

/** Whether a key with these roles may call an endpoint that needs the permission. */
export function isPermitted(roles: readonly string[], permission: Permission): boolean {
	if (permission === 'anyTenantRole') return roles.some((role) => role.startsWith('tenant-'));
	const accepted: readonly string[] = ['tenant-admin', ...rolesByPermission[permission]];
	return roles.some((role) => accepted.includes(role));
}
