import type { ApiVersion } from './credential';
import type { WireRequest } from './wire';

/** How surely a path is known: see the API reference, section 0. */
export type Certainty = 'documented' | 'observed' | 'inferred';

export interface Endpoint {
	method: WireRequest['method'];
	/** `{version}` and identifiers in braces are filled in by `fillPath`. */
	path: string;
	/** The generations that document it; the credential chooses where there are several. */
	versions: readonly ApiVersion[];
	/** Roles of a key that may call it, the narrowest first. */
	roles: readonly string[];
	certainty: Certainty;
	/** Section of the API reference. */
	source: string;
}

const BOTH: readonly ApiVersion[] = ['v1', 'v2'];
const READ_ORDERS = ['tenant-transaction-read', 'tenant-transaction-write', 'tenant-admin'];
const WRITE_ORDERS = ['tenant-transaction-write', 'tenant-admin'];

/**
 * Every call that the node makes. A path that turns out to be different is one line here.
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
		name === 'version' ? version : encodeURIComponent(identifiers[name] ?? ''),
	);
}
