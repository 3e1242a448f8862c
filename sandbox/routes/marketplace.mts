import { apps } from '../app-list.mts';
import { refusal } from '../failures.mts';
import { pathPart, type Route } from '../route.mts';

/** GET, although a tutorial prints POST (API reference 4.5 and 9, row 18). `{ apps }` is inferred. */
const getApps: Route = {
	name: 'getApps',
	method: 'GET',
	paths: ['/v1/marketplace/apps'],
	area: 'configuration',
	permission: 'appRead',
	handle() {
		return { status: 200, body: { apps } };
	},
};

/** The path is documented (API reference 4.5), the refusal's code inferred. */
const getApp: Route = {
	name: 'getApp',
	method: 'GET',
	paths: ['/v1/marketplace/apps/:appId'],
	area: 'configuration',
	permission: 'appRead',
	handle(call, { options }) {
		const app = apps.find((known) => known.appId === pathPart(call, 'appId'));
		if (!app) throw refusal(options.notFoundStatus, 'APP_NOT_FOUND');
		return { status: 200, body: app };
	},
};

export const marketplaceRoutes: readonly Route[] = [getApps, getApp];
