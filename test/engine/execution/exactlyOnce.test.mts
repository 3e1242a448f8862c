import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { RunResult } from '../harness/index.mts';
import { CREDENTIAL_ID, startImburse, type ImburseOnEngine } from '../support/imburse.mts';
import {
	html,
	refusedWith,
	startScript,
	type Line,
	type ScriptedImburse,
} from '../support/script.mts';
import { useIdleClock } from '../../support/idleClock.mts';

useIdleClock();

const ORDER: INodeParameters = {
	resource: 'paymentOrder',
	operation: 'create',
	orderRef: 'CLAIM-17',
	metadata: { entry: [{ key: 'claim', value: '17' }] },
};

let imburse: ImburseOnEngine;
let script: ScriptedImburse | undefined;

beforeEach(async () => {
	imburse = await startImburse();
});

afterEach(async () => {
	await imburse.stop();
	await script?.stop();
	script = undefined;
});

/** Runs with the error output, against an Imburse that says these lines. */
async function runScript(
	writes: Line[],
	reads: Readonly<Record<string, Line[]>>,
	parameters: INodeParameters = ORDER,
): Promise<RunResult> {
	script = await startScript(writes, reads);
	imburse.engine.credentials.change(CREDENTIAL_ID, { baseUrl: script.url });
	return await imburse.run(parameters, { onError: 'continueErrorOutput' });
}

function payment(): INodeParameters {
	const { payout } = imburse.sandbox.options.schemeIds;
	return {
		instructionRef: 'CLAIM-17-1',
		customerRef: 'CUST-4711',
		direction: 'CREDIT',
		amount: '210.00',
		currency: 'EUR',
		country: 'DE',
		schemeId: { __rl: true, mode: 'id', value: payout },
	};
}

/** Adds the payment to an order that exists. */
function instruction(): INodeParameters {
	return { resource: 'instruction', operation: 'create', orderRef: 'CLAIM-17', ...payment() };
}

/** The order with these payments, each as `payment` gives it, with what is given changed. */
function withInstructions(...changes: INodeParameters[]): INodeParameters {
	const rows = changes.length > 0 ? changes : [{}];
	const instruction = rows.map((fields) => ({ ...payment(), ...fields }));
	return { ...ORDER, instructions: { instruction } };
}

/** The instruction of `withInstructions` as Imburse answers it. */
function instructionAnswer(changes: IDataObject = {}): Line {
	const { payout } = imburse.sandbox.options.schemeIds;
	const body = {
		customerRef: 'CUST-4711',
		direction: 'CREDIT',
		status: 'READY',
		amount: 210,
		currency: 'EUR',
		country: 'DE',
		scheme: { schemeId: payout },
		metadata: {},
		...changes,
	};
	return { status: 200, body };
}

function resultOf(run: RunResult): unknown {
	return run.success[0]?.json.result ?? errorOf(run).outcome;
}

function hintsOf(run: RunResult): string[] {
	return run.hints.map(({ message }) => message);
}

function errorOf(run: RunResult): IDataObject {
	return (run.failed[0]?.json.error ?? {}) as IDataObject;
}

const FOUND: Line = { status: 200, body: { orderRef: 'CLAIM-17', metadata: { claim: '17' } } };
const OTHER: Line = { status: 200, body: { orderRef: 'CLAIM-17', metadata: { claim: '18' } } };
const EXISTS = refusedWith(400, 'ORDER_ALREADY_EXISTS');
const ABSENT = refusedWith(400, 'ORDER_NOT_FOUND');
const CREATED: Line = { status: 201 };
const BROKEN: Line = { status: 500, body: { correlationId: '0HL:1' } };

