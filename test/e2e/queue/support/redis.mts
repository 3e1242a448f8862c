import type { Cleanup } from '../../../../tools/support/cleanup.mts';
import { runOrFail } from '../../../../tools/support/command.mts';
import { freePort } from '../../../../tools/support/ports.mts';
import { waitUntil } from '../../harness/index.mts';
import { dataFolder, startServer, type Server } from './server.mts';

const START_LIMIT_MS = 30_000;

/** A Redis of its own, on loopback, which keeps what it holds on disk. */
export interface Redis {
	/** What n8n has to be told. */
	readonly env: Record<string, string>;
	/** Everything that it keeps on disk. */
	readonly folder: string;
	/** How many runs n8n takes for being carried out by a worker. */
	activeJobs(): Promise<number>;
	/** Stops it, and starts it again with what it had kept. */
	restart(): Promise<void>;
}

export async function startRedis(logFile: string, cleanup: Cleanup): Promise<Redis> {
	const folder = await dataFolder('redis', cleanup);
	const port = await freePort();
	const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
	const keeping = ['--appendonly', 'yes', '--appendfsync', 'always'];

	const ask = async (...words: string[]): Promise<string> =>
		(await runOrFail('redis-cli', ['-p', String(port), ...words], { cwd: folder })).trim();

	const answers = async (): Promise<true | undefined> =>
		(await ask('ping').catch(() => undefined)) === 'PONG' || undefined;

	const start = async (): Promise<Server> => {
		const options = { cwd: folder, logFile };
		const started = await startServer('redis-server', [...args, ...keeping], options);
		await waitUntil('Redis answers', answers, START_LIMIT_MS);
		return started;
	};

	let server = await start();
	cleanup.add(() => server.stop());

	return {
		env: { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: String(port) },
		folder,
		activeJobs: async () => Number(await ask('llen', 'bull:jobs:active')),
		restart: async () => {
			await server.stop();
			server = await start();
		},
	};
}
