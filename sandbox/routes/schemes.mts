import { apiError, throwIfAny, type ErrorEntry } from '../apiError.mts';
import { presentReward, rewards, matchesAmount } from '../rewards.mts';
import { pathParameter, type Route } from '../route.mts';
import { parseAmount } from '../validation/amount.mts';
import { parseCountry } from '../validation/country.mts';
import { parseCurrency } from '../validation/currency.mts';
import { collectSchemes, payoutSchemes, type SchemeSummary } from '../schemes.mts';

/** `{ schemes }`, all at once (API reference 4.4, documented). */
const getCollectSchemes: Route = {
	name: 'getCollectSchemes',
	method: 'GET',
	paths: ['/v1/schemes/collect'],
	area: 'configuration',
	permission: 'collectSchemeRead',
	handle(_call, { options }) {
		const schemes = collectSchemes(options).map((scheme) => presentScheme(scheme, {}));
		return { status: 200, body: { schemes } };
	},
};

/** As for collect; the rules of a payout scheme also have `rewardGroups` (API reference 4.4, documented). */
const getPayoutSchemes: Route = {
	name: 'getPayoutSchemes',
	method: 'GET',
	paths: ['/v1/schemes/payout'],
	area: 'configuration',
	permission: 'payoutSchemeRead',
	handle(_call, { options }) {
		const schemes = payoutSchemes(options).map((scheme) =>
			presentScheme(scheme, { rewardGroups: [] }),
		);
		return { status: 200, body: { schemes } };
	},
};

/**
 * The rewards that a payout scheme offers for an amount: `{ rewards }`, match type Exact unless said
 * otherwise (API reference 4.4, documented). It is inferred that amount, currency and country are
 * required, and so are the error codes.
 */
const getPayoutOptions: Route = {
	name: 'getPayoutOptions',
	method: 'GET',
	paths: ['/v1/schemes/payout/:schemeId/options'],
	area: 'configuration',
	permission: 'anyTenantRole',
	handle(request, { options }) {
		const errors: ErrorEntry[] = [];
		const amount = parseAmount(request.query.get('amount'), errors);
		const currency = parseCurrency(request.query.get('currency'), errors);
		const country = parseCountry(request.query.get('country'), errors);
		const matchType = readMatchType(request.query.get('matchType'), errors);
		throwIfAny(errors);

		const schemeId = pathParameter(request, 'schemeId');
		const scheme = payoutSchemes(options).find((known) => known.schemeId === schemeId);
		if (!scheme) throw apiError(400, 'SCHEME_ID_NOT_RECOGNISED');
		const offered = rewards.filter(
			(reward) =>
				reward.isActive &&
				scheme.appIds.includes(reward.appId) &&
				reward.currency === currency &&
				reward.countries.includes(country) &&
				matchesAmount(reward, amount, matchType),
		);
		return { status: 200, body: { rewards: offered.map(presentReward) } };
	},
};

function readMatchType(value: string | null, errors: ErrorEntry[]): 'Exact' | 'Max' {
	if (value === 'Exact' || value === 'Max') return value;
	if (value !== null) errors.push({ code: 'MATCH_TYPE_NOT_RECOGNISED' });
	return 'Exact';
}

/** The Scheme model (API reference 4.4, documented); `lastModified` in milliseconds is inferred. */
function presentScheme({ schemeId, name, code, appIds }: SchemeSummary, extraRuleParts: object) {
	const draftId = schemeId.replace(/^./, 'E');
	const rule = {
		priority: 1,
		currencies: ['EUR', 'GBP', 'USD'],
		countries: ['DE', 'GB', 'IE', 'US'],
		highValueInclusive: 10000,
		lowValueInclusive: 0.01,
		apps: appIds.map((appId) => ({
			appId,
			availablePaymentMethods: [],
			excludedPaymentMethods: [],
		})),
		...extraRuleParts,
	};
	const lastModified = 1735725600000;
	const draft = { draftId, name, code, agreementType: 'SingleUse', rules: [rule], lastModified };
	return { schemeId, publishedDraftId: draftId, drafts: [draft] };
}

export const schemeRoutes: readonly Route[] = [
	getCollectSchemes,
	getPayoutSchemes,
	getPayoutOptions,
];