describe('a create under the reference of a cancelled payment', () => {
	const CANCELLED = refusedWith(400, 'INSTRUCTION_CANCELLED');

	it.each<[string, () => Line]>([
		['void', () => instructionAnswer({ status: 'VOID' })],
		['void, and another amount', () => instructionAnswer({ status: 'VOID', amount: 17 })],
		['cancelled', () => instructionAnswer({ status: 'CANCELLED', cancelled: { reason: 'Typo' } })],
		['not there', () => refusedWith(404, 'INSTRUCTION_NOT_FOUND')],
		['not to be read', () => BROKEN],
	])('has failed, and says that the reference is spent: it reads as %s', async (_, read) => {
		const reads = { 'instruction/CLAIM-17-1': [read()] };
		const run = await runScript([CANCELLED], reads, instruction());
		expect(errorOf(run)).toMatchObject({
			outcome: 'failed',
			retryable: false,
			errorCodes: ['INSTRUCTION_CANCELLED'],
			message: expect.stringContaining('instruction with this reference was cancelled') as unknown,
			description: expect.stringContaining('a new payment needs a reference of its own') as unknown,
		});
		expect(script?.methods().filter((method) => method === 'POST')).toHaveLength(1);
	});

	it('is unknown while it reads as a payment that goes on', async () => {
		const reads = { 'instruction/CLAIM-17-1': [instructionAnswer()] };
		const run = await runScript([CANCELLED], reads, instruction());
		expect(errorOf(run)).toMatchObject({ outcome: 'unknown' });
	});
});

