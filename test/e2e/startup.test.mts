import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environment } from '../../tools/n8n/environment.mts';
import { startProcess } from '../../tools/n8n/process.mts';
import { activateWorkflow, deactivateWorkflow, importWorkflow } from '../../tools/n8n/workflow.mts';
import { Cleanup } from '../../tools/support/cleanup.mts';
import { freePort } from '../../tools/support/ports.mts';
import {
	imburseTrigger,
	installedN8n,
	receiver,
	sharedN8n,
	startImburse,
	waitUntil,
	workflowOf,
	type TestImburse,
	type TestN8n,
} from './harness/index.mts';

/** What n8n says instead of handing a call to its workflow. */
const BY_ITSELF = 'n8n is starting up';

/** Below what jest gives a test. */
const START_LIMIT_MS = 300_000;

const cleanup = new Cleanup();
let n8n: TestN8n;
let imburse: TestImburse;

beforeAll(async () => {
	n8n = await sharedN8n();
	imburse = await startImburse(n8n.api, {}, { webhookVerificationKey: randomUUID() });
});

afterAll(async () => {
	await imburse.stop();
	await cleanup.finish();
});

/** What n8n answered to a delivery, and just before it to the question whether it was ready. */
interface Answer {
	time: number;
	readiness: number;
	status: number;
	isByItself: boolean;
}

/** Delivers again and again until an answer is as wanted. Resolves to all of them. */
async function deliverUntil(
	isWanted: (answer: Answer) => boolean,
	url: string,
	path: string,
): Promise<Answer[]> {
	const call = (method: string, to: string) =>
		axios
			.request<unknown>({ method, url: `${url}${to}`, proxy: false, validateStatus: () => true })
			.catch(() => undefined);
	const answers: Answer[] = [];
	await waitUntil(
		'n8n has started',
		async () => {
			const readiness = await call('GET', '/healthz/readiness');
			const delivered = await call('POST', path);
			if (readiness === undefined || delivered === undefined) return false;
			const answer = {
				time: Date.now(),
				readiness: readiness.status,
				status: delivered.status,
				isByItself: String(delivered.data).startsWith(BY_ITSELF),
			};
			answers.push(answer);
			return isWanted(answer);
		},
		START_LIMIT_MS,
	);
	return answers;
}

const isReady = ({ readiness }: Answer): boolean => readiness === 200;

function report(which: string, answers: Answer[]): void {
	const byItself = answers.filter(({ isByItself }) => isByItself);
	const took = (byItself.at(-1)?.time ?? 0) - (byItself[0]?.time ?? 0);
	const refused = answers.filter((answer) => isReady(answer) && answer.status === 404);
	console.log(
		`${which}: ${byItself.length} deliveries answered by n8n itself within ${took} ms, ${refused.length} with 404 after it was ready`,
	);
}

/** A sender takes those for delivered, and no trigger has seen them. */
function expectToldApart(answers: Answer[]): void {
	const byItself = answers.filter((answer) => answer.isByItself);
	expect(byItself.map(({ status }) => status)).toEqual(byItself.map(() => 200));
	expect(byItself.map(({ readiness }) => readiness)).toEqual(byItself.map(() => 503));
}

describe('n8n says at /healthz/readiness that deliveries are not answered by itself any more', () => {
	it('when it starts for the first time and makes its database', async () => {
		const installed = await installedN8n();
		// Nothing is ever stored here that has to be searched for secrets.
		const userFolder = await mkdtemp(join(tmpdir(), 'startup-'));
		const [port, brokerPort] = [await freePort(), await freePort()];
		const fresh = await startProcess(installed, {
			command: 'start',
			env: environment(installed, { userFolder, port, brokerPort }),
			logFile: join(userFolder, 'n8n.log'),
		});
		cleanup.add(() => fresh.stop());
		const answers = await deliverUntil(isReady, `http://127.0.0.1:${port}`, '/webhook/events');
		await fresh.stop();

		report('For the first time', answers);
		expect(answers.some(({ isByItself }) => isByItself)).toBe(true);
		expectToldApart(answers);
	});

	it('when it starts again, until the trigger is there', async () => {
		const webhookId = randomUUID();
		const trigger = imburseTrigger(imburse.credential, webhookId);
		const workflow = workflowOf([trigger, receiver('Paid')]);
		const workflowId = await importWorkflow(n8n.api, workflow);
		await activateWorkflow(n8n.api, workflowId);
		await n8n.stop();
		const started = sharedN8n();
		// What is not signed.
		const isRefusedByTrigger = ({ status }: Answer): boolean => status === 401;
		const path = `/webhook/${webhookId}/webhook`;
		const answers = await deliverUntil(isRefusedByTrigger, n8n.url, path);
		await started;
		await deactivateWorkflow(n8n.api, workflowId);

		report('Again', answers);
		expectToldApart(answers);
	});
});
