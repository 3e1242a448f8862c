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

const REWARD = 'REWARD-COFFEE-10';

type Fields = Record<string, unknown>;

/** `<resource> <operation>`, what is filled in, and what the first item holds that comes out. */
type Step = [name: string, parameters: Fields, shows: Fields];

let n8n: TestN8n;
let imburse: TestImburse;

beforeAll(async () => {
	n8n = await sharedN8n();
	imburse = await startImburse(n8n.api, { rewardSettlingReads: 0 });
});

afterAll(() => imburse.stop());

const orderRef = 'CLAIM-17';
const instructionRef = 'CLAIM-17-1';
const customerRef = 'CUSTOMER-1';

const metadata = (value: string): Fields => ({ entry: [{ key: 'branch', value }] });

const byId = (value: string): Fields => ({ __rl: true, mode: 'id', value });

/** Every operation once, in an order in which each finds what it needs. */
function steps(): Step[] {
	const { tenantId, schemeIds } = imburse.sandbox.options;
	const schemeId = byId(schemeIds.payout);
	const money = { amount: '12.00', currency: 'EUR', country: 'DE' };
	const payment = { ...money, orderRef, instructionRef, customerRef, schemeId };
	const instruction = { orderRef, instructionRef };
	const ofOrder = { ...money, customerRef, schemeId, direction: 'CREDIT' };
	const mistake = { ...ofOrder, instructionRef: `${orderRef}-2` };
	return [
		[
			'paymentOrder create',
			{ orderRef, metadata: metadata('North'), instructions: { instruction: [mistake] } },
			{ result: 'created' },
		],
		[
			'instruction cancel',
			{ orderRef, instructionRef: mistake.instructionRef, reason: 'Paid twice' },
			{ result: 'cancelled', status: 'VOID' },
		],
		['paymentOrder get', { orderRef }, { metadata: { branch: 'North' } }],
		[
			'paymentOrder updateMetadata',
			{ orderRef, metadata: metadata('South') },
			{ metadata: { branch: 'South' }, previousMetadata: { branch: 'North' } },
		],
		['paymentOrder deleteMetadata', { orderRef }, { previousMetadata: { branch: 'South' } }],
		['instruction create', { ...payment, direction: 'CREDIT' }, { result: 'created' }],
		['instruction update', { ...instruction, updateFields: { amount: '10.00' } }, instruction],
		['instruction get', instruction, { amount: 10, status: 'READY' }],
		['customer get', { customerRef }, { customerRef }],
		['customer getWallet', { customerRef }, { customerRef }],
		[
			'customer updateMetadata',
			{ customerRef, metadata: metadata('East') },
			{ metadata: { branch: 'East' }, previousMetadata: {} },
		],
		['reward claim', { ...instruction, rewardId: REWARD }, instruction],
		['instruction waitForStatus', instruction, { ...instruction, status: 'SETTLED' }],
		['scheme getAll', { schemeType: 'payout' }, { schemeId: schemeIds.payout }],
		['scheme getPayoutOptions', { ...money, schemeId, amount: '10.00' }, { rewardId: REWARD }],
		['reward search', { appId: byId('TANGOCARD_RAAS') }, { rewardId: REWARD }],
		['app get', { appId: byId('STRIPE') }, { name: 'Stripe' }],
		['app getAll', { returnAll: true }, { appId: expect.any(String) }],
		['batch get', { batchRef: 'BATCH-2025-01' }, { itemsCreated: 118 }],
		['tenant get', {}, { tenantId }],
	];
}

function nodeOf([name, parameters]: Step): TestNode {
	const [resource, operation] = name.split(' ');
	const settings = { executeOnce: true };
	return imburseNode(name, imburse.credential, { resource, operation, ...parameters }, settings);
}

/** What came out first of each node. */
const firstOutputs = (run: Execution, all: Step[]): Fields =>
	Object.fromEntries(all.map(([name]) => [name, run.output(name)[0]]));

it('every operation that n8n offers does its work', async () => {
	const all = steps();
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