describe('a create that got no clear answer', () => {
	it.each<[string, Line]>([
		['already exists, as observed', EXISTS],
		['already exists, in another spelling', refusedWith(422, 'OrderRefAlreadyExists')],
		['409', refusedWith(409)],
		['402', refusedWith(402, 'SOMETHING_NEW')],
		['400 with a code that is new', refusedWith(400, 'AMOUNT_IS_REQUIRED', 'SOMETHING_NEW')],
		['400 from a gateway', html(400)],
		['404 from a gateway', html(404)],
		['200', { status: 200 }],
		['203', { status: 203 }],
		['204', { status: 204 }],
		['201 with a web page', html(201)],
		['302', { status: 302, headers: { location: '/elsewhere' } }],
		['500', BROKEN],
		['503', html(503)],
		['a lost connection', 'reset'],
	])('%s is read back, and found: one create', async (_, line) => {
		const run = await runScript([line], { 'order-management/CLAIM-17': [FOUND] });
		expect(['created', 'alreadyExisted']).toContain(resultOf(run));
		expect(script?.methods()).toEqual(['POST', 'GET']);
		expect(run.success[0]?.json.answer).toMatchObject({ orderRef: 'CLAIM-17' });
	});

	it('says that what was found counts as made by this run', async () => {
		const run = await runScript(['reset'], { 'order-management/CLAIM-17': [FOUND] });
		expect(hintsOf(run)).toEqual([
			expect.stringMatching(
				/^Item 1: There was no clear answer to Payment Order "CLAIM-17" \(.+\): it was found as in your data, and counts as made by this run\.$/,
			),
		]);
	});

	it.each<[string, Line[], Line[], string, string[]]>([
		['absent, then created', ['reset', CREATED], [ABSENT], 'created', ['POST', 'GET', 'POST']],
		[
			'absent by 404, then created',
			[BROKEN, CREATED],
			[refusedWith(404)],
			'created',
			['POST', 'GET', 'POST'],
		],
		[
			'absent, then there all the same',
			['reset', EXISTS],
			[ABSENT, FOUND],
			'created',
			['POST', 'GET', 'POST', 'GET'],
		],
		['absent twice', [BROKEN, 'reset'], [ABSENT], 'unknown', ['POST', 'GET', 'POST', 'GET']],
		[
			'objected to twice, and absent',
			[refusedWith(402, 'SOMETHING_NEW')],
			[ABSENT],
			'rejected',
			['POST', 'GET', 'POST', 'GET'],
		],
		['there, but different', ['reset'], [OTHER], 'conflict', ['POST', 'GET']],
	])('%s', async (_, writes, reads, result, methods) => {
		const run = await runScript(writes, { 'order-management/CLAIM-17': reads });
		expect(resultOf(run)).toBe(result);
		expect(script?.methods()).toEqual(methods);
	});

	it.each<[string, Line]>([
		["a gateway's 404", html(404)],
		["a gateway's 404 in JSON", { status: 404, body: { message: 'no Route matched' } }],
		['a web page', html(200)],
		['another order', { status: 200, body: { orderRef: 'CLAIM-18', metadata: { claim: '17' } } }],
		['no metadata', { status: 200, body: { orderRef: 'CLAIM-17' } }],
		['a server error', BROKEN],
		['403', refusedWith(403, 'ROLE_NOT_PERMITTED')],
	])('is not created again, nor called made, after %s', async (_, line) => {
		const run = await runScript(['reset'], { 'order-management/CLAIM-17': [line] });
		expect(['unknown', 'conflict']).toContain(resultOf(run));
		expect(script?.methods().filter((method) => method === 'POST')).toHaveLength(1);
	});

	it.each<[string, Line]>([
		['402', refusedWith(402, 'SOMETHING_NEW')],
		['a 400 with a code that is new', refusedWith(400, 'SOMETHING_NEW')],
		['a 404', refusedWith(404)],
	])('was not made by a request that Imburse refused with %s', async (_, line) => {
		const reads = { 'order-management/CLAIM-17': [FOUND] };
		const run = await runScript([line], reads);
		expect(resultOf(run)).toBe('alreadyExisted');
		expect(hintsOf(run)).toEqual([
			expect.stringMatching(
				/^Item 1: Imburse refused Payment Order "CLAIM-17" \(.*\), and has it already, as in your data\.$/,
			),
		]);
	});

	it('fails like any other that exists, when Imburse refused it and the user wants it to', async () => {
		const run = await runScript(
			[refusedWith(402, 'SOMETHING_NEW')],
			{ 'order-management/CLAIM-17': [FOUND] },
			{ ...ORDER, options: { ifExists: 'fail' } },
		);
		expect(errorOf(run)).toMatchObject({
			outcome: 'rejected',
			message: 'Payment Order "CLAIM-17" (item 1) exists already',
			errorCodes: ['SOMETHING_NEW'],
		});
	});

	it.each<[string, Line[], Line[]]>([
		['twice', [refusedWith(402, 'SOMETHING_NEW'), refusedWith(402, 'ODD')], [ABSENT, FOUND]],
		['and then as one that exists', [refusedWith(402, 'SOMETHING_NEW'), EXISTS], [ABSENT, FOUND]],
	])('was made by somebody else when Imburse refused it %s', async (_, writes, reads) => {
		const run = await runScript(writes, { 'order-management/CLAIM-17': reads });
		expect(resultOf(run)).toBe('alreadyExisted');
	});

	it.each<[string, Line]>([
		['a lost connection', 'reset'],
		['500', BROKEN],
	])('counts as made by this run after %s, and a hint says so', async (_, line) => {
		const run = await runScript(
			[line],
			{ 'order-management/CLAIM-17': [FOUND] },
			{ ...ORDER, options: { ifExists: 'fail' } },
		);
		expect(resultOf(run)).toBe('created');
		expect(hintsOf(run)).toEqual([
			expect.stringContaining('it was found as in your data, and counts as made by this run'),
		]);
	});

	it('is unknown when it exists and is absent', async () => {
		const run = await runScript([EXISTS], { 'order-management/CLAIM-17': [ABSENT] });
		expect(errorOf(run)).toMatchObject({ outcome: 'unknown', retryable: true });
		expect(errorOf(run).message).toContain('Imburse has no Payment Order "CLAIM-17"');
		expect(errorOf(run).description).toContain('Run it again with the same reference');
	});

	it.each<[string, Line]>([
		['a field that breaks a rule', refusedWith(400, 'AMOUNT_OUT_OF_RANGE')],
		['a scheme that is for others', refusedWith(400, 'SCHEME_ID_NOT_SUPPORTED')],
		['a missing date', refusedWith(400, 'SETTLED_BY_DATE_IS_REQUIRED')],
		['a key that stands twice', refusedWith(400, 'METADATA_DUPLICATED_KEY')],
		['a rule of a field that is new', refusedWith(400, 'EXECUTION_DATE_IS_REQUIRED')],
		['no licence', refusedWith(405, 'SERVICE_UNAVAILABLE')],
		['a call that is gone', refusedWith(410, 'ENDPOINT_DEPRECATED')],
		["the gateway's own 404", { status: 404, body: { title: 'No', trace: { requestId: 'R' } } }],
		['403', refusedWith(403)],
	])('is not read back after %s', async (_, line) => {
		const run = await runScript([line], {});
		expect(resultOf(run)).toBe('rejected');
		expect(script?.methods()).toEqual(['POST']);
	});
});

