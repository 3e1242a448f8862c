import { apiError, throwIfAny, type ErrorEntry } from '../apiError.mts';
import { presentReward, rewards, matchesAmount, type Reward } from '../rewards.mts';
import type { ApiRequest, Route } from '../route.mts';
import { parseAmount } from '../validation/amount.mts';

/**
 * The catalogue of an app's rewards. Path and query are documented, `appId` required (API reference
 * 4.6). The response `{ rewards }`, lists separated by commas or given several times, and how each
 * filter matches are inferred.
 */
const searchCatalog: Route = {
	name: 'searchCatalog',
	method: 'GET',
	paths: ['/v1/catalog/search'],
	area: 'configuration',
	permission: 'anyTenantRole',
	handle(request) {
		const appId = request.query.get('appId');
		if (!appId) throw apiError(400, 'APP_ID_IS_REQUIRED');
		const filters = readFilters(request);
		const found = rewards.filter(
			(reward) => reward.appId === appId && matchesFilters(reward, filters),
		);
		return { status: 200, body: { rewards: found.map(presentReward) } };
	},
};

interface Filters {
	brandName: string;
	countries: readonly string[];
	currencies: readonly string[];
	amount: string | null;
	showInactive: boolean;
}

function readFilters({ query }: ApiRequest): Filters {
	const errors: ErrorEntry[] = [];
	const filters: Filters = {
		brandName: (query.get('brandName') ?? '').toLowerCase(),
		countries: listParameter(query, 'countries'),
		currencies: listParameter(query, 'currencies'),
		amount: query.has('amount') ? parseAmount(query.get('amount'), errors) : null,
		showInactive: query.get('showInactive') === 'true',
	};
	throwIfAny(errors);
	return filters;
}

function listParameter(query: URLSearchParams, name: string): string[] {
	return query
		.getAll(name)
		.flatMap((text) => text.split(','))
		.filter((text) => text !== '');
}

function matchesFilters(reward: Reward, filters: Filters): boolean {
	const { brandName, countries, currencies, amount, showInactive } = filters;
	return (
		(reward.isActive || showInactive) &&
		reward.brandName.toLowerCase().includes(brandName) &&
		(countries.length === 0 || countries.some((country) => reward.countries.includes(country))) &&
		(currencies.length === 0 || currencies.includes(reward.currency)) &&
		(amount === null || matchesAmount(reward, amount, 'Exact'))
	);
}

export const catalogRoutes: readonly Route[] = [searchCatalog];
