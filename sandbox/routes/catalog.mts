import { refusal, refuseIfAny, type Problem } from '../failures.mts';
import { presentReward, rewards, suitsAmount, type Reward } from '../reward-list.mts';
import type { Call, Route } from '../route.mts';
import { readAmount } from '../rules/amount.mts';

/**
 * The catalogue of an app's rewards. Path and query are documented, `appId` required (API reference
 * 4.6). The answer `{ rewards }`, lists separated by commas or given several times, and how each
 * filter matches are inferred.
 */
const searchCatalog: Route = {
	name: 'searchCatalog',
	method: 'GET',
	paths: ['/v1/catalog/search'],
	area: 'configuration',
	permission: 'anyTenantRole',
	handle(call) {
		const appId = call.query.get('appId');
		if (!appId) throw refusal(400, 'APP_ID_IS_REQUIRED');
		const filters = readFilters(call);
		const found = rewards.filter((reward) => reward.appId === appId && matches(reward, filters));
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

function readFilters({ query }: Call): Filters {
	const problems: Problem[] = [];
	const filters: Filters = {
		brandName: (query.get('brandName') ?? '').toLowerCase(),
		countries: listOf(query, 'countries'),
		currencies: listOf(query, 'currencies'),
		amount: query.has('amount') ? readAmount(query.get('amount'), problems) : null,
		showInactive: query.get('showInactive') === 'true',
	};
	refuseIfAny(problems);
	return filters;
}

function listOf(query: URLSearchParams, name: string): string[] {
	return query
		.getAll(name)
		.flatMap((text) => text.split(','))
		.filter((text) => text !== '');
}

function matches(reward: Reward, filters: Filters): boolean {
	const { brandName, countries, currencies, amount, showInactive } = filters;
	return (
		(reward.isActive || showInactive) &&
		reward.brandName.toLowerCase().includes(brandName) &&
		(countries.length === 0 || countries.some((country) => reward.countries.includes(country))) &&
		(currencies.length === 0 || currencies.includes(reward.currency)) &&
		(amount === null || suitsAmount(reward, amount, 'Exact'))
	);
}

export const catalogRoutes: readonly Route[] = [searchCatalog];
