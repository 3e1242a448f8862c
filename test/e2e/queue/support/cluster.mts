import axios from 'axios';
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { layDown } from '../../../../tools/n8n/communityPackage.mts';
import { environment } from '../../../../tools/n8n/environment.mts';
import { startInstance, type N8nInstance } from '../../../../tools/n8n/instance.mts';
import { lastLines, startProcess, type N8nProcess } from '../../../../tools/n8n/process.mts';
import type { Prepared } from '../../../../tools/start/prepare.mts';
import type { Cleanup } from '../../../../tools/support/cleanup.mts';
import { freePort } from '../../../../tools/support/ports.mts';
import { until } from './condition.mts';
import { startPostgres, type Postgres } from './postgres.mts';
import { startRedis, type Redis } from './redis.mts';

const START_LIMIT_MS = 180_000;

/**
 * How soon n8n sees that a worker is gone. Its own values are 60 s, 10 s and 30 s; nothing else
 * depends on them, and the test need not wait so long.
 */
const SOON = {
	QUEUE_WORKER_LOCK_DURATION: '6000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '1500',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
};

/** n8n in queue mode: everything that a machine of its own would run is a process of its own. */
export interface Cluster {
	readonly postgres: Postgres;
	readonly redis: Redis;
	/** Where calls from outside arrive. */
	readonly webhookUrl: string;
	/** All that was logged, below this folder. */
	readonly logFolder: string;
	/** The editor and its REST API. */
	main(): N8nInstance;
	/** Stops it in good order, and starts it again at the same address. */
	restartMain(): Promise<void>;
	/** Takes in the calls from outside. */
	webhook(): N8nProcess;
	/** By name, such as `worker-1`. */
	worker(name: string): N8nProcess;
	/** Starts one more, with nothing but the package laid down. */
	addWorker(name: string): Promise<N8nProcess>;
}

/** Starts PostgreSQL, Redis, main, the workers and a webhook processor, and waits until all are ready. */
export async function startCluster(
	{ installed, tarball }: Prepared,
	{ folder, workers }: { folder: string; workers: string[] },
	cleanup: Cleanup,
): Promise<Cluster> {
	const logFolder = join(folder, 'logs');
	await mkdir(logFolder, { recursive: true });
	const postgres = await startPostgres(join(logFolder, 'postgres.log'), cleanup);
	const redis = await startRedis(join(logFolder, 'redis.log'), cleanup);
	const shared = {
		...postgres.env,
		...redis.env,
		...SOON,
		EXECUTIONS_MODE: 'queue',
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('base64'),
	};

	/** Each has a user folder of its own, as on a machine of its own, with the package in it. */
	async function folderOf(name: string): Promise<string> {
		const userFolder = join(folder, name);
		await layDown(tarball, userFolder);
		return userFolder;
	}

	async function startPart(
		name: string,
		command: string,
		port: number,
		env: Record<string, string>,
	): Promise<N8nProcess> {
		const place = { userFolder: await folderOf(name), port, brokerPort: await freePort() };
		const part = await startProcess(installed, {
			command,
			env: { ...environment(installed, place), ...shared, ...env },
			logFile: join(logFolder, `${name}.log`),
		});
		cleanup.add(() => part.stop());
		await ready(name, `http://127.0.0.1:${port}`, part);
		return part;
	}

	async function startWorker(name: string): Promise<N8nProcess> {
		const port = await freePort();
		return startPart(name, 'worker', port, {
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		});
	}

	const webhookPort = await freePort();
	const mainFolder = await folderOf('main');
	const startMain = (wantedPort?: number): Promise<N8nInstance> =>
		startInstance(
			installed,
			{
				userFolder: mainFolder,
				wantedPort,
				logFile: join(logFolder, 'main.log'),
				env: {
					...shared,
					N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
					WEBHOOK_URL: `http://127.0.0.1:${webhookPort}/`,
				},
			},
			cleanup,
		);
	let main = await startMain();

	const workersByName = new Map<string, N8nProcess>();
	const addWorker = async (name: string): Promise<N8nProcess> => {
		const worker = await startWorker(name);
		workersByName.set(name, worker);
		return worker;
	};
	const [webhook] = await Promise.all([
		startPart('webhook', 'webhook', webhookPort, {}),
		...workers.map(addWorker),
	]);

	return {
		postgres,
		redis,
		logFolder,
		webhookUrl: `http://127.0.0.1:${webhookPort}`,
		main: () => main,
		webhook: () => webhook,
		restartMain: async () => {
			const { port } = new URL(main.url);
			await main.stop();
			main = await startMain(Number(port));
		},
		worker: (name) => {
			const worker = workersByName.get(name);
			if (worker === undefined) throw new Error(`There is no worker "${name}".`);
			return worker;
		},
		addWorker,
	};
}

async function ready(name: string, url: string, part: N8nProcess): Promise<void> {
	const answers = async (): Promise<'ready' | 'ended' | undefined> => {
		if (!part.isRunning()) return 'ended';
		const { status } = await axios.get(`${url}/healthz/readiness`, {
			proxy: false,
			timeout: 5_000,
			validateStatus: () => true,
		});
		return status === 200 ? 'ready' : undefined;
	};
	const state = await until(`n8n's ${name} is ready`, START_LIMIT_MS, answers);
	if (state === 'ready') return;
	throw new Error(`n8n's ${name} ended while it was starting:\n${await lastLines(part.logFile)}`);
}
