import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import { byId, callsOf, itRefuses } from '../support/operations.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const GET = { resource: 'app', operation: 'get', appId: byId('STRIPE') };

let imburse: ImburseOnEngine;
const under = () => imburse;
beforeEach(async () => {
	imburse = await startImburse();
});
afterEach(() => imburse.stop());

it('gives the app', async () => {
	const run = await imburse.run(GET);
	expect(run.success).toEqual([
		{ json: { appId: 'STRIPE', name: 'Stripe', isInstalled: true }, pairedItem: { item: 0 } },
	]);
});

it('takes an app that was picked from the list', async () => {
	const picked = { __rl: true, mode: 'list', value: 'CITI', cachedResultName: 'Citi (CITI)' };
	const run = await imburse.run({ ...GET, appId: picked });
	expect(run.success[0]?.json).toMatchObject({ appId: 'CITI' });
});

it.each(['../../tenant', '..%2Ftenant', 'a?b=c#d', 'x'.repeat(100)])(
	'keeps %j in its segment of the path',
	async (appId) => {
		await imburse.run({ ...GET, appId: byId(appId) });
		const [call] = callsOf(imburse);
		const segments = new URL(imburse.sandbox.url + call?.path).pathname.split('/');
		expect(segments.map(decodeURIComponent)).toEqual(['', 'v1', 'marketplace', 'apps', appId]);
	},
);

itRefuses(under, () => GET, [
	['no app', { appId: byId('={{ $json.missing }}') }, /^App: there is no value/],
	['an ID with a space', { appId: byId('TANGO CARD') }, /^App: "TANGO CARD" is not an ID/],
	['the folder above', { appId: byId('={{ ".." }}') }, /^App: /],
	['an ID of 101 characters', { appId: byId('x'.repeat(101)) }, /^App: /],
]);
