import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Execution } from '../../tools/n8n/execution.mts';
import {
	chain,
	CUSTOM_API_CALL,
	imburseNode,
	offeredOperations,
	runOnce,
	sharedN8n,
	startImburse,
	type TestImburse,
	type TestN8n,
	type TestNode,
} from './harness/index.mts';
import {
	customerRef,
	everyOperation,
	orderRef,
	type Fields,
	type Step,
} from '../support/everyOperation.mts';

let n8n: TestN8n;
let imburse: TestImburse;

beforeAll(async () => {
	n8n = await sharedN8n();
	imburse = await startImburse(n8n.api, { rewardSettlingReads: 0 });
});

afterAll(() => imburse.stop());

function nodeOf([name, parameters]: Step): TestNode {
	const [resource, operation] = name.split(' ');
	const settings = { executeOnce: true };
	return imburseNode(name, imburse.credential, { resource, operation, ...parameters }, settings);
}

/** What came out first of each node. */
const firstOutputs = (run: Execution, all: Step[]): Fields =>
	Object.fromEntries(all.map(([name]) => [name, run.output(name)[0]]));

it('every operation that n8n offers does its work', async () => {
	const all = everyOperation(imburse.sandbox.options);
	const ours = Object.entries(await offeredOperations(n8n)).flatMap(([resource, operations]) =>
		operations
			.filter((operation) => operation !== CUSTOM_API_CALL)
			.map((operation) => `${resource} ${operation}`),
	);
	expect(all.map(([name]) => name).sort()).toEqual(ours.sort());

	const run = await runOnce(n8n.api, chain([{}], ...all.map(nodeOf)));
	expect(run.error ?? run.status).toBe('success');
	expect(firstOutputs(run, all)).toMatchObject(
		Object.fromEntries(all.map(([name, , shows]) => [name, shows])),
	);
	const { store } = imburse.sandbox;
	expect(store.order(orderRef)?.metadata).toEqual({});
	expect({ ...store.customer(customerRef)?.metadata }).toEqual({ branch: 'East' });
});
