import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Execution } from '../../../tools/n8n/execution.mts';
import {
	chain,
	importExample,
	imburseNode,
	payout,
	runOnce,
	sharedN8n,
	startImburse,
	withAssignments,
	type ImportedExample,
	type TestImburse,
	type TestN8n,
} from '../harness/index.mts';

const TABLE = 'Imburse Payments';
const SCHEDULE = 'Every Hour';
const CLAIMS = ['CLM-OPEN', 'CLM-LATE', 'CLM-SETTLED', 'CLM-FAILED', 'CLM-STOPPED', 'CLM-NEW-WORD'];
const LONG_AGO = '2020-01-02';

let n8n: TestN8n;
let imburse: TestImburse;
let example: ImportedExample;

beforeAll(async () => {
	n8n = await sharedN8n();
	imburse = await startImburse(n8n.api);
});

afterAll(() => imburse.stop());

beforeEach(async () => {
	imburse.sandbox.reset();
	example = await importExample(n8n.api, 'payments-without-webhooks', imburse);
	await pay(CLAIMS);
	for (const claim of [...CLAIMS, 'CLM-UNKNOWN']) await follow(claim);
});

async function pay(claims: string[]): Promise<void> {
	const items = claims.map((claim) => ({ claim }));
	const create = imburseNode('Pay', imburse.credential, payout(imburse));
	const run = await runOnce(n8n.api, chain(items, create));
	expect(run.error ?? run.status).toBe('success');
}

/** Adds a payment to the table by the example's own button. */
async function follow(claim: string): Promise<void> {
	const references = { orderRef: claim, instructionRef: `${claim}-1` };
	const copy = await example.copy((workflow) =>
		withAssignments(workflow, 'A Payment to Follow', references),
	);
	await copy.press();
}

const readAll = (): Promise<Execution> => example.press(SCHEDULE);

async function states(): Promise<Record<string, unknown>> {
	const rows = await example.rows(TABLE);
	return Object.fromEntries(rows.map(({ orderRef, state }) => [String(orderRef), state]));
}

function move(claim: string, status: string): void {
	const failure = { errorCode: 'E-1', reason: 'The account is closed' };
	const reason = status === 'FAILED' ? failure : undefined;
	imburse.sandbox.setInstructionStatus(claim, `${claim}-1`, status, reason);
}

describe('the hourly look', () => {
	beforeEach(() => {
		move('CLM-LATE', 'LATE');
		move('CLM-SETTLED', 'SETTLED');
		move('CLM-FAILED', 'FAILED');
		move('CLM-STOPPED', 'VOID');
		move('CLM-NEW-WORD', 'UNDER_REVIEW');
		const late = imburse.sandbox.store.orders.find(({ orderRef }) => orderRef === 'CLM-LATE');
		Object.assign(late?.instructions[0] ?? {}, { settledByDate: LONG_AGO });
	});

	it('brings every open row up to date, and lists what is late or has failed', async () => {
		const run = await readAll();
		expect(await states()).toEqual({
			'CLM-OPEN': 'open',
			'CLM-LATE': 'open',
			'CLM-SETTLED': 'settled',
			'CLM-FAILED': 'failed',
			'CLM-STOPPED': 'cancelled',
			'CLM-NEW-WORD': 'open',
			'CLM-UNKNOWN': 'open',
		});
		const [list] = run.output('List for the Payments Team');
		expect(list?.subject).toBe('2 payments are late or failed');
		expect(String(list?.text).split('\n').sort()).toEqual([
			expect.stringMatching(/^CLM-FAILED \/ CLM-FAILED-1, 210(\.00)? EUR: FAILED/),
			`CLM-LATE / CLM-LATE-1, 210 EUR: LATE, was to be settled by ${LONG_AGO}`,
		]);
		expect(run.output('Could Not Be Read')).toEqual([
			{
				payment: 'CLM-UNKNOWN / CLM-UNKNOWN-1',
				problem: expect.stringContaining('CLM-UNKNOWN'),
				correlationId: expect.any(String),
			},
		]);
	});

	it('reads only what is still open, and tells of a failure once', async () => {
		await readAll();
		const before = imburse.sandbox.counts.byRoute.getInstruction ?? 0;
		const run = await readAll();
		expect((imburse.sandbox.counts.byRoute.getInstruction ?? 0) - before).toBe(4);
		expect(run.output('List for the Payments Team')).toHaveLength(1);
		expect(run.output('In Words')).toHaveLength(1);
	});

	it('moves no money', async () => {
		const { length } = imburse.sandbox.requests;
		await readAll();
		const made = imburse.sandbox.requests.slice(length).map(({ name }) => name);
		expect([...new Set(made)]).toEqual(['getInstruction']);
	});
});

it('a payment that is added twice has one row', async () => {
	await follow('CLM-OPEN');
	expect(await example.rows(TABLE)).toHaveLength(CLAIMS.length + 1);
});
