import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { waitForEnd } from '../../tools/n8n/execution.mts';
import { activateWorkflow, deactivateWorkflow, importWorkflow } from '../../tools/n8n/workflow.mts';
import {
	chain,
	imburseNode,
	imburseTrigger,
	payout,
	receiver,
	recordSecrets,
	runOnce,
	sharedN8n,
	startImburse,
	waitUntil,
	workflowOf,
	type TestImburse,
	type TestN8n,
} from './harness/index.mts';

const PAYMENTS = 500;
/** Calls that the sender has open at the same time. */
const OPEN_CALLS = 24;
const SECRET = randomUUID();
const TEN_MINUTES = 600_000;

let n8n: TestN8n;
let imburse: TestImburse;

beforeAll(async () => {
	n8n = await sharedN8n();
	imburse = await startImburse(n8n.api, {}, { webhookSharedSecret: SECRET });
	await recordSecrets([{ what: 'shared secret', value: SECRET }]);
});

afterAll(() => imburse.stop());

/** Publishes a trigger with every option at its default. Resolves to its workflow and its URL. */
async function publish(typeVersion: number): Promise<{ workflowId: string; url: string }> {
	const webhookId = randomUUID();
	const trigger = {
		...imburseTrigger(imburse.credential, webhookId),
		typeVersion,
		parameters: {},
	};
	const workflowId = await importWorkflow(n8n.api, workflowOf([trigger, receiver('Booked')]));
	await activateWorkflow(n8n.api, workflowId);
	const url = `${n8n.url}/webhook/${webhookId}/webhook?secret=${SECRET}`;
	await waitUntil('the trigger is there', async () => (await post(url, '[1]')).status === 422);
	return { workflowId, url };
}

async function post(
	url: string,
	body: string | Uint8Array<ArrayBuffer>,
	headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body,
	});
	return { status: response.status, text: await response.text() };
}

/** Posts all of them, so many at the same time. */
async function postAll(url: string, bodies: string[]): Promise<Array<{ status: number }>> {
	const answers: Array<{ status: number }> = [];
	const left = [...bodies];
	const send = async () => {
		for (let body = left.shift(); body !== undefined; body = left.shift()) {
			const answer = await post(url, body);
			// What n8n says by itself when its machine is too busy to reach its database in time.
			if (answer.text.includes('Database is not ready')) left.push(body);
			else answers.push(answer);
		}
	};
	await Promise.all(Array.from({ length: OPEN_CALLS }, send));
	return answers;
}

async function pay(claims: string[]): Promise<void> {
	const node = imburseNode('Pay', imburse.credential, payout(imburse));
	const run = await runOnce(
		n8n.api,
		chain(
			claims.map((claim) => ({ claim })),
			node,
		),
	);
	expect(run.error ?? run.status).toBe('success');
	for (const claim of claims) imburse.sandbox.setInstructionStatus(claim, `${claim}-1`, 'SETTLED');
}

const event = (claim: string): string =>
	JSON.stringify({
		eventType: 'INSTRUCTION',
		orderRef: claim,
		instructionRef: `${claim}-1`,
		status: 'SETTLED',
	});

/** How many runs of a workflow have succeeded, and the newest of them. */
async function successes(workflowId: string): Promise<{ count: number; newest: string }> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId, status: ['success'] }));
	const page = await n8n.api.get<{ results: Array<{ id: string }>; count: number }>(
		`/executions?limit=1&filter=${filter}`,
	);
	return { count: page.count, newest: page.results[0]?.id ?? '' };
}

it(
	`takes and confirms ${PAYMENTS} payments that settle at once, with every option at its default`,
	async () => {
		const claims = Array.from({ length: PAYMENTS }, (_, index) => `DAY-${index}`);
		await pay(claims);
		const { workflowId, url } = await publish(1.1);
		const answers = await postAll(url, claims.map(event));
		expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
		const areBooked = async () => (await successes(workflowId)).count === PAYMENTS;
		await waitUntil('every payment is booked', areBooked, TEN_MINUTES);
		const run = await waitForEnd(n8n.api, (await successes(workflowId)).newest);
		expect(run.output('Booked')).toMatchObject([{ status: 'SETTLED', confirmed: true }]);
		await deactivateWorkflow(n8n.api, workflowId);
	},
	TEN_MINUTES,
);

it('works as before for a workflow that was saved with version 1 of the trigger', async () => {
	await pay(['OLD-1']);
	const { workflowId, url } = await publish(1);
	expect((await post(url, event('OLD-1'))).status).toBe(200);
	expect((await post(url, event('OLD-1'))).text).toBe('Nothing new');
	await deactivateWorkflow(n8n.api, workflowId);
});

it('takes a packed call by its unpacked bytes, and a body of another type', async () => {
	await pay(['ZIP-1', 'ZIP-2', 'ZIP-3']);
	const { workflowId, url } = await publish(1.1);
	const packed = new Uint8Array(gzipSync(event('ZIP-1')));
	expect((await post(url, packed, { 'content-encoding': 'gzip' })).status).toBe(200);
	const json = { 'content-type': 'application/vnd.imburse+json' };
	expect((await post(url, event('ZIP-2'), json)).status).toBe(200);
	const both = { ...json, 'content-encoding': 'gzip' };
	const other = new Uint8Array(gzipSync(event('ZIP-3')));
	expect((await post(url, other, both)).status).toBe(200);
	await waitUntil('all are booked', async () => (await successes(workflowId)).count === 3);
	await deactivateWorkflow(n8n.api, workflowId);
});
