import axios from 'axios';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installPackage } from '../../../../tools/n8n/communityPackage.mts';
import { environment } from '../../../../tools/n8n/environment.mts';
import type { InstalledN8n } from '../../../../tools/n8n/install.mts';
import { startInstance, type N8nInstance } from '../../../../tools/n8n/instance.mts';
import { lastLines, startProcess, type N8nProcess } from '../../../../tools/n8n/process.mts';
import type { Cleanup } from '../../../../tools/support/cleanup.mts';
import { freePort } from '../../../../tools/support/ports.mts';
import { waitUntil } from '../../harness/index.mts';
import { startPostgres, type Postgres } from './postgres.mts';
import { startRedis, type Redis } from './redis.mts';

const START_LIMIT_MS = 300_000;

const WEBHOOK = 'webhook';
const SECOND_WEBHOOK = 'webhook-2';

/**
 * How soon n8n sees that a worker is gone. Its own values are 60, 10 and 30 seconds; nothing else
 * depends on them, and a test need not wait so long.
 */
const FAST_STALL_DETECTION = {
	QUEUE_WORKER_LOCK_DURATION: '15000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
};

/**
 * n8n 2.x takes a job out of Redis as soon as it is done, and misses the end of one that was done
 * before it began to wait: a call that waits for its workflow is never answered then. Kept for a
 * while, the job is found. n8n 1.x has no such setting. See docs/queue-mode.md.
 */
const KEPT_JOBS = {
	N8N_EXECUTIONS_QUEUE_KEEP_LAST_COMPLETED: '1000',
	N8N_EXECUTIONS_QUEUE_KEEP_LAST_FAILED: '1000',
};

export interface ClusterOptions {
	installed: InstalledN8n;
	/** The packed package. */
	tarball: string;
	/** For all that n8n and the servers write, their databases excepted. */
	folder: string;
}

/**
 * n8n in queue mode on loopback: PostgreSQL, Redis, main, workers and a webhook processor. Each n8n
 * process has a user folder of its own with the package in it, as if it were on another machine.
 */
export class Cluster {
	readonly logFolder: string;

	private processes = new Map<string, N8nProcess>();

	private running: N8nInstance | undefined;

	private constructor(
		private readonly options: ClusterOptions,
		readonly postgres: Postgres,
		readonly redis: Redis,
		private readonly mainPort: number,
		private readonly webhookPort: number,
		private readonly cleanup: Cleanup,
	) {
		this.logFolder = join(options.folder, 'logs');
		this.shared = {
			...postgres.env,
			...redis.env,
			...FAST_STALL_DETECTION,
			...KEPT_JOBS,
			EXECUTIONS_MODE: 'queue',
			// All that n8n can say, so that all of it is searched for secrets.
			N8N_LOG_LEVEL: 'debug',
			N8N_ENCRYPTION_KEY: randomBytes(24).toString('base64'),
			WEBHOOK_URL: `http://127.0.0.1:${webhookPort}/`,
		};
	}

	/** What all n8n processes of the cluster have in common. */
	private readonly shared: Record<string, string>;

	/** Starts the servers and main, which makes the database ready for the others. */
	static async start(options: ClusterOptions, cleanup: Cleanup): Promise<Cluster> {
		const logFolder = join(options.folder, 'logs');
		const postgres = await startPostgres(join(logFolder, 'postgres.log'), cleanup);
		const redis = await startRedis(join(logFolder, 'redis.log'), cleanup);
		const [mainPort, webhookPort] = [await freePort(), await freePort()];
		const cluster = new Cluster(options, postgres, redis, mainPort, webhookPort, cleanup);
		await cluster.startMain();
		return cluster;
	}

	/** The editor and its REST API. */
	get url(): string {
		return `http://127.0.0.1:${this.mainPort}`;
	}

	/** Where calls from outside arrive. */
	get webhookUrl(): string {
		return webhookUrlAt(this.webhookPort);
	}

	/** The end of a process of n8n without a chance to tidy up, as with `kill -9`. */
	async kill(name: string): Promise<void> {
		await this.processes.get(name)?.kill();
	}

