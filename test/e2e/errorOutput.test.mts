import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../sandbox/index.mts';
import {
	chain,
	imburseNode,
	payout,
	receiver,
	runOnce,
	sharedN8n,
	startImburse,
	withErrorOutput,
	type TestImburse,
	type TestN8n,
} from './harness/index.mts';

const GOOD = 'CLAIM-GOOD';
const BAD = 'CLAIM-BAD';

type Parameters = Record<string, unknown>;

interface Case {
	/** What is there before. */
	before?: () => Promise<unknown>;
	faults?: Fault[];
	parameters: Parameters;
	/** In place of `CLAIM-BAD`. */
	bad?: string;
	/** What the error says beside its outcome. */
	says: Parameters;
	/** Whether Imburse named an ID of its own; it does so only in the body of an error. */
	isNamed: boolean;
}

let n8n: TestN8n;
let imburse: TestImburse;

beforeAll(async () => {
	n8n = await sharedN8n();
	imburse = await startImburse(n8n.api);
});

afterAll(() => imburse.stop());

beforeEach(() => {
	imburse.sandbox.reset();
	imburse.sandbox.options.publicKey = imburse.credential.data.publicKey ?? '';
});

const create: Parameters = {
	resource: 'paymentOrder',
	operation: 'create',
	orderRef: '={{ $json.claim }}',
	options: { createdWithin: 1, timeout: 2 },
};

const withMetadata = (value: string): Parameters => ({
	...create,
	metadata: { entry: [{ key: 'when', value }] },
});

const createWithInstruction = (): Parameters => ({ ...payout(imburse), options: create.options });

const read: Parameters = {
	resource: 'paymentOrder',
	operation: 'get',
	orderRef: '={{ $json.claim }}',
};

const wait: Parameters = {
	resource: 'instruction',
	operation: 'waitForStatus',
	orderRef: '={{ $json.claim }}',
	instructionRef: '={{ $json.claim }}-1',
	timeLimit: 0,
};

/** Makes orders as somebody else would, before the run. */
async function made(parameters: Parameters, ...claims: string[]): Promise<void> {
	const run = await runOnce(
		n8n.api,
		chain(
			claims.map((claim) => ({ claim })),
			imburseNode('Create', imburse.credential, parameters),
		),
	);
	expect(run.error ?? run.status).toBe('success');
}

const CASES: Record<string, () => Case> = {
	invalid: () => ({
		parameters: create,
		bad: 'CLAIM BAD',
		says: { httpStatus: null, clientCorrelationId: null, attempts: 0 },
		isNamed: false,
	}),
	rejected: () => ({
		faults: [
			{
				kind: 'answer',
				at: 'beforeWrite',
				status: 400,
				errorCodes: ['CUSTOMER_REF_IS_REQUIRED'],
				route: 'createOrder',
				reference: BAD,
			},
		],
		parameters: create,
		says: { httpStatus: 400, errorCodes: ['CUSTOMER_REF_IS_REQUIRED'], retryable: false },
		isNamed: true,
	}),
	conflict: () => ({
		before: () => made(withMetadata('before'), BAD),
		parameters: withMetadata('now'),
		says: { retryable: false },
		isNamed: true,
	}),
	unknown: () => ({
		faults: [
			{ kind: 'reset', at: 'afterWrite', route: 'createOrder', reference: BAD },
			{ kind: 'answer', at: 'beforeWrite', status: 503, route: 'getOrder', reference: BAD },
		],
		parameters: create,
		says: { retryable: true },
		isNamed: false,
	}),
	failed: () => ({
		faults: [
			{
				kind: 'instructionFails',
				reference: BAD,
				after: { reads: 0 },
				errorCode: 'ACCOUNT_CLOSED',
				reason: 'The account is closed',
			},
		],
		parameters: createWithInstruction(),
		says: {},
		isNamed: false,
	}),
	timeout: () => ({
		before: async () => {
			await made(createWithInstruction(), GOOD, BAD);
			imburse.sandbox.setInstructionStatus(GOOD, `${GOOD}-1`, 'SETTLED');
		},
		parameters: wait,
		says: {},
		isNamed: false,
	}),
	unavailable: () => ({
		before: () => made(create, GOOD, BAD),
		faults: [{ kind: 'answer', at: 'beforeWrite', status: 503, route: 'getOrder', reference: BAD }],
		parameters: { ...read, options: { timeout: 1 } },
		says: { httpStatus: 503, retryable: true },
		isNamed: true,
	}),
};

/** Two items, of which one goes wrong. */
async function run({ before, faults = [], parameters, bad = BAD }: Case) {
	await before?.();
	imburse.sandbox.setFaults(faults);
	const node = imburseNode('Imburse', imburse.credential, parameters, {
		onError: 'continueErrorOutput',
	});
	const items = [{ claim: GOOD }, { claim: bad }];
	return runOnce(
		n8n.api,
		withErrorOutput(chain(items, node, receiver('Paid')), 'Imburse', receiver('Not Paid')),
	);
}

describe('the error output', () => {
	it.each(Object.keys(CASES))(
		'takes what is %s, with what it is and both correlation IDs, and nothing else',
		async (outcome) => {
			const theCase = (CASES[outcome] as () => Case)();
			const execution = await run(theCase);

			expect(execution.error ?? execution.status).toBe('success');
			expect(execution.output('Paid')).toMatchObject([{ orderRef: GOOD }]);
			const failed = execution.output('Not Paid');
			expect(failed).toMatchObject([{ error: { outcome, ...theCase.says } }]);
			const [error] = failed.map((item) => item.error as Parameters);
			expect(error?.message).toContain(theCase.bad ?? BAD);
			expect(error?.description).toMatch(/\w/);
			const calls = imburse.sandbox.requests.filter(
				({ headers }) => headers['x-correlation-id'] === error?.clientCorrelationId,
			);
			const isSent = outcome !== 'invalid';
			expect(calls.some(({ path, body }) => `${path} ${body}`.includes(BAD))).toBe(isSent);
			const named = calls.map(({ correlationId }) => correlationId);
			if (theCase.isNamed) expect(named).toContain(error?.correlationId);
			else expect(error?.correlationId).toBeNull();
		},
	);

	it('takes all items as not sent when Imburse refuses the keys', async () => {
		imburse.sandbox.options.publicKey = '00000000-0000-4000-8000-000000000000';
		const execution = await run({ parameters: create, says: {}, isNamed: false });

		expect(execution.output('Paid')).toEqual([]);
		const errors = execution.output('Not Paid').map((item) => item.error as Parameters);
		expect(errors).toMatchObject([{ outcome: 'notSent' }, { outcome: 'notSent' }]);
		expect(errors[0]?.description).toContain('Imburse refused the keys');
		expect(imburse.sandbox.store.orders).toEqual([]);
	});
});
