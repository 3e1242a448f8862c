import { join } from 'node:path';
import type { Cleanup } from '../../../../tools/support/cleanup.mts';
import { runOrFail } from '../../../../tools/support/command.mts';
import { freePort } from '../../../../tools/support/ports.mts';
import { until } from './condition.mts';
import { dataFolder, startServer, type Server } from './server.mts';

const START_LIMIT_MS = 30_000;

/** A Redis of its own, on loopback, which keeps what it holds on disk. */
export interface Redis {
	/** What n8n has to be told. */
	readonly env: Record<string, string>;
	/** Everything that it keeps on disk. */
	readonly folder: string;
	/** Stops it, and starts it again with what it had kept. */
	restart(): Promise<void>;
}

export async function startRedis(logFile: string, cleanup: Cleanup): Promise<Redis> {
	const folder = await dataFolder('redis', cleanup);
	const port = await freePort();
	let server = await start();
	cleanup.add(() => server.stop());

	async function start(): Promise<Server> {
		const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
		const keeping = ['--appendonly', 'yes', '--appendfsync', 'always'];
		const started = await startServer('redis-server', [...args, ...keeping], {
			cwd: folder,
			logFile,
		});
		await until('Redis answers', START_LIMIT_MS, () => ping());
		return started;
	}

	async function ping(): Promise<boolean> {
		const answer = await runOrFail('redis-cli', ['-p', String(port), 'ping'], { cwd: folder });
		return answer.trim() === 'PONG';
	}

	return {
		env: { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: String(port) },
		folder: join(folder, 'appendonlydir'),
		restart: async () => {
			await server.stop();
			server = await start();
		},
	};
}