describe('an order that was accepted', () => {
	const INSTRUCTION = 'instruction/CLAIM-17-1';

	it('is created once its instruction is there', async () => {
		const missing = refusedWith(404, 'INSTRUCTION_NOT_FOUND');
		const reads = { [INSTRUCTION]: [missing, missing, instructionAnswer()] };
		const run = await runScript([{ status: 202 }], reads, withInstructions());
		expect(resultOf(run)).toBe('created');
		expect(script?.methods()).toEqual(['POST', 'GET', 'GET', 'GET']);
	});

	it.each<[string, () => Line, string]>([
		['never appears', () => refusedWith(404, 'INSTRUCTION_NOT_FOUND'), 'unknown'],
		['cannot be read', () => BROKEN, 'unknown'],
		['is another one', () => instructionAnswer({ amount: 2100 }), 'conflict'],
		['failed', () => instructionAnswer({ failed: { reason: 'Account closed' } }), 'failed'],
		['is void', () => instructionAnswer({ status: 'VOID' }), 'failed'],
	])('whose instruction %s', async (_, line, outcome) => {
		const run = await runScript(
			[{ status: 202 }],
			{ [INSTRUCTION]: [line()] },
			{ ...withInstructions(), options: { createdWithin: 1 } },
		);
		expect(resultOf(run)).toBe(outcome);
		expect(errorOf(run)).toMatchObject({ httpStatus: 202, attempts: 1 });
	});

	it('stays accepted when nobody waits', async () => {
		const run = await runScript(
			[{ status: 202 }],
			{},
			{ ...withInstructions(), options: { waitUntilCreated: false } },
		);
		expect(resultOf(run)).toBe('accepted');
		expect(script?.methods()).toEqual(['POST']);
	});
});

