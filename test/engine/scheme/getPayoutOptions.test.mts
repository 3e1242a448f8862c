import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import { byId, callsOf, failuresOf, itRefuses, paired } from '../support/operations.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

let imburse: ImburseOnEngine;
const under = () => imburse;
beforeEach(async () => {
	imburse = await startImburse();
});
afterEach(() => imburse.stop());

function options(changed: INodeParameters = {}): INodeParameters {
	return {
		resource: 'scheme',
		operation: 'getPayoutOptions',
		schemeId: byId(imburse.sandbox.options.schemeIds.payout),
		amount: '10.00',
		currency: 'EUR',
		country: 'DE',
		...changed,
	};
}

it('gives the rewards of exactly the amount', async () => {
	const run = await imburse.run(options());
	expect(run.success[0]).toEqual({
		json: {
			rewardId: 'REWARD-COFFEE-10',
			name: 'Coffee House card, 10 euro',
			brandName: 'Coffee House',
			appId: 'TANGOCARD_RAAS',
			currency: 'EUR',
			countries: ['DE', 'FR', 'IE'],
			isActive: true,
			valueType: 'FIXED_VALUE',
			value: 10,
		},
		pairedItem: { item: 0 },
	});
});

it('asks for rewards of up to the amount', async () => {
	const run = await imburse.run(options({ amount: '25.00', matchType: 'Max' }));
	expect(callsOf(imburse)[0]?.path).toContain('amount=25.00&currency=EUR&country=DE&matchType=Max');
	expect(paired(run, 'rewardId')).toEqual([
		['REWARD-COFFEE-10', 0],
		['REWARD-BOOKS-ANY', 0],
	]);
});

it('gives none where nothing suits, and the limit where many do', async () => {
	const run = await imburse.run(options({ amount: '={{ $json.amount }}', limit: 1 }), {
		items: [{ amount: '1.00' }, { amount: 10 }],
	});
	expect(paired(run, 'rewardId')).toEqual([['REWARD-COFFEE-10', 1]]);
});

it.each(['../collect', 'D/../x', 'a?b=c#d'])('keeps %j in its segment', async (schemeId) => {
	await imburse.run(options({ schemeId: byId(schemeId) }));
	const segments = new URL(imburse.sandbox.url + callsOf(imburse)[0]?.path).pathname.split('/');
	expect(segments.slice(2).map(decodeURIComponent)).toEqual([
		'schemes',
		'payout',
		schemeId,
		'options',
	]);
});

itRefuses(under, options, [
	['no scheme', { schemeId: byId('={{ $json.missing }}') }, /^Scheme: there is no value/],
	['no amount', { amount: '={{ $json.missing }}' }, /^Amount: there is no value/],
	['an amount with a comma', { amount: '10,00' }, /^Amount: "10,00"/],
	['an amount of zero', { amount: '0' }, /^Amount: "0" is zero/],
	['more decimals than the currency has', { amount: '10.001' }, /^Amount: .*more decimals/],
	['no currency', { currency: '={{ $json.missing }}' }, /^Currency: there is no value/],
	['a currency in small letters', { currency: 'eur' }, /^Currency: "eur"/],
	['no country', { country: '={{ $json.missing }}' }, /^Country: there is no value/],
	['the country UK', { country: 'UK' }, /^Country: "UK"/],
	[
		'a match type that there is not',
		{ matchType: '={{ "max" }}' },
		/^Match Type: "max" is not one of Exact, Max$/,
	],
	['a limit of zero', { limit: 0 }, /^Limit: /],
]);

it('names all that is wrong at once', async () => {
	const run = await imburse.run(options({ amount: '1,0', currency: 'EURO', country: 'Germany' }));
	expect(run.error?.description).toMatch(/Amount: .*Currency: .*Country: /);
});

it("gives Imburse's word on a scheme that it does not know", async () => {
	const run = await imburse.run(options({ schemeId: byId('D-1') }), {
		onError: 'continueErrorOutput',
	});
	expect(failuresOf(run)[0]).toMatchObject({
		message: expect.stringContaining('list of payout options of scheme "D-1"') as unknown,
		httpStatus: 400,
		errorCodes: ['SCHEME_ID_NOT_RECOGNISED'],
		outcome: 'rejected',
	});
});
