import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import {
	byId,
	callsOf,
	itNamesTheRole,
	itRefuses,
	itUsesTheTenantOfEachItem,
	linesOf,
	paired,
	useCredential,
} from '../support/operations.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const SEARCH: INodeParameters = {
	resource: 'reward',
	operation: 'search',
	appId: byId('TANGOCARD_RAAS'),
};

let imburse: ImburseOnEngine;
const under = () => imburse;
beforeEach(async () => {
	imburse = await startImburse();
});
afterEach(() => imburse.stop());

/** The query of the one call. */
function query(): Record<string, string> {
	const [call, ...others] = callsOf(imburse);
	expect(others).toEqual([]);
	return Object.fromEntries(new URL(imburse.sandbox.url + call?.path).searchParams);
}

it.each(['v1', 'v2'])('searches on v1 with a credential for %s', async (apiVersion) => {
	useCredential(imburse, { apiVersion });
	const run = await imburse.run(SEARCH);
	expect(paired(run, 'rewardId')).toEqual([
		['REWARD-COFFEE-10', 0],
		['REWARD-BOOKS-ANY', 0],
	]);
	expect(run.success[1]?.json).toMatchObject({ valueType: 'VARIABLE_VALUE', minValue: 5 });
	expect(linesOf(callsOf(imburse))).toEqual(['GET /v1/catalog/search?appId=TANGOCARD_RAAS']);
});

it.each<[string, INodeParameters, Record<string, string>]>([
	['an amount', { amount: '25.00' }, { amount: '25.00' }],
	['a brand', { brandName: 'Zürich & Söhne #1' }, { brandName: 'Zürich & Söhne #1' }],
	['a country', { countries: 'DE' }, { countries: 'DE' }],
	['several countries', { countries: ' DE, FR ,' }, { countries: 'DE,FR' }],
	['a list of countries', { countries: '={{ ["DE", "FR"] }}' }, { countries: 'DE,FR' }],
	['several currencies', { currencies: 'EUR,GBP' }, { currencies: 'EUR,GBP' }],
	['those that are not active', { showInactive: true }, { showInactive: 'true' }],
	['nothing', { countries: '', currencies: '', amount: '', brandName: '' }, {}],
])('filters by %s', async (_, filters, sent) => {
	await imburse.run({ ...SEARCH, filters });
	expect(query()).toEqual({ appId: 'TANGOCARD_RAAS', ...sent });
});

it('finds what the filters leave, for each item in their order', async () => {
	const run = await imburse.run(
		{
			...SEARCH,
			appId: byId('={{ $json.app }}'),
			filters: { showInactive: '={{ $json.all }}' },
			limit: 1,
		},
		{
			items: [
				{ app: 'MVOUCHER', all: true },
				{ app: 'MVOUCHER', all: false },
				{ app: 'TANGOCARD_RAAS', all: false },
			],
		},
	);
	expect(paired(run, 'rewardId')).toEqual([
		['REWARD-CINEMA-OLD', 0],
		['REWARD-COFFEE-10', 2],
	]);
});

itRefuses(under, () => SEARCH, [
	['no app', { appId: byId('={{ $json.missing }}') }, /^App: there is no value/],
	['a country by its name', { filters: { countries: 'DE, France' } }, /^Filters > Countries: "Fr/],
	['a currency by its sign', { filters: { currencies: '€' } }, /^Filters > Currencies: "€"/],
	['an amount with a comma', { filters: { amount: '25,00' } }, /^Filters > Amount: "25,00"/],
	[
		'a brand that is no text',
		{ filters: { brandName: '={{ $json }}' } },
		/^Filters > Brand Name: an object is not a text/,
	],
	['a limit below one', { limit: -5 }, /^Limit: /],
]);

itNamesTheRole(under, () => SEARCH, 'tenant-reward-group-read');
itUsesTheTenantOfEachItem(under, () => SEARCH);
