import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Fault } from '../../../sandbox/index.mts';
import { useIdleClock } from '../../support/idleClock.mts';
import type { RunResult } from '../harness/index.mts';
import {
	CREDENTIAL_ID,
	NODE_TYPE,
	startImburse,
	type ImburseOnEngine,
} from '../support/imburse.mts';
import { byId, failuresOf } from '../support/operations.mts';

useIdleClock();

const OTHER_SCHEME = 'D0000000000000000000000000000004';
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const ROWS = ['A', 'B', 'C'].map((ref) => ({ ref }));
/** Something else each time that it is worked out, also within a millisecond. */
const CHANGING = '={{ $now.toISO() + Math.random().toString(36).replace(/[0-9]/g, "") }}';

let imburse: ImburseOnEngine;

beforeEach(async () => {
	imburse = await startImburse();
});

afterEach(async () => {
	await imburse.stop();
});

function payment(changed: INodeParameters = {}): INodeParameters {
	return {
		instructionRef: '={{ $json.ref }}',
		customerRef: 'CUST-1',
		direction: 'CREDIT',
		amount: '1.00',
		currency: 'EUR',
		country: 'DE',
		schemeId: byId(imburse.sandbox.options.schemeIds.payout),
		...changed,
	};
}

function order(changed: INodeParameters = {}, options: INodeParameters = {}): INodeParameters {
	return {
		resource: 'paymentOrder',
		operation: 'create',
		orderRef: '={{ $json.ref }}',
		instructions: { instruction: [payment()] },
		metadata: { entry: [{ key: 'at', value: CHANGING }] },
		options,
		...changed,
	};
}

function instruction(
	changed: INodeParameters = {},
	options: INodeParameters = {},
): INodeParameters {
	return { resource: 'instruction', operation: 'create', orderRef: 'ORDER', options, ...changed };
}

const inAnInstruction = () => ({
	...payment(),
	additionalFields: { metadata: { entry: [{ key: 'at', value: CHANGING }] } },
});
const inADate = () => ({
	...payment(),
	additionalFields: {
		settledByDate: '={{ $now.plus({ days: Math.ceil(Math.random() * 1000000) }).toISODate() }}',
	},
});

/** The second row is refused, and nothing of it made, until the key may do it. */
const REFUSED_FIRST: Fault = {
	kind: 'answer',
	at: 'beforeWrite',
	status: 403,
	reference: 'B',
	calls: { from: 1, to: 1 },
};

const resultsOf = ({ success, failed }: RunResult) =>
	[...success, ...failed].map(({ json }) => json.result ?? (json.error as IDataObject).outcome);

/** The hints on single items. */
function hintsOf({ hints }: RunResult): string[] {
	return hints.map(({ message }) => message).filter((hint) => hint.startsWith('Item '));
}

function expectOneEach(...refs: string[]) {
	const { orders } = imburse.sandbox.store;
	expect(orders.map(({ orderRef }) => orderRef).sort()).toEqual(refs);
	expect(orders.flatMap(({ instructions }) => instructions)).toHaveLength(refs.length);
}

