import { apiError } from '../apiError.mts';
import { pathParameter, type Route } from '../route.mts';

/**
 * Apps of the marketplace. The IDs are documented (API reference 4.5); name and `isInstalled` are
 * the sandbox's own (inferred), since the model of an app is not known.
 */
const apps = [
	{ appId: 'BOTTOMLINE', name: 'Bottomline', isInstalled: false },
	{ appId: 'BRAINTREE', name: 'Braintree', isInstalled: false },
	{ appId: 'CHECKOUT_DOT_COM', name: 'Checkout.com', isInstalled: false },
	{ appId: 'CITI', name: 'Citi', isInstalled: true },
	{ appId: 'GLOBAL_PAYMENTS', name: 'Global Payments', isInstalled: false },
	{ appId: 'GOCARDLESS', name: 'GoCardless', isInstalled: true },
	{ appId: 'MVOUCHER', name: 'mVoucher', isInstalled: true },
	{ appId: 'SIBS_DPG', name: 'SIBS DPG', isInstalled: false },
	{ appId: 'STRIPE', name: 'Stripe', isInstalled: true },
	{ appId: 'TANGOCARD_RAAS', name: 'Tango Card', isInstalled: true },
] as const;

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

/** The path is documented (API reference 4.5), the error code is inferred. */
const getApp: Route = {
	name: 'getApp',
	method: 'GET',
	paths: ['/v1/marketplace/apps/:appId'],
	area: 'configuration',
	permission: 'appRead',
	handle(request, { options }) {
		const app = apps.find((known) => known.appId === pathParameter(request, 'appId'));
		if (!app) throw apiError(options.notFoundStatus, 'APP_NOT_FOUND');
		return { status: 200, body: app };
	},
};

export const marketplaceRoutes: readonly Route[] = [getApps, getApp];
