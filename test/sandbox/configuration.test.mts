import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { codesOf, ImburseClient } from './client.mts';

let client: ImburseClient;
beforeAll(async () => {
	client = await ImburseClient.start();
});
afterAll(() => client.sandbox.stop());

async function rewardIds(path: string): Promise<string[]> {
	const reply = await client.get(path);
	expect(reply.status).toBe(200);
	const { rewards } = reply.body as { rewards: Array<{ rewardId: string }> };
	return rewards.map((reward) => reward.rewardId);
}

describe('schemes', () => {
	it.each(['collect', 'payout'] as const)('to %s are listed in one response', async (kind) => {
		const reply = await client.get(`/v1/schemes/${kind}`);
		expect(reply.status).toBe(200);
		const { schemes } = reply.body as { schemes: Array<{ schemeId: string }> };
		expect(schemes.length).toBeGreaterThan(1);
		expect(schemes[0]?.schemeId).toBe(client.sandbox.options.schemeIds[kind]);
		for (const scheme of schemes) {
			expect(scheme).toEqual({
				schemeId: expect.stringMatching(/^[0-9A-F]{32}$/),
				publishedDraftId: expect.any(String),
				drafts: [
					{
						draftId: (scheme as unknown as { publishedDraftId: string }).publishedDraftId,
						name: expect.any(String),
						code: expect.any(String),
						agreementType: 'SingleUse',
						rules: [expect.objectContaining({ priority: 1, apps: expect.any(Array) })],
						lastModified: expect.any(Number),
					},
				],
			});
		}
	});

	it('have reward groups in their rules only when they pay out', async () => {
		expect((await client.get('/v1/schemes/payout')).text).toContain('"rewardGroups"');
		expect((await client.get('/v1/schemes/collect')).text).not.toContain('"rewardGroups"');
	});
});

describe('payout options', () => {
	function path(query: string): string {
		return `/v1/schemes/payout/${client.sandbox.options.schemeIds.payout}/options?${query}`;
	}

	it.each([
		['amount=10.00&currency=EUR&country=IE', ['REWARD-COFFEE-10', 'REWARD-BOOKS-ANY']],
		['amount=10&currency=EUR&country=IE&matchType=Exact', ['REWARD-COFFEE-10', 'REWARD-BOOKS-ANY']],
		['amount=10.01&currency=EUR&country=IE', ['REWARD-BOOKS-ANY']],
		['amount=500.01&currency=EUR&country=IE', []],
		[
			'amount=500.01&currency=EUR&country=IE&matchType=Max',
			['REWARD-COFFEE-10', 'REWARD-BOOKS-ANY'],
		],
		['amount=9.99&currency=EUR&country=IE&matchType=Max', ['REWARD-BOOKS-ANY']],
		['amount=10.00&currency=EUR&country=FR', ['REWARD-COFFEE-10']],
		['amount=20.00&currency=GBP&country=GB', []],
	])('for %s are %j', async (query, ids) => {
		expect(await rewardIds(path(query))).toEqual(ids);
	});

	it('show the value of a reward with every digit', async () => {
		const { text } = await client.get(path('amount=10.00&currency=EUR&country=IE'));
		expect(text).toContain('"valueType":"FIXED_VALUE","value":10.00}');
		expect(text).toContain('"valueType":"VARIABLE_VALUE","minValue":5.00,"maxValue":500.00}');
	});

	it('are empty for a scheme whose app has no rewards', async () => {
		const other = path('amount=10.00&currency=EUR&country=IE').replace(
			client.sandbox.options.schemeIds.payout,
			'D0000000000000000000000000000004',
		);
		expect(await rewardIds(other)).toEqual([]);
	});

	it.each([
		['', ['AMOUNT_IS_REQUIRED', 'CURRENCY_IS_REQUIRED', 'COUNTRY_IS_REQUIRED']],
		['amount=x&currency=EUR&country=IE', ['AMOUNT_IS_INVALID']],
		['amount=1&currency=EUR&country=IE&matchType=exact', ['MATCH_TYPE_NOT_RECOGNISED']],
	])('are refused for "%s"', async (query, codes) => {
		const reply = await client.get(path(query));
		expect(reply.status).toBe(400);
		expect(codesOf(reply)).toEqual(codes);
	});

	it('need a payout scheme', async () => {
		const collect = path('amount=1&currency=EUR&country=IE').replace(
			client.sandbox.options.schemeIds.payout,
			client.sandbox.options.schemeIds.collect,
		);
		expect(codesOf(await client.get(collect))).toEqual(['SCHEME_ID_NOT_RECOGNISED']);
	});
});

