import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { executionsOf, type Execution } from '../../../tools/n8n/execution.mts';
import { activateWorkflow, deactivateWorkflow } from '../../../tools/n8n/workflow.mts';
import { sendEventsTo, SHARED_SECRET } from '../../../tools/start/events.mts';
import {
	chain,
	importExample,
	imburseNode,
	payout,
	runOnce,
	sharedN8n,
	startImburse,
	waitUntil,
	withAssignments,
	type ImportedExample,
	type TestImburse,
	type TestN8n,
} from '../harness/index.mts';

const LIMIT_MS = 60_000;
const CUSTOMER = 'Message to the Customer';
const TEAM = 'Note to the Payments Team';
const SUPPORT = 'Question to Imburse’s Support';

let n8n: TestN8n;

beforeAll(async () => {
	n8n = await sharedN8n();
});

describe.each(['v1', 'v2'])('with Imburse’s API %s', (apiVersion) => {
	let imburse: TestImburse;
	let example: ImportedExample;

	beforeAll(async () => {
		const fields = { webhookSharedSecret: SHARED_SECRET, apiVersion };
		imburse = await startImburse(n8n.api, {}, fields);
		const imported = await importExample(n8n.api, 'failed-payment', imburse);
		example = await imported.copy((workflow) =>
			withAssignments(workflow, 'Reasons You Know', {
				customerCanMend: 'The account is closed\nThe name does not match',
				payAgain: 'The bank was closed',
			}),
		);
		await activateWorkflow(n8n.api, example.id);
		await sendEventsTo(example.workflow, n8n.url, imburse.sandbox);
	});

	afterAll(async () => {
		await deactivateWorkflow(n8n.api, example.id);
		await imburse.stop();
	});

	/** Pays a claim, lets it come to an end, and resolves to the run that the event of the end started. */
	async function follow(claim: string, status: string, reason?: string): Promise<Execution> {
		const { sandbox } = imburse;
		const create = imburseNode('Pay', imburse.credential, payout(imburse));
		await runOnce(n8n.api, chain([{ claim }], create));
		await runOf(claim, 'READY');
		const failure = reason === undefined ? undefined : { errorCode: 'E-17', reason };
		sandbox.setInstructionStatus(claim, `${claim}-1`, status, failure);
		return runOf(claim, status);
	}

	/** The run that the event of a status has started, once it has ended. */
	const runOf = (claim: string, status: string): Promise<Execution> =>
		waitUntil(
			`the event that ${claim} is ${status} has run`,
			async () => {
				const runs = await executionsOf(n8n.api, example.id, 0);
				return runs.find((run) => {
					const [event] = run.output('Imburse Trigger');
					return event?.orderRef === claim && event.status === status;
				});
			},
			LIMIT_MS,
		);

	/** The texts that a run has put out, by their nodes. */
	const texts = (run: Execution): Record<string, string> =>
		Object.fromEntries(
			[CUSTOMER, TEAM, SUPPORT].flatMap((node) =>
				run.runs(node) === 0 ? [] : [[node, String(run.output(node)[0]?.text)]],
			),
		);

	it('asks Imburse’s support about a reason that nobody knows, with the correlation IDs', async () => {
		const text = texts(await follow('CLM-1', 'FAILED', 'Something new'));
		expect(text).toEqual({ [SUPPORT]: expect.stringContaining('CLM-1 / CLM-1-1') });
		expect(text[SUPPORT]).toMatch(/Correlation IDs: \S{8,}, \S{8,}/);
	});

	it('asks Imburse’s support about a failure without a reason', async () => {
		const text = texts(await follow('CLM-2', 'FAILED'));
		expect(text).toEqual({ [SUPPORT]: expect.stringContaining('Reason: none given') });
	});

	it('says nothing of a payment that has settled', async () => {
		expect(texts(await follow('CLM-3', 'SETTLED'))).toEqual({});
	});

	const title =
		apiVersion === 'v2'
			? 'does as the lists say with a reason that is known'
			: 'asks Imburse’s support about every reason, since reading a payment does not tell it';
	it(title, async () => {
		const customer = texts(await follow('CLM-4', 'FAILED', 'The name does not match'));
		const team = texts(await follow('CLM-5', 'FAILED', 'The bank was closed'));
		const told = apiVersion === 'v2';
		expect(customer).toEqual({
			[told ? CUSTOMER : SUPPORT]: expect.stringContaining(
				told ? 'The name does not match' : 'Reason: none given',
			),
		});
		expect(team).toEqual({
			[told ? TEAM : SUPPORT]: expect.stringContaining(
				told ? 'Pay under a new reference.' : 'Reason: none given',
			),
		});
	});

	it('moves no money', () => {
		expect(imburse.sandbox.counts.orders).toBe(5);
		expect(imburse.sandbox.counts.byRoute.createOrder).toBe(5);
	});
});
