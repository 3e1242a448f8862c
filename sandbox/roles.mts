/**
 * Which roles of a key open which kind of endpoint (API reference 3.6 and the role columns of 4).
 * A write role includes reading (documented). `tenant-admin` opens everything here.
 */
const rolesByPermission = {
	/** Documented for reading an instruction, inferred for orders and batches. */
	transactionRead: ['tenant-transaction-read', 'tenant-transaction-write'],
	/** Documented for instructions, inferred for creating an order. */
	transactionWrite: ['tenant-transaction-write'],
	/** Documented (4.2). */
	customerRead: [
		'tenant-transaction-read',
		'tenant-transaction-write',
		'tenant-bridge-read',
		'tenant-bridge-write',
	],
	/** "Write roles" are documented (4.2); that these two are meant is inferred. */
	customerWrite: ['tenant-transaction-write', 'tenant-bridge-write'],
	/** Documented (4.4). */
	collectSchemeRead: ['tenant-collect-scheme-read', 'tenant-collect-scheme-write'],
	/** Documented (4.4). */
	payoutSchemeRead: ['tenant-payout-scheme-read', 'tenant-payout-scheme-write'],
	/** Inferred from the role's name (3.6). */
	appRead: ['tenant-app-read', 'tenant-app-write'],
	/** Documented (4.7). */
	tenantRead: ['tenant-management'],
	/** Documented for two generations of 2019, removed since (3.6, 7.1). */
	webhookWrite: ['t.whk.a', 'tenant-webhook-write'],
	/** "Tenant key" is all the pages say (4.1, 4.4). */
	anyTenantRole: [],
} as const satisfies Record<string, readonly string[]>;

export type Permission = keyof typeof rolesByPermission;

/** Whether a key with these roles may call an endpoint that needs the permission. */
export function isPermitted(roles: readonly string[], permission: Permission): boolean {
	if (permission === 'anyTenantRole') return roles.some((role) => role.startsWith('tenant-'));
	const accepted: readonly string[] = ['tenant-admin', ...rolesByPermission[permission]];
	return roles.some((role) => accepted.includes(role));
}
