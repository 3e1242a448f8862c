import type { Route } from '../route.mts';

/** Path, role and the names of the fields are documented (API reference 4.7), the values are made up. */
const getTenant: Route = {
	name: 'getTenant',
	method: 'GET',
	paths: ['/v1/tenant'],
	area: 'configuration',
	permission: 'tenantRead',
	handle(_call, { options: { accountId, tenantId } }) {
		const address = {
			streetAddress: '1 Example Street',
			extendedStreetAddress: '',
			locality: 'Dublin',
			region: 'Leinster',
			postCode: 'D01 XX00',
			country: 'IE',
		};
		const name = 'Example Insurance (sandbox)';
		const body = { accountId, tenantId, name, status: 'ACTIVE', address, statusDetails: null };
		return { status: 200, body };
	},
};

export const tenantRoutes: readonly Route[] = [getTenant];
