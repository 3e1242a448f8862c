/**
 * Apps of the marketplace. The IDs are documented (API reference 4.5); name and `isInstalled` are
 * the sandbox's own (inferred), since the model of an app is not known.
 */
export const apps = [
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