describe('the catalogue', () => {
	const tango = ['REWARD-COFFEE-10', 'REWARD-BOOKS-ANY'];

	it.each([
		['appId=TANGOCARD_RAAS', tango],
		['appId=MVOUCHER', []],
		['appId=MVOUCHER&showInactive=false', []],
		['appId=MVOUCHER&showInactive=true', ['REWARD-CINEMA-OLD']],
		['appId=NONE', []],
		['appId=TANGOCARD_RAAS&brandName=coffee', ['REWARD-COFFEE-10']],
		['appId=TANGOCARD_RAAS&countries=FR', ['REWARD-COFFEE-10']],
		['appId=TANGOCARD_RAAS&countries=FR,DE', tango],
		['appId=TANGOCARD_RAAS&countries=FR&countries=DE', tango],
		['appId=TANGOCARD_RAAS&currencies=GBP', []],
		['appId=TANGOCARD_RAAS&currencies=GBP,EUR', tango],
		['appId=TANGOCARD_RAAS&amount=500.00', ['REWARD-BOOKS-ANY']],
	])('returns for %s: %j', async (query, ids) => {
		expect(await rewardIds(`/v1/catalog/search?${query}`)).toEqual(ids);
	});

	it.each([
		['', 'APP_ID_IS_REQUIRED'],
		['appId=MVOUCHER&amount=ten', 'AMOUNT_IS_INVALID'],
	])('refuses "%s"', async (query, code) => {
		const reply = await client.get(`/v1/catalog/search?${query}`);
		expect(reply.status).toBe(400);
		expect(codesOf(reply)).toEqual([code]);
	});
});

describe('apps', () => {
	it('are listed and read one by one', async () => {
		const list = await client.get('/v1/marketplace/apps');
		const { apps } = list.body as { apps: Array<{ appId: string }> };
		expect(apps.map((app) => app.appId)).toContain('GOCARDLESS');
		const one = await client.get('/v1/marketplace/apps/GOCARDLESS');
		expect(one.status).toBe(200);
		expect(one.body).toEqual(apps.find((app) => app.appId === 'GOCARDLESS'));
	});

	it('that are unknown are not found', async () => {
		const reply = await client.get('/v1/marketplace/apps/NONE');
		expect([reply.status, ...codesOf(reply)]).toEqual([400, 'APP_NOT_FOUND']);
	});

	it('are not listed by POST', async () => {
		expect((await client.post('/v1/marketplace/apps', {})).status).toBe(404);
	});
});

describe('batches', () => {
	it('are read under v2, with the documented fields', async () => {
		const reply = await client.get('/v2/batch-management/batch/BATCH-2025-01');
		expect(reply.status).toBe(200);
		expect(reply.body).toEqual({
			batchRef: 'BATCH-2025-01',
			batchType: 'Instruction',
			uploadedAt: expect.any(Number),
			status: 'Processed',
			completedAt: expect.any(Number),
			itemCount: 120,
			itemsCreated: 118,
			itemsFailed: 2,
		});
		expect((await client.get('/v1/batch-management/batch/BATCH-2025-01')).status).toBe(404);
	});

	it('that are unknown are not found', async () => {
		const reply = await client.get('/v2/batch-management/batch/NONE');
		expect([reply.status, ...codesOf(reply)]).toEqual([400, 'BATCH_NOT_FOUND']);
	});
});

describe('the tenant', () => {
	it('has the documented fields', async () => {
		const { accountId, tenantId } = client.sandbox.options;
		const reply = await client.get('/v1/tenant');
		expect(reply.status).toBe(200);
		expect(reply.body).toEqual({
			accountId,
			tenantId,
			name: expect.any(String),
			status: expect.any(String),
			address: expect.any(Object),
			statusDetails: null,
		});
	});
});
