import { isDeepStrictEqual } from 'node:util';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { RunningSandbox } from '../../../sandbox/index.mts';
import { instruction, type ImburseClient } from '../../sandbox/client.mts';

/** How what an item is about stands at the sandbox. */
export type State =
	/** There is nothing. */
	| 'absent'
	/** As it was made beforehand. */
	| 'untouched'
	| 'asAsked'
	/** As it was asked for, and then it failed. */
	| 'endedBadly'
	/** Anything else: half made, or somebody else's. */
	| 'otherwise';

/** One operation that changes something at Imburse. `ref` names what one item is about. */
export interface Write {
	/** As the page for users calls it. */
	title: string;
	/**
	 * `changes` may be done twice without harm; of `creates` and `claims` a second time is a second
	 * payment, and a second cancellation in one try has no reason.
	 */
	kind: 'creates' | 'changes' | 'claims' | 'cancels';
	/** The route that writes. */
	route: string;
	/** Whether it makes a payment, and when: with a 201 it is there, with a 202 it is only taken in. */
	makesPayment?: 'atOnce' | 'afterAnswer';
	/** For items `{ ref }`. */
	parameters(sandbox: RunningSandbox): INodeParameters;
	/** What must be there beforehand. */
	prepare?: (client: ImburseClient, ref: string) => Promise<unknown>;
	/** Does something else under the same reference, as somebody else would. */
	occupy?: (client: ImburseClient, ref: string) => Promise<unknown>;
	state(ref: string, sandbox: RunningSandbox): State;
	/** Whether the output shows what is there. */
	showsTruth?: (json: IDataObject, ref: string, sandbox: RunningSandbox) => boolean;
}

const AMOUNT = '1.50';
const OTHER_AMOUNT = '999.99';
const REWARD = 'REWARD-COFFEE-10';
const BEFORE = { kept: 'K', changed: 'old' };
const ORDERS = '/v1/order-management';
const entry = (key: string, value: string) => ({ metadata: { entry: [{ key, value }] } });

const orderRef = '={{ $json.ref }}';
const instructionRef = '={{ $json.ref }}-1';

function payment({ options }: RunningSandbox): INodeParameters {
	return {
		instructionRef,
		customerRef: 'CUST-1',
		direction: 'CREDIT',
		amount: AMOUNT,
		currency: 'EUR',
		country: 'DE',
		schemeId: { __rl: true, mode: 'id', value: options.schemeIds.payout },
	};
}

/** An order with one payment, as it is made by somebody else. */
const orderBody = (client: ImburseClient, ref: string, changed: Record<string, unknown>) => ({
	orderRef: ref,
	instructions: [
		instruction(client.sandbox, {
			instructionRef: `${ref}-1`,
			customerRef: ref,
			country: 'DE',
			...changed,
		}),
	],
});

const makeOrder = async (
	client: ImburseClient,
	ref: string,
	metadata: Record<string, string> = {},
) => await client.post(ORDERS, { orderRef: ref, metadata });
const makePayment = async (client: ImburseClient, ref: string, amount: string) =>
	await client.post(ORDERS, orderBody(client, ref, { amount }));

/** What became of a payment that was to have this amount. */
function paymentState(ref: string, { store }: RunningSandbox): State {
	const order = store.order(ref);
	const found = store.instruction(ref, `${ref}-1`);
	if (!found) return order ? 'otherwise' : 'absent';
	if (found.amount !== AMOUNT) return 'otherwise';
	return found.failure ? 'endedBadly' : 'asAsked';
}

/** What became of metadata that was to be this. */
function metadataState(found: object | undefined, wanted: object): State {
	if (!found) return 'absent';
	const plain = { ...found };
	if (isDeepStrictEqual(plain, wanted)) return 'asAsked';
	return isDeepStrictEqual(plain, BEFORE) ? 'untouched' : 'otherwise';
}

const orderMetadata = (ref: string, { store }: RunningSandbox) => store.order(ref)?.metadata;
const shows = (json: IDataObject, found: object | undefined): boolean =>
	isDeepStrictEqual({ ...(json.metadata as object) }, { ...found });

function updateOfOrder(mode: 'merge' | 'replace', wanted: object): Omit<Write, 'title'> {
	return {
		kind: 'changes',
		route: 'updateOrderMetadata',
		parameters: () => ({
			resource: 'paymentOrder',
			operation: 'updateMetadata',
			orderRef,
			mode,
			...entry('changed', 'new'),
		}),
		prepare: async (client, ref) => await makeOrder(client, ref, BEFORE),
		state: (ref, sandbox) => metadataState(orderMetadata(ref, sandbox), wanted),
		showsTruth: (json, ref, sandbox) => shows(json, orderMetadata(ref, sandbox)),
	};
}

const MERGED = { kept: 'K', changed: 'new' };