describe('running it again', () => {
	it.each(['v1', 'v2'])(
		'returns what exists, instruction by instruction (%s)',
		async (apiVersion) => {
			imburse.engine.credentials.change(CREDENTIAL_ID, { apiVersion });
			const first = await imburse.run(withInstructions({ amount: '210.00' }));
			const second = await imburse.run(withInstructions({ amount: '210' }));
			expect([resultOf(first), resultOf(second)]).toEqual(['created', 'alreadyExisted']);
			expect(imburse.sandbox.store.orders).toHaveLength(1);
			expect(imburse.sandbox.store.order('CLAIM-17')?.instructions).toHaveLength(1);
		},
	);

	it.each(['v1', 'v2'])(
		'succeeds when the order holds more by now, and names what it also holds (%s)',
		async (apiVersion) => {
			imburse.engine.credentials.change(CREDENTIAL_ID, { apiVersion });
			await imburse.run(withInstructions());
			await imburse.run({ ...instruction(), instructionRef: 'CLAIM-17-2' });
			await imburse.run({ ...instruction(), instructionRef: 'CLAIM-17-3' });
			const run = await imburse.run(withInstructions());
			expect(resultOf(run)).toBe('alreadyExisted');
			expect(hintsOf(run)).toEqual([
				'Item 1: Payment Order "CLAIM-17" also holds the instructions "CLAIM-17-2" and "CLAIM-17-3", which this item does not ask for. The order was left as it is.',
			]);
		},
	);

	it('gives no hint where the order holds no more than was asked for', async () => {
		await imburse.run(withInstructions());
		const run = await imburse.run(withInstructions());
		expect(hintsOf(run)).toEqual([]);
	});

	it('tells how many instructions it also holds where Imburse does not name them', async () => {
		const { body } = instructionAnswer() as { body: IDataObject };
		const order = { orderRef: 'CLAIM-17', metadata: { claim: '17' }, instructions: [body, body] };
		const run = await runScript(
			[EXISTS],
			{
				'order-management/CLAIM-17': [{ status: 200, body: order }],
				'instruction/CLAIM-17-1': [instructionAnswer()],
			},
			withInstructions(),
		);
		expect(resultOf(run)).toBe('alreadyExisted');
		expect(hintsOf(run)).toEqual([
			expect.stringContaining('also holds 1 instruction whose reference Imburse does not tell'),
		]);
	});

	it('lists both sides of every difference', async () => {
		await imburse.run(withInstructions());
		const run = await imburse.run(withInstructions({ amount: '21.00', country: 'AT' }), {
			onError: 'continueErrorOutput',
		});
		expect(errorOf(run)).toMatchObject({
			outcome: 'conflict',
			retryable: false,
			message:
				'Payment Order "CLAIM-17" (item 1) exists already with a different payment: Amount of instruction "CLAIM-17-1" of Payment Order "CLAIM-17" is "21.00" in your data and 210 at Imburse; Country of instruction "CLAIM-17-1" of Payment Order "CLAIM-17" is "AT" in your data and "DE" at Imburse',
		});
		expect(errorOf(run).description).toContain('Tenant Portal');
	});

	it('fails where the user wants it to, and says that it is the same', async () => {
		await imburse.run(ORDER);
		const run = await imburse.run(
			{ ...ORDER, options: { ifExists: 'fail' } },
			{ onError: 'continueErrorOutput' },
		);
		expect(errorOf(run)).toMatchObject({
			outcome: 'rejected',
			message: 'Payment Order "CLAIM-17" (item 1) exists already',
		});
	});

	it('stays created, and is no failure, when a second try finds what the first one made', async () => {
		imburse.sandbox.setFaults([
			{ kind: 'answer', at: 'beforeWrite', status: 403, reference: 'A', calls: { next: 2 } },
		]);
		const run = await imburse.run(
			{ ...ORDER, orderRef: '={{ $json.ref }}', options: { ifExists: 'fail' } },
			{
				items: [{ ref: 'A' }, { ref: 'B' }],
				onError: 'continueErrorOutput',
				retryOnFail: true,
				maxTries: 2,
				waitBetweenTries: 1,
			},
		);
		expect(run.executions).toBe(2);
		expect(run.failed.map(({ json }) => (json.error as IDataObject).message)).toEqual([
			'Imburse refused Payment Order "A" (item 1): this key may not do that',
		]);
		expect(resultOf(run)).toBe('created');
	});

	it('returns an instruction that exists, and refuses to call another one the same', async () => {
		await imburse.run({ ...ORDER, orderRef: 'CLAIM-17' });
		const runs = [
			await imburse.run(instruction()),
			await imburse.run(instruction()),
			await imburse.run({ ...instruction(), amount: '210.01' }, { onError: 'continueErrorOutput' }),
		];
		expect(runs.map(resultOf)).toEqual(['created', 'alreadyExisted', 'conflict']);
		expect(imburse.sandbox.store.order('CLAIM-17')?.instructions).toHaveLength(1);
	});

	it('makes one order each for the same file twice, and with Retry On Fail', async () => {
		const parameters = { ...ORDER, orderRef: '={{ $json.ref }}' };
		const items = [{ ref: 'A' }, { ref: 'B' }];
		await imburse.run(parameters, { items });
		const again = await imburse.run(parameters, { items, retryOnFail: true });
		expect(again.success.map(({ json }) => json.result)).toEqual([
			'alreadyExisted',
			'alreadyExisted',
		]);
		expect(imburse.sandbox.store.orders).toHaveLength(2);
	});

	it('says that an instruction belongs to an order that is not there', async () => {
		const run = await imburse.run(
			{
				resource: 'instruction',
				operation: 'create',
				orderRef: 'CLAIM-99',
				instructionRef: 'CLAIM-17-1',
				customerRef: 'CUST-4711',
				direction: 'DEBIT',
				amount: '210.00',
				currency: 'EUR',
				country: 'DE',
			},
			{ onError: 'continueErrorOutput' },
		);
		expect(errorOf(run)).toMatchObject({ outcome: 'rejected', errorCodes: ['ORDER_NOT_FOUND'] });
		expect(errorOf(run).message).toContain('there is no order with this reference');
	});
});