describe('Retry On Fail', () => {
	it.each<[string, () => INodeParameters]>([
		['metadata of the order', () => order()],
		[
			'metadata of the payment',
			() => order({ instructions: { instruction: [inAnInstruction()] } }),
		],
		['the date', () => order({ instructions: { instruction: [inADate()] }, metadata: {} })],
	])('ends with each row created once, although %s change from try to try', async (_, node) => {
		imburse.sandbox.setFaults([REFUSED_FIRST]);
		const run = await imburse.run(node(), { items: ROWS, ...RETRY });
		expect(run.executions).toBe(2);
		expect(run.error).toBeUndefined();
		expect(resultsOf(run)).toEqual(['created', 'created', 'created']);
		expectOneEach('A', 'B', 'C');
	});

	it('does the same for instructions', async () => {
		await imburse.run({ resource: 'paymentOrder', operation: 'create', orderRef: 'ORDER' });
		imburse.sandbox.setFaults([
			{
				...REFUSED_FIRST,
				reference: undefined,
				calls: { from: 2, to: 2 },
				route: 'createInstruction',
			},
		]);
		const run = await imburse.run(instruction(inAnInstruction()), { items: ROWS, ...RETRY });
		expect([run.executions, resultsOf(run)]).toEqual([2, ['created', 'created', 'created']]);
		expect(imburse.sandbox.store.order('ORDER')?.instructions).toHaveLength(3);
	});

	it('shows the metadata that are there, and says in a hint what it would have sent now', async () => {
		imburse.sandbox.setFaults([REFUSED_FIRST]);
		const run = await imburse.run(order(), { items: ROWS, ...RETRY });
		const shown = run.success.map(({ json }) => (json.metadata as IDataObject).at);
		const stored = ['A', 'B', 'C'].map((ref) => imburse.sandbox.store.order(ref)?.metadata?.at);
		expect(shown).toEqual(stored);
		expect(hintsOf(run)).toEqual([
			expect.stringMatching(
				/^Item 1: Payment Order "A" was made earlier in this execution, and is left as it was then: Metadata > at is ".*" in your data and ".*" at Imburse\.$/,
			),
			expect.stringMatching(/^Item 3: Payment Order "C" was made earlier/),
		]);
	});

	it('says created also where an earlier try made it and the option is Fail', async () => {
		imburse.sandbox.setFaults([REFUSED_FIRST]);
		const run = await imburse.run(order({ metadata: {} }, { ifExists: 'fail' }), {
			items: ROWS,
			...RETRY,
		});
		expect(resultsOf(run)).toEqual(['created', 'created', 'created']);
	});

	it('sends again what it first sent, where nobody knows what became of it', async () => {
		imburse.sandbox.setFaults([
			{ kind: 'reset', at: 'afterWrite', route: 'createOrder', reference: 'B', calls: { next: 1 } },
			{
				kind: 'answer',
				at: 'beforeWrite',
				status: 503,
				route: ['getOrder', 'getInstruction'],
				reference: 'B',
				calls: { next: 4 },
			},
		]);
		const run = await imburse.run(order(), { items: ROWS, ...RETRY });
		expect(run.executions).toBeGreaterThan(1);
		expect(resultsOf(run)).toEqual(['created', 'created', 'created']);
		expectOneEach('A', 'B', 'C');
		const bodies = imburse.sandbox.requests
			.filter(({ name, body }) => name === 'createOrder' && body.includes('"orderRef":"B"'))
			.map(({ body }) => body);
		expect(bodies.length).toBeGreaterThan(1);
		expect(new Set(bodies).size).toBe(1);
		expect(run.success[1]?.json.metadata).toEqual({
			...imburse.sandbox.store.order('B')?.metadata,
		});
	});

	it('does not call what an earlier run made created', async () => {
		await imburse.run(order({ metadata: {} }), { items: [{ ref: 'A' }] });
		imburse.sandbox.setFaults([REFUSED_FIRST]);
		const run = await imburse.run(order({ metadata: {} }), { items: ROWS, ...RETRY });
		expect(resultsOf(run)).toEqual(['alreadyExisted', 'created', 'created']);
	});

	it('does not call what an earlier run made with other metadata the same', async () => {
		await imburse.run(order(), { items: [{ ref: 'A' }] });
		imburse.sandbox.setFaults([REFUSED_FIRST]);
		const run = await imburse.run(order(), {
			items: ROWS,
			...RETRY,
			onError: 'continueErrorOutput',
		});
		expect(resultsOf(run)).toEqual(['created', 'created', 'conflict']);
		expectOneEach('A', 'B', 'C');
	});

	it.each<[string, INodeParameters]>([
		['amount', { amount: '={{ (1 + Math.random() * 1000000).toFixed(2) }}' }],
		['customer', { customerRef: '={{ "C" + Math.random().toString().slice(2, 12) }}' }],
	])(
		'ends with each row created once as it was first sent, although its %s changes',
		async (_, changed) => {
			imburse.sandbox.setFaults([{ ...REFUSED_FIRST, reference: 'A' }]);
			const instructions = { instruction: [payment(changed)] };
			const run = await imburse.run(order({ instructions, metadata: {} }), {
				items: ROWS,
				...RETRY,
				onError: 'continueErrorOutput',
			});
			expect(resultsOf(run)).toEqual(['created', 'created', 'created']);
			expectOneEach('A', 'B', 'C');
			expect(hintsOf(run)).toEqual([
				expect.stringMatching(/^Item 2: .*was made earlier in this execution, and is left/),
				expect.stringMatching(/^Item 3: .*was made earlier in this execution, and is left/),
			]);
		},
	);
});