/** Every operation that writes. */
export const WRITES: readonly Write[] = [
	{
		title: 'Payment Order: Create, without a payment',
		kind: 'creates',
		route: 'createOrder',
		parameters: () => ({
			resource: 'paymentOrder',
			operation: 'create',
			orderRef,
			...entry('amount', AMOUNT),
		}),
		occupy: async (client, ref) => await makeOrder(client, ref, { amount: OTHER_AMOUNT }),
		state: (ref, { store }) => {
			const order = store.order(ref);
			if (!order) return 'absent';
			return order.metadata.amount === AMOUNT ? 'asAsked' : 'otherwise';
		},
	},
	{
		title: 'Payment Order: Create, with a payment',
		kind: 'creates',
		route: 'createOrder',
		makesPayment: 'afterAnswer',
		parameters: (sandbox) => ({
			resource: 'paymentOrder',
			operation: 'create',
			orderRef,
			instructions: { instruction: [payment(sandbox)] },
		}),
		occupy: async (client, ref) => await makePayment(client, ref, OTHER_AMOUNT),
		state: paymentState,
	},
	{
		title: 'Payment Order: Update Metadata, Merge',
		...updateOfOrder('merge', MERGED),
	},
	{
		title: 'Payment Order: Update Metadata, Replace',
		...updateOfOrder('replace', { changed: 'new' }),
	},
	{
		title: 'Payment Order: Delete Metadata',
		kind: 'changes',
		route: 'deleteOrderMetadata',
		parameters: () => ({ resource: 'paymentOrder', operation: 'deleteMetadata', orderRef }),
		prepare: async (client, ref) => await makeOrder(client, ref, BEFORE),
		state: (ref, sandbox) => metadataState(orderMetadata(ref, sandbox), {}),
	},
	{
		title: 'Instruction: Create',
		kind: 'creates',
		route: 'createInstruction',
		makesPayment: 'atOnce',
		parameters: (sandbox) => ({
			resource: 'instruction',
			operation: 'create',
			orderRef,
			...payment(sandbox),
		}),
		prepare: async (client, ref) => await makeOrder(client, ref),
		occupy: async (client, ref) => {
			const { instructions } = orderBody(client, ref, { amount: OTHER_AMOUNT });
			return await client.post(`${ORDERS}/${ref}/instruction`, instructions[0]);
		},
		state: (ref, sandbox) => {
			const found = sandbox.store.instruction(ref, `${ref}-1`);
			return found ? paymentState(ref, sandbox) : 'absent';
		},
	},
	{
		title: 'Instruction: Update',
		kind: 'changes',
		route: 'updateInstruction',
		parameters: () => ({
			resource: 'instruction',
			operation: 'update',
			orderRef,
			instructionRef,
			updateFields: { amount: AMOUNT },
		}),
		prepare: async (client, ref) => await makePayment(client, ref, OTHER_AMOUNT),
		state: (ref, sandbox) => {
			const { amount } = sandbox.store.instruction(ref, `${ref}-1`) ?? {};
			return amount === OTHER_AMOUNT ? 'untouched' : paymentState(ref, sandbox);
		},
		showsTruth: (json, ref, { store }) =>
			Number(json.amount) === Number(store.instruction(ref, `${ref}-1`)?.amount),
	},
	{
		title: 'Instruction: Cancel',
		kind: 'cancels',
		route: 'cancelInstruction',
		parameters: () => ({
			resource: 'instruction',
			operation: 'cancel',
			orderRef,
			instructionRef,
			reason: 'Paid in another way',
		}),
		prepare: async (client, ref) => await makePayment(client, ref, AMOUNT),
		state: (ref, { store }) =>
			store.instruction(ref, `${ref}-1`)?.cancellation ? 'asAsked' : 'untouched',
		showsTruth: (json, ref, { store }) =>
			json.status === store.instruction(ref, `${ref}-1`)?.status,
	},
	{
		title: 'Customer: Update Metadata',
		kind: 'changes',
		route: 'updateCustomerMetadata',
		parameters: () => ({
			resource: 'customer',
			operation: 'updateMetadata',
			customerRef: orderRef,
			...entry('changed', 'new'),
		}),
		prepare: async (client, ref) => {
			await makePayment(client, ref, AMOUNT);
			return await client.put(`/v1/customer-vault/${ref}`, { metadata: BEFORE });
		},
		state: (ref, { store }) => metadataState(store.customer(ref)?.metadata, MERGED),
		showsTruth: (json, ref, { store }) => shows(json, store.customer(ref)?.metadata),
	},
	{
		title: 'Reward: Claim',
		kind: 'claims',
		route: 'claimReward',
		parameters: () => ({
			resource: 'reward',
			operation: 'claim',
			orderRef,
			instructionRef,
			rewardId: REWARD,
		}),
		prepare: async (client, ref) => await makePayment(client, ref, '10.00'),
		occupy: async (client, ref) =>
			await client.post(`${ORDERS}/${ref}/instruction/${ref}-1/claim-reward`, {
				rewardId: REWARD,
			}),
		state: (ref, { store }) =>
			store.instruction(ref, `${ref}-1`)?.transaction ? 'asAsked' : 'untouched',
	},
];

/** The routes that write. */
export const WRITE_ROUTES: ReadonlySet<string> = new Set(WRITES.map(({ route }) => route));
