import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { environment } from '../../tools/n8n/environment.mts';
import { startProcess } from '../../tools/n8n/process.mts';
import { Cleanup } from '../../tools/support/cleanup.mts';
import { freePort } from '../../tools/support/ports.mts';
import { installedN8n, premises, until } from './harness/index.mts';

/** What n8n says instead of handing a call to its workflow. */
const FOR_ITSELF = 'n8n is starting up';

const cleanup = new Cleanup();
let userFolder: string;

beforeAll(async () => {
	userFolder = join((await premises()).dataFolder, 'startup');
	await mkdir(userFolder, { recursive: true });
});

afterAll(() => cleanup.finish());

/** What n8n answered to one delivery, and to the question just before whether it was ready. */
interface Answer {
	time: number;
	wasReady: boolean;
	status: number;
	text: string;
}

/** Starts n8n, and calls a webhook again and again until n8n says that it is ready. */
async function answersOfAStart(): Promise<Answer[]> {
	const installed = await installedN8n();
	const [port, brokerPort] = [await freePort(), await freePort()];
	const n8n = await startProcess(installed, {
		command: 'start',
		env: environment(installed, { userFolder, port, brokerPort }),
		logFile: join(userFolder, 'n8n.log'),
	});
	cleanup.add(() => n8n.stop());
	const call = (method: string, path: string) =>
		axios.request<unknown>({
			method,
			url: `http://127.0.0.1:${port}${path}`,
			proxy: false,
			validateStatus: () => true,
		});
	const answers: Answer[] = [];
	await until(
		'n8n is ready',
		async () => {
			const readiness = await call('GET', '/healthz/readiness').catch(() => undefined);
			const answer = await call('POST', '/webhook/events').catch(() => undefined);
			if (readiness === undefined || answer === undefined) return false;
			const { status, data } = answer;
			const wasReady = readiness.status === 200;
			answers.push({ time: Date.now(), wasReady, status, text: String(data) });
			return wasReady;
		},
		180_000,
	);
	await n8n.stop();
	return answers;
}

describe('while it starts', () => {
	it.each(['for the first time', 'again'])(
		'%s, n8n takes deliveries for itself, and says at /healthz/readiness when that is over',
		async (which) => {
			const answers = await answersOfAStart();
			const taken = answers.filter(({ text }) => text.startsWith(FOR_ITSELF));
			const [first, last] = [taken[0], taken.at(-1)];
			const took = (last?.time ?? 0) - (first?.time ?? 0);
			console.log(`Started ${which}: ${taken.length} deliveries taken within ${took} ms`);

			// So a sender takes them for delivered, and no trigger has seen them.
			expect(taken.map(({ status }) => status)).toEqual(taken.map(() => 200));
			expect(taken.filter(({ wasReady }) => wasReady)).toEqual([]);
			expect(answers.at(-1)).toMatchObject({ wasReady: true, status: 404 });
			if (which === 'for the first time') expect(taken.length).toBeGreaterThan(0);
		},
		240_000,
	);
});
