import type { ApiVersion } from './credential';
import type { HttpRequest } from './http';

/** How surely a path is known: see the API reference, section 0. */
export type Certainty = 'documented' | 'observed' | 'inferred';

export interface Endpoint {
	method: HttpRequest['method'];
	/** `{version}` and identifiers in braces are filled in by `fillPath`. */
	path: string;
	/** The generations that document it; the credential chooses where there are several. */
	versions: readonly ApiVersion[];
	/** Roles of a key that may call it, the narrowest first. */
	roles: readonly string[];
	certainty: Certainty;
	/** Section of `docs/imburse-api.md`. */
	source: string;
}

const BOTH: readonly ApiVersion[] = ['v1', 'v2'];
const READ_ORDERS = [
	'tenant-transaction-read',
	'tenant-transaction-write',
	'tenant-admin',
] as const;
const WRITE_ORDERS = ['tenant-transaction-write', 'tenant-admin'] as const;

/**
 * Every call that the node makes. A path that turns out to be different is one line here. Whatever its
 * path, any 2xx is a success (introduction, "Error Codes", documented).
 *
 * The roles of the write calls are documented for updates and inferred for creates (API
 * reference 3.6).
 */
export const ENDPOINTS = {
	createOrder: {
		method: 'POST',
		path: '/{version}/order-management',
		versions: BOTH,
		roles: WRITE_ORDERS,
		certainty: 'observed',
		source: '4.1',
	},
	getOrder: {
		method: 'GET',
		path: '/{version}/order-management/{orderRef}',
		versions: BOTH,
		roles: READ_ORDERS,
		certainty: 'observed',
		source: '4.1',
	},
	createInstruction: {
		method: 'POST',
		path: '/{version}/order-management/{orderRef}/instruction',
		versions: BOTH,
		roles: WRITE_ORDERS,
		certainty: 'observed',
		source: '4.1',
	},
	getInstruction: {
		method: 'GET',
		path: '/{version}/order-management/{orderRef}/instruction/{instructionRef}',
		versions: BOTH,
		roles: READ_ORDERS,
		certainty: 'documented',
		source: '4.1',
	},
	updateInstruction: {
		method: 'PUT',
		path: '/{version}/order-management/{orderRef}/instruction/{instructionRef}',
		versions: BOTH,
		roles: WRITE_ORDERS,
		certainty: 'inferred',
		source: '4.1',
	},
	cancelInstruction: {
		method: 'POST',
		path: '/{version}/order-management/{orderRef}/instruction/{instructionRef}/cancel',
		versions: ['v1'],
		roles: WRITE_ORDERS,
		certainty: 'inferred',
		source: '4.1',
	},
	updateOrderMetadata: {
		method: 'PUT',
		path: '/{version}/order-management/{orderRef}/metadata',
		versions: BOTH,
		roles: WRITE_ORDERS,
		certainty: 'inferred',
		source: '4.1',
	},
	deleteOrderMetadata: {
		method: 'DELETE',
		path: '/{version}/order-management/{orderRef}/metadata',
		versions: BOTH,
		roles: WRITE_ORDERS,
		certainty: 'inferred',
		source: '4.1',
	},
	claimReward: {
		method: 'POST',
		path: '/{version}/order-management/{orderRef}/instruction/{instructionRef}/claim-reward',
		versions: ['v1'],
		roles: WRITE_ORDERS,
		certainty: 'documented',
		source: '4.1',
	},
	getRewardTransaction: {
		method: 'GET',
		path: '/{version}/customer-vault/{customerRef}/reward/{financialInstrumentId}/transaction/{transactionId}',
		versions: ['v1'],
		roles: READ_ORDERS,
		certainty: 'documented',
		source: '4.1',
	},
	getCustomer: {
		method: 'GET',
		path: '/{version}/customer-vault/{customerRef}',
		versions: BOTH,
		roles: ['tenant-transaction-read', 'tenant-bridge-read', 'tenant-admin'],
		certainty: 'documented',
		source: '4.2',
	},
	updateCustomerMetadata: {
		method: 'PUT',
		path: '/{version}/customer-vault/{customerRef}',
		versions: BOTH,
		roles: ['tenant-transaction-write', 'tenant-bridge-write', 'tenant-admin'],
		certainty: 'documented',
		source: '4.2',
	},
	getWallet: {
		method: 'GET',
		path: '/{version}/customer-vault/{customerRef}/wallet',
		versions: ['v1'],
		roles: ['tenant-transaction-read', 'tenant-bridge-read', 'tenant-admin'],
		certainty: 'documented',
		source: '4.2',
	},
	getCollectSchemes: {
		method: 'GET',
		path: '/{version}/schemes/collect',
		versions: ['v1'],
		roles: ['tenant-collect-scheme-read', 'tenant-admin'],
		certainty: 'documented',
		source: '4.4',
	},
	getPayoutSchemes: {
		method: 'GET',
		path: '/{version}/schemes/payout',
		versions: ['v1'],
		roles: ['tenant-payout-scheme-read', 'tenant-admin'],
		certainty: 'documented',
		source: '4.4',
	},
	getPayoutOptions: {
		method: 'GET',
		path: '/{version}/schemes/payout/{schemeId}/options',
		versions: ['v1'],
		roles: ['tenant-payout-scheme-read', 'tenant-admin'],
		certainty: 'documented',
		source: '4.4',
	},
	getApps: {
		method: 'GET',
		path: '/{version}/marketplace/apps',
		versions: ['v1'],
		roles: ['tenant-app-read', 'tenant-admin'],
		certainty: 'documented',
		source: '4.5',
	},
	getApp: {
		method: 'GET',
		path: '/{version}/marketplace/apps/{appId}',
		versions: ['v1'],
		roles: ['tenant-app-read', 'tenant-admin'],
		certainty: 'documented',
		source: '4.5',
	},
	searchRewards: {
		method: 'GET',
		path: '/{version}/catalog/search',
		versions: ['v1'],
		roles: ['tenant-reward-group-read', 'tenant-admin'],
		certainty: 'documented',
		source: '4.6',
	},
	getBatch: {
		method: 'GET',
		path: '/{version}/batch-management/batch/{batchRef}',
		versions: ['v2'],
		roles: READ_ORDERS,
		certainty: 'documented',
		source: '4.1, Batch',
	},
	getTenant: {
		method: 'GET',
		path: '/{version}/tenant',
		versions: ['v1'],
		roles: ['tenant-management', 'tenant-admin'],
		certainty: 'documented',
		source: '4.7',
	},
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof ENDPOINTS;

/** The version that a call uses: the credential's, or the only one that documents the call. */
export function versionFor(endpoint: Endpoint, preferred: ApiVersion): ApiVersion {
	return endpoint.versions.includes(preferred) ? preferred : (endpoint.versions[0] ?? preferred);
}

/** The path with its version and its identifiers, each encoded so that it stays one segment. */
export function fillPath(
	endpoint: Endpoint,
	version: ApiVersion,
	identifiers: Readonly<Record<string, string>>,
): string {
	return endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
		name === 'version' ? version : segment(name, identifiers[name] ?? ''),
	);
}

/** @throws for what makes another path of it, which no encoding prevents */
function segment(name: string, identifier: string): string {
	if (['', '.', '..'].includes(identifier)) {
		throw new Error(`"${identifier}" cannot stand in a path as ${name}`);
	}
	return encodeURIComponent(identifier);
}

/**
 * The roles that a key needs for all of these calls, as a person would ask for them: the narrowest
 * of each call, without those that another one includes.
 */
export function neededRoles(calls: readonly EndpointName[]): string[] {
	const narrowest = new Set(calls.map((call) => ENDPOINTS[call].roles[0]));
	// Writing includes reading (API reference 3.6, documented).
	if (narrowest.has(WRITE_ORDERS[0])) narrowest.delete(READ_ORDERS[0]);
	return [...narrowest];
}
