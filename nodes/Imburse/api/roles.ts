import { ENDPOINTS, type EndpointName } from './endpoints';

const READ_ORDERS = 'tenant-transaction-read';
/** Includes reading (API reference 3.6, documented). */
const WRITE_ORDERS = 'tenant-transaction-write';

/**
 * The roles that a key needs for all of these calls, as a person would ask for them: the narrowest
 * of each call, without those that another one includes.
 */
export function neededRoles(calls: readonly EndpointName[]): string[] {
	const narrowest = new Set(calls.map((call) => ENDPOINTS[call].roles[0]));
	if (narrowest.has(WRITE_ORDERS)) narrowest.delete(READ_ORDERS);
	return [...narrowest];
}
