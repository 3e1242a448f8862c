import { mkdir } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { installPackage } from '../n8n/communityPackage.mts';
import type { InstalledN8n } from '../n8n/install.mts';
import { startInstance, type N8nInstance } from '../n8n/instance.mts';
import { createOwner } from '../n8n/owner.mts';
import { signIn } from '../n8n/rest.mts';
import type { Cleanup } from '../support/cleanup.mts';
import { duration } from '../support/format.mts';

/** The environment variable that gives the tests the address of the control server. */
export const CONTROL_URL_VARIABLE = 'IMBURSE_E2E_CONTROL_URL';

/** What the tests of one n8n release run with. */
export interface TestEnvironment {
	/** Of n8n. */
	version: string;
	/** The packed package. */
	tarball: string;
	/** For everything that n8n writes: all of it is searched for secrets at the end. */
	dataFolder: string;
	/** The tests write the secrets to search for into it, one JSON text a line. */
	secretsFile: string;
}

/** The n8n that the test files of one release share. */
export interface SharedN8n {
	url: string;
	userFolder: string;
	logFile: string;
	/** Of the owner's session. */
	cookie: string;
}

/**
 * Controls the n8n that all test files of one release share: it outlives each of them, and any of them
 * may stop and restart it. It is started when the first file asks for it, with the package from its
 * tarball. The tests send HTTP requests:
 *
 *     GET /environment  TestEnvironment
 *     POST /start       SharedN8n; starts n8n unless it runs, at the same address as before
 *     POST /stop        stops it in good order
 *     POST /kill        ends it as `kill -9` does
 *
 * @returns the address of the control server
 */
export async function startControlServer(
	installed: InstalledN8n,
	environment: TestEnvironment,
	cleanup: Cleanup,
): Promise<string> {
	const instance = new SharedInstance(installed, environment, cleanup);
	const handlers: Record<string, () => Promise<unknown>> = {
		'GET /environment': async () => environment,
		'POST /start': () => instance.start(),
		'POST /stop': () => instance.stop(),
		'POST /kill': () => instance.kill(),
	};
	const server = createServer((request, response) => {
		void respond(response, handlers[`${request.method} ${request.url}`]);
	});
	await listen(server);
	cleanup.add(() => void server.close());
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

class SharedInstance {
	private readonly userFolder: string;

	/** Searched for secrets like everything else that n8n writes. */
	private readonly temporaryFolder: string;

	private readonly owner = createOwner();

	private running: N8nInstance | undefined;

	private port: number | undefined;

	private cookie = '';

	constructor(
		private readonly installed: InstalledN8n,
		private readonly environment: TestEnvironment,
		private readonly cleanup: Cleanup,
	) {
		this.userFolder = join(environment.dataFolder, 'shared');
		this.temporaryFolder = join(this.userFolder, 'tmp');
	}

	async start(): Promise<SharedN8n> {
		if (this.running?.isRunning() !== true) this.running = await this.startNew();
		const { url, logFile } = this.running;
		return { url, logFile, userFolder: this.userFolder, cookie: this.cookie };
	}

	async stop(): Promise<void> {
		await this.running?.stop();
	}

	async kill(): Promise<void> {
		await this.running?.kill();
	}

	private async startNew(): Promise<N8nInstance> {
		const isFirst = this.port === undefined;
		const started = Date.now();
		await mkdir(this.temporaryFolder, { recursive: true });
		if (isFirst) await installPackage(this.environment.tarball, this.userFolder);
		const n8n = await startInstance(
			this.installed,
			{ userFolder: this.userFolder, port: this.port, env: { TMPDIR: this.temporaryFolder } },
			this.cleanup,
		);
		this.port = Number(new URL(n8n.url).port);
		if (isFirst) this.cookie = (await signIn(n8n.url, this.owner)).cookie;
		const took = duration(Date.now() - started);
		console.log(`n8n ${this.installed.release.version} answers at ${n8n.url} after ${took}.`);
		return n8n;
	}
}

async function respond(
	response: ServerResponse,
	handler: (() => Promise<unknown>) | undefined,
): Promise<void> {
	// A kept connection could be closed just when a test uses it again.
	response.setHeader('connection', 'close');
	if (handler === undefined) {
		response.writeHead(404).end('{ "message": "The control server has no such endpoint." }');
		return;
	}
	try {
		response.end(JSON.stringify((await handler()) ?? null));
	} catch (error) {
		response.writeHead(500).end(JSON.stringify({ message: (error as Error).message }));
	}
}

function listen(server: Server): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen({ host: '127.0.0.1', port: 0 }, resolve);
	});
}