describe('another turn of a loop', () => {
	const byAgent = (name: string) => `={{ $fromAI('${name}', '', 'string') }}`;

	/** The calls of a tool stand for turns: the same node, in the same execution. */
	async function calls(node: INodeParameters, ...inputs: IDataObject[]) {
		const allowed = {
			allowToolPayments: true,
			allowChangingReferences: true,
			maxPayments: 9,
			maxTotals: { total: [{ amount: '100', currency: 'EUR' }] },
		};
		const run = await imburse.engine.runTool({
			node: {
				type: `${NODE_TYPE}Tool`,
				credentials: { imburseApi: CREDENTIAL_ID },
				parameters: { ...node, options: { ...allowed, ...(node.options as object) } },
			},
			calls: inputs,
		});
		return run.answers.map((answer) => JSON.stringify(answer));
	}

	const changing = () =>
		order({
			orderRef: byAgent('ref'),
			instructions: {
				instruction: [payment({ instructionRef: byAgent('ref'), amount: byAgent('amount') })],
			},
		});

	it('has paid before what it is told again, whatever its metadata are', async () => {
		const [first, second] = await calls(
			changing(),
			{ ref: 'A', amount: '1.00' },
			{ ref: 'A', amount: '1' },
		);
		expect(first).toContain('"created"');
		expect(second).toContain('"alreadyExisted"');
		expectOneEach('A');
	});

	it('has not paid another amount under the same reference', async () => {
		const [, second] = await calls(
			changing(),
			{ ref: 'A', amount: '1.00' },
			{ ref: 'A', amount: '2.00' },
		);
		expect(second).toContain('exists already with a different payment');
		expectOneEach('A');
	});

	it('fails on it where the user wants that', async () => {
		const [, second] = await calls(
			{ ...changing(), options: { ifExists: 'fail' } },
			{ ref: 'A', amount: '1.00' },
			{ ref: 'A', amount: '1.00' },
		);
		expect(second).toContain('exists already');
		expect(second).toContain('"rejected"');
	});
});

describe('If It Already Exists: Return It If Payment Is the Same', () => {
	const SAME = { ifExists: 'returnSamePayment' };
	const run = async (node: INodeParameters) =>
		await imburse.run(node, { items: [{ ref: 'A' }], onError: 'continueErrorOutput' });

	it('returns an order whose metadata differ, shows those that are there, and says what differs', async () => {
		await run(order({ metadata: { entry: [{ key: 'branch', value: 'North' }] } }));
		const metadata = { entry: [{ key: 'branch', value: 'South' }] };
		const again = await run(order({ metadata }, SAME));
		expect(again.success[0]?.json).toMatchObject({
			result: 'alreadyExisted',
			metadata: { branch: 'North' },
		});
		expect(again.hints.map(({ message }) => message)).toEqual([
			'Item 1: Payment Order "A" exists already with the same payment, and is left as it is: Metadata > branch is "South" in your data and "North" at Imburse.',
		]);
		expect({ ...imburse.sandbox.store.order('A')?.metadata }).toEqual({ branch: 'North' });
	});

	it('gives no hint of a difference where nothing differs', async () => {
		const metadata = { entry: [{ key: 'branch', value: 'North' }] };
		await run(order({ metadata }));
		const again = await run(order({ metadata }, SAME));
		expect([resultsOf(again), again.hints]).toEqual([['alreadyExisted'], []]);
	});

	it('returns an instruction whose metadata differ', async () => {
		await run({ resource: 'paymentOrder', operation: 'create', orderRef: 'ORDER' });
		await run(instruction(inAnInstruction()));
		const again = await run(instruction(inAnInstruction(), SAME));
		expect(resultsOf(again)).toEqual(['alreadyExisted']);
		expect(hintsOf(again)[0]).toMatch(/^Item 1: instruction "A" of Payment Order "ORDER" exists/);
	});

	it.each<[string, INodeParameters]>([
		['amount', { amount: '1.01' }],
		['customer', { customerRef: 'CUST-2' }],
		['scheme', { schemeId: byId(OTHER_SCHEME) }],
		['date', { additionalFields: { settledByDate: '2031-01-15' } }],
	])('does not return one with another %s', async (_, changed) => {
		const first = { additionalFields: { settledByDate: '2030-01-15' } };
		await run(order({ instructions: { instruction: [payment(first)] } }));
		const instructions = { instruction: [payment({ ...first, ...changed })] };
		expect(resultsOf(await run(order({ instructions }, SAME)))).toEqual(['conflict']);
	});

	it('makes what is not there', async () => {
		expect(resultsOf(await run(order({}, SAME)))).toEqual(['created']);
	});

	it('says alreadyExisted also where the answer to the create was lost', async () => {
		await run(order());
		imburse.sandbox.setFaults([
			{ kind: 'reset', at: 'afterWrite', route: 'createOrder', calls: { next: 1 } },
		]);
		expect(resultsOf(await run(order({}, SAME)))).toEqual(['alreadyExisted']);
	});
});

describe('a run that is started again', () => {
	it('with changing metadata says that the payment is the same, and advises no new reference', async () => {
		const once = () =>
			imburse.run(order(), { items: [{ ref: 'A' }], onError: 'continueErrorOutput' });
		await once();
		const [failure] = failuresOf(await once());
		expect(failure?.outcome).toBe('conflict');
		expect(failure?.message).toMatch(
			/^Payment Order "A" \(item 1\) exists already, and the payment is the same: only metadata differ: Metadata > at is ".*" in your data and ".*" at Imburse$/,
		);
		expect(failure?.description).toContain('use Payment Order: Update Metadata.');
		expect(failure?.description).toContain('Return It If Payment Is the Same');
		expect(failure?.description).not.toContain('reference of its own');
		expectOneEach('A');
	});
});