	/** The workers that are running. */
	get workers(): string[] {
		const running = [...this.processes].filter(([, part]) => part.isRunning());
		return running
			.map(([name]) => name)
			.filter((name) => ![WEBHOOK, SECOND_WEBHOOK].includes(name));
	}

	/** The running worker that has taken up an execution, as its log says. */
	async workerOf(executionId: string): Promise<string | undefined> {
		for (const name of this.workers) {
			const log = await readFile(this.logOf(name), 'utf8');
			if (log.includes(`started execution ${executionId} `)) return name;
		}
		return undefined;
	}

	/** What a process of n8n has logged, over all its starts. */
	logOf(name: string): string {
		return join(this.logFolder, `${name}.log`);
	}

	/** Stops main in good order, and starts it again under the same address. */
	async restartMain(): Promise<void> {
		await this.running?.stop();
		await this.startMain();
	}

	async startWorker(name: string): Promise<void> {
		const port = await freePort();
		await this.startProcess(name, 'worker', port, {
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		});
	}

	async startWebhook(): Promise<void> {
		await this.startWebhookProcessor(WEBHOOK, this.webhookPort);
	}

	/**
	 * Starts a further webhook processor, or a killed one anew.
	 *
	 * @returns where it takes calls, as `webhookUrl`
	 */
	async startSecondWebhook(): Promise<string> {
		const port = await freePort();
		await this.startWebhookProcessor(SECOND_WEBHOOK, port);
		return webhookUrlAt(port);
	}

	private async startWebhookProcessor(name: string, port: number): Promise<void> {
		await this.startProcess(name, 'webhook', port, {});
		const takesCalls = () => acceptsCalls(webhookUrlAt(port));
		await waitUntil('n8n takes calls from outside', takesCalls, START_LIMIT_MS);
	}

	/** As when the machine is lost on which all workers and the webhook processor run. */
	async killAllButMain(): Promise<void> {
		await Promise.all([...this.workers, WEBHOOK].map((name) => this.kill(name)));
	}

	private async startMain(): Promise<void> {
		this.running = await startInstance(
			this.options.installed,
			{
				userFolder: await this.userFolder('main'),
				port: this.mainPort,
				logFile: this.logOf('main'),
				env: { ...this.shared, N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true' },
			},
			this.cleanup,
		);
	}

	private async startProcess(
		name: string,
		command: string,
		port: number,
		env: Record<string, string>,
	): Promise<void> {
		const { installed } = this.options;
		const place = {
			userFolder: await this.userFolder(name),
			port,
			brokerPort: await freePort(),
		};
		const part = await startProcess(installed, {
			command,
			env: { ...environment(installed, place), ...this.shared, ...env },
			logFile: this.logOf(name),
		});
		this.cleanup.add(() => part.stop());
		this.processes.set(name, part);
		await waitUntilReady(name, port, part);
	}

	private async userFolder(name: string): Promise<string> {
		const folder = join(this.options.folder, name);
		await installPackage(this.options.tarball, folder);
		return folder;
	}
}

const webhookUrlAt = (port: number): string => `http://127.0.0.1:${port}/webhook`;

/** n8n 1.x says that it is ready before it knows of webhooks; then it has words of its own for this. */
async function acceptsCalls(webhookUrl: string): Promise<boolean> {
	const options = { proxy: false, timeout: 5_000, validateStatus: () => true } as const;
	const response = await axios.post<unknown>(`${webhookUrl}/no-such-path`, {}, options);
	return typeof response.data === 'object';
}

async function waitUntilReady(name: string, port: number, part: N8nProcess): Promise<void> {
	const url = `http://127.0.0.1:${port}/healthz/readiness`;
	const isReady = async (): Promise<boolean> => {
		const response = await axios.get(url, { proxy: false, timeout: 5_000 }).catch(() => undefined);
		return response?.status === 200;
	};
	await waitUntil(
		`n8n's ${name} is ready`,
		async () => !part.isRunning() || (await isReady()) || undefined,
		START_LIMIT_MS,
	);
	if (part.isRunning()) return;
	throw new Error(`n8n's ${name} ended while it was starting:\n${await lastLines(part.logFile)}`);
}
