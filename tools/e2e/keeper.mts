import { mkdir } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { layDown } from '../n8n/communityPackage.mts';
import type { InstalledN8n } from '../n8n/install.mts';
import { startInstance, type N8nInstance } from '../n8n/instance.mts';
import { createOwner } from '../n8n/owner.mts';
import { signIn } from '../n8n/rest.mts';
import type { Cleanup } from '../support/cleanup.mts';
import { duration } from '../support/words.mts';

/** Name of the environment variable that tells the tests where their keeper is. */
export const KEEPER_VARIABLE = 'IMBURSE_E2E_KEEPER';

/** What the tests of one n8n release are given. */
export interface Premises {
	/** Of n8n. */
	version: string;
	/** The packed package. */
	tarball: string;
	/** For everything that n8n writes: all of it is searched for secrets in the end. */
	dataFolder: string;
	/** Where the tests note which secrets to search for, one JSON text a line. */
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
 * Holds the n8n that all test files of one release share: it outlives each of them, and any of them
 * may have it stopped and started anew. It is started when the first file asks for it, with the
 * package from its tarball. The tests ask over HTTP:
 *
 *     GET /premises    Premises
 *     POST /start      SharedN8n; starts n8n unless it runs, under the same address as before
 *     POST /stop       204
 *
 * @returns the keeper's address
 */
export async function startKeeper(
	installed: InstalledN8n,
	premises: Premises,
	cleanup: Cleanup,
): Promise<string> {
	const shared = new Shared(installed, premises, cleanup);
	const answers: Record<string, () => Promise<unknown>> = {
		'GET /premises': async () => premises,
		'POST /start': () => shared.start(),
		'POST /stop': () => shared.stop(),
	};
	const server = createServer((request, response) => {
		void reply(response, answers[`${request.method} ${request.url}`]);
	});
	await listen(server);
	cleanup.add(() => void server.close());
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

class Shared {
	private readonly userFolder: string;

	/** Searched like everything else that it writes. */
	private readonly temporary: string;

	private readonly owner = createOwner();

	private running: N8nInstance | undefined;

	private port: number | undefined;

	private cookie = '';

	constructor(
		private readonly installed: InstalledN8n,
		private readonly premises: Premises,
		private readonly cleanup: Cleanup,
	) {
		this.userFolder = join(premises.dataFolder, 'shared');
		this.temporary = join(this.userFolder, 'tmp');
	}

	async start(): Promise<SharedN8n> {
		if (this.running?.isRunning() !== true) this.running = await this.startAnew();
		const { url, logFile } = this.running;
		return { url, logFile, userFolder: this.userFolder, cookie: this.cookie };
	}

	async stop(): Promise<void> {
		await this.running?.stop();
	}

	private async startAnew(): Promise<N8nInstance> {
		const isFirst = this.port === undefined;
		const started = Date.now();
		await mkdir(this.temporary, { recursive: true });
		if (isFirst) await layDown(this.premises.tarball, this.userFolder);
		const n8n = await startInstance(
			this.installed,
			{ userFolder: this.userFolder, port: this.port, env: { TMPDIR: this.temporary } },
			this.cleanup,
		);
		this.port = Number(new URL(n8n.url).port);
		if (isFirst) this.cookie = (await signIn(n8n.url, this.owner)).cookie;
		const took = duration(Date.now() - started);
		console.log(`n8n ${this.installed.release.version} answers at ${n8n.url} after ${took}.`);
		return n8n;
	}
}

async function reply(
	response: ServerResponse,
	answer: (() => Promise<unknown>) | undefined,
): Promise<void> {
	// A kept connection could be closed at the moment in which a test uses it again.
	response.setHeader('connection', 'close');
	if (answer === undefined) {
		response.writeHead(404).end('{ "message": "The keeper knows no such call." }');
		return;
	}
	try {
		response.end(JSON.stringify((await answer()) ?? null));
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
