import { afterEach, describe, expect, it } from '@jest/globals';
import { startSandbox, type Fault, type RunningSandbox } from '../../../sandbox/index.mts';
import { createOrder, ImburseClient } from '../client.mts';

let sandbox: RunningSandbox;
afterEach(() => sandbox.stop());

async function start(...faults: Fault[]): Promise<ImburseClient> {
	sandbox = await startSandbox({ faults });
	return ImburseClient.signIn(sandbox);
}

async function statuses(client: ImburseClient, count: number): Promise<number[]> {
	const found: number[] = [];
	while (found.length < count) found.push((await client.get('/v1/tenant')).status);
	return found;
}

describe('a token with a limited number of uses', () => {
	it('stops working when they are used up, and a new one works', async () => {
		const first = await start({ kind: 'tokenUses', uses: 2, calls: { next: 1 } });
		expect(await statuses(first, 3)).toEqual([200, 200, 401]);
		const second = await ImburseClient.signIn(sandbox);
		expect(await statuses(second, 3)).toEqual([200, 200, 200]);
		expect(await statuses(first, 1)).toEqual([401]);
	});

	it('creates nothing with a refused request', async () => {
		const client = await start({ kind: 'tokenUses', uses: 1 });
		expect((await createOrder(client, 'ORDER-1')).status).toBe(202);
		expect((await createOrder(client, 'ORDER-2')).status).toBe(401);
		expect(sandbox.counts).toMatchObject({ orders: 1, byRoute: { createOrder: 2 } });
	});

	it('keeps its uses when a later token call is refused', async () => {
		const client = await start({ kind: 'tokenUses', uses: 1, calls: { from: 2 } });
		const refused = await client.call('POST', '/v1/identity/hmac', {
			headers: { Authorization: 'Hmac no:such:1700000000:token' },
		});
		expect(refused.status).toBe(401);
		expect(await statuses(client, 3)).toEqual([200, 200, 200]);
	});

	it('is limited again each time without a selection of calls', async () => {
		await start({ kind: 'tokenUses', uses: 1 });
		for (let round = 0; round < 2; round += 1) {
			expect(await statuses(await ImburseClient.signIn(sandbox), 2)).toEqual([200, 401]);
		}
	});
});

describe('when only the newest token works', () => {
	it('every earlier one stops working', async () => {
		const first = await start({ kind: 'newestTokenOnly' });
		expect(await statuses(first, 1)).toEqual([200]);
		const second = await ImburseClient.signIn(sandbox);
		expect(await statuses(first, 1)).toEqual([401]);
		expect(await statuses(second, 1)).toEqual([200]);
	});

	it('a token whose response was lost revokes the earlier ones too', async () => {
		const first = await start(
			{ kind: 'newestTokenOnly' },
			{ kind: 'reset', at: 'afterWrite', route: 'issueToken', calls: { from: 2, to: 2 } },
		);
		await expect(ImburseClient.signIn(sandbox)).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(await statuses(first, 1)).toEqual([401]);
	});
});