describe('an order that exists without one of its instructions', () => {
	const BOTH = [{}, { instructionRef: 'CLAIM-17-2' }];
	const ERROR_OUTPUT = { onError: 'continueErrorOutput' } as const;
	const options = { createdWithin: 0.05 };

	it('is a conflict that names what is missing, and how to add it', async () => {
		await imburse.run(withInstructions());
		const run = await imburse.run({ ...withInstructions(...BOTH), options }, ERROR_OUTPUT);
		expect(errorOf(run)).toMatchObject({
			outcome: 'conflict',
			retryable: false,
			message:
				'Payment Order "CLAIM-17" (item 1) exists already, and differs from your data: Imburse has no instruction "CLAIM-17-2" of Payment Order "CLAIM-17"',
		});
		expect(errorOf(run).description).toContain(
			'Running it again cannot add what is missing: add instruction "CLAIM-17-2" of Payment Order "CLAIM-17" with Instruction > Create, under the same reference.',
		);
		expect(errorOf(run).description).not.toContain('Run it again');
	});

	it('is one order with both once the advice was followed', async () => {
		await imburse.run(withInstructions());
		await imburse.run({ ...instruction(), instructionRef: 'CLAIM-17-2' });
		const run = await imburse.run(withInstructions(...BOTH));
		expect(resultOf(run)).toBe('alreadyExisted');
	});

	it('lists what differs beside what is missing', async () => {
		await imburse.run(withInstructions());
		const run = await imburse.run(
			{ ...withInstructions({ amount: '1.00' }, { instructionRef: 'CLAIM-17-2' }), options },
			ERROR_OUTPUT,
		);
		expect(errorOf(run).message).toMatch(
			/Amount of instruction "CLAIM-17-1".*no instruction "CLAIM-17-2"/,
		);
		expect(errorOf(run).description).toContain('with Instruction > Create');
	});

	it.each<[string, Line]>([
		['accepted by this run', { status: 202 }],
		['sent by this run, with no answer', 'reset'],
	])('stays unknown when it was %s: it may still appear', async (_, line) => {
		const run = await runScript(
			[line],
			{
				'instruction/CLAIM-17-1': [refusedWith(404, 'INSTRUCTION_NOT_FOUND')],
				'order-management/CLAIM-17': [FOUND],
			},
			{ ...withInstructions(), options },
		);
		expect(errorOf(run)).toMatchObject({ outcome: 'unknown', retryable: true });
		expect(errorOf(run).description).toContain('Run it again later with the same references');
	});

	it('stays unknown when an earlier try of this run sent it', async () => {
		const missing = refusedWith(404, 'INSTRUCTION_NOT_FOUND');
		script = await startScript([{ status: 202 }, EXISTS], {
			'instruction/CLAIM-17-1': [missing],
			'order-management/CLAIM-17': [FOUND],
		});
		imburse.engine.credentials.change(CREDENTIAL_ID, { baseUrl: script.url });
		const run = await imburse.run(
			{ ...withInstructions(), options },
			{ ...ERROR_OUTPUT, retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		);
		expect(run.executions).toBe(2);
		expect(errorOf(run)).toMatchObject({
			outcome: 'unknown',
			errorCodes: ['ORDER_ALREADY_EXISTS'],
		});
	});
});

describe('the idempotency key', () => {
	const sent = () => imburse.sandbox.requests.at(-1)?.headers['idempotency-key'];

	it('is not sent as long as nobody names its header', async () => {
		await imburse.run(ORDER);
		expect(sent()).toBeUndefined();
	});

	it('is the reference, or what the user says', async () => {
		const options = { idempotencyHeader: 'Idempotency-Key' };
		await imburse.run({ ...ORDER, options });
		expect(sent()).toBe('CLAIM-17');
		await imburse.run({
			...ORDER,
			orderRef: 'CLAIM-18',
			options: { ...options, idempotencyKey: 'key-18' },
		});
		expect(sent()).toBe('key-18');
	});

	it('of an instruction names its order, too', async () => {
		await imburse.run(ORDER);
		await imburse.run({ ...instruction(), options: { idempotencyHeader: 'Idempotency-Key' } });
		const create = imburse.sandbox.requests.find(({ name }) => name === 'createInstruction');
		expect(create?.headers['idempotency-key']).toBe('CLAIM-17:CLAIM-17-1');
	});

	it('is the same when the order is created again', async () => {
		const options = { idempotencyHeader: 'Idempotency-Key' };
		imburse.sandbox.setFaults([
			{ kind: 'reset', at: 'beforeWrite', route: 'createOrder', calls: { next: 1 } },
		]);
		await imburse.run({ ...ORDER, options });
		const creates = imburse.sandbox.requests.filter(({ name }) => name === 'createOrder');
		expect(creates.map(({ headers }) => headers['idempotency-key'])).toEqual([
			'CLAIM-17',
			'CLAIM-17',
		]);
	});

	it.each(['Authorization', 'x-tenant-id', 'no header'])('cannot stand in %s', async (name) => {
		const run = await imburse.run({ ...ORDER, options: { idempotencyHeader: name } });
		expect(run.error?.message).toMatch(/^Options > Idempotency Key Header: /);
		expect(imburse.sandbox.requests).toHaveLength(0);
	});
});
