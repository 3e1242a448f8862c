import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import { itRefuses, sourceOf, useCredential } from '../support/operations.mts';
import { startStub, withToken } from '../support/wires.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const GET_ALL = { resource: 'app', operation: 'getAll' };

let imburse: ImburseOnEngine;
const under = () => imburse;
beforeEach(async () => {
	imburse = await startImburse();
});
afterEach(() => imburse.stop());

it('lists apps', async () => {
	const run = await imburse.run({ ...GET_ALL, returnAll: true });
	expect(run.success).toHaveLength(10);
	expect(run.success[0]).toEqual({
		json: { appId: 'BOTTOMLINE', name: 'Bottomline', isInstalled: false },
		pairedItem: { item: 0 },
	});
});

it('gives as many as the limit says, for each item', async () => {
	const run = await imburse.run(
		{ ...GET_ALL, limit: '={{ $json.limit }}' },
		{ items: [{ limit: 1 }, { limit: 2 }] },
	);
	expect(run.success.map(sourceOf)).toEqual([0, 1, 1]);
});

itRefuses(under, () => GET_ALL, [
	['a limit that is not there', { limit: '={{ $json.missing }}' }, /^Limit: /],
	['a limit of zero', { limit: 0 }, /^Limit: 0 is not a whole number/],
	['a limit below zero', { limit: -1 }, /^Limit: /],
	['half an entry', { limit: 1.5 }, /^Limit: /],
	['a word', { limit: '={{ "many" }}' }, /^Limit: /],
]);

it('does not look at the limit when all are wanted', async () => {
	const run = await imburse.run({ ...GET_ALL, returnAll: true, limit: '={{ $json.missing }}' });
	expect(run.success).toHaveLength(10);
});

it.each<[string, unknown, unknown[]]>([
	['a bare list', [{ appId: 'A' }], [{ appId: 'A' }]],
	['a list under a name', { count: 1, apps: [{ appId: 'A' }] }, [{ appId: 'A' }]],
	['an empty list', { apps: [] }, []],
	['entries that are no objects', { apps: ['A'] }, [{ answer: 'A' }]],
])('takes %s', async (_, body, items) => {
	const stub = await startStub(withToken((__, response) => response.end(JSON.stringify(body))));
	useCredential(imburse, { baseUrl: stub.url });
	const run = await imburse.run(GET_ALL);
	await stub.stop();
	expect(run.success.map(({ json }) => json)).toEqual(items);
});
