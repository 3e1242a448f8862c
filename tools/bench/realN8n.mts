import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder, thisMachine } from '../n8n/cache.mts';
import { installPackage } from '../n8n/communityPackage.mts';
import { sandboxCredential, storeCredential, type StoredCredential } from '../n8n/credential.mts';
import { ensureN8n } from '../n8n/install.mts';
import { startInstance } from '../n8n/instance.mts';
import { createOwner } from '../n8n/owner.mts';
import { mainRelease } from '../n8n/releases.mts';
import { signIn, type N8nApi } from '../n8n/rest.mts';
import { ensurePacked } from '../package.mts';
import type { Cleanup } from '../support/cleanup.mts';

export interface RealN8n {
	api: N8nApi;
	url: string;
	/** Leads to the stub. */
	credential: StoredCredential;
	/** Milliseconds of the processor that n8n has taken so far; NaN where the system does not say. */
	processorTime: () => Promise<number>;
	/** The most memory that n8n has had so far, in megabytes; NaN where the system does not say. */
	peakMemory: () => Promise<number>;
}

/** With what n8n is started. */
export interface RealN8nOptions {
	/** Nodes to measure against: their code, by file name. */
	extensions: Record<string, string>;
	/** The address of a stub of Imburse. */
	stub: string;
	webhookSecret?: string;
}

/** Starts the n8n of `npm start` with the packed package. */
export async function startRealN8n(
	cleanup: Cleanup,
	{ extensions, stub, webhookSecret }: RealN8nOptions,
): Promise<RealN8n> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-imburse-bench-'));
	cleanup.add(async () => await rm(folder, { recursive: true, force: true, maxRetries: 3 }));
	const extensionFolder = join(folder, 'extensions');
	await mkdir(extensionFolder);
	for (const [name, code] of Object.entries(extensions)) {
		await writeFile(join(extensionFolder, name), code);
	}
	const tarball = await ensurePacked();
	const installed = await ensureN8n(mainRelease, cacheFolder(thisMachine()));
	await installPackage(tarball, folder);
	const env = { N8N_CUSTOM_EXTENSIONS: extensionFolder, N8N_LOG_LEVEL: 'error' };
	const { url, pid } = await startInstance(installed, { userFolder: folder, env }, cleanup);
	const api = await signIn(url, createOwner());
	const keys = {
		publicKey: randomUUID(),
		privateKey: Buffer.from(randomUUID()).toString('base64'),
		accountId: randomUUID(),
		tenantId: randomUUID(),
	};
	const credential = await storeCredential(api, sandboxCredential(stub, keys, webhookSecret));
	return {
		api,
		url,
		credential,
		processorTime: async () => await processorTimeOf(pid),
		peakMemory: async () => await peakMemoryOf(pid),
	};
}

const MS_PER_TICK = 10;

/** Linux counts it, for the process and the kernel's part of it, in hundredths of a second. */
async function processorTimeOf(pid: number | undefined): Promise<number> {
	const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
	const [user, kernel] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14);
	return (Number(user) + Number(kernel)) * MS_PER_TICK;
}

async function peakMemoryOf(pid: number | undefined): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
	return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? NaN) / 1024;
}

/** Resolves to the address of a server that runs until the cleanup. */
export async function serveStub(cleanup: Cleanup, listener: RequestListener): Promise<string> {
	const server = createServer(listener);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	cleanup.add(() => server.closeAllConnections());
	cleanup.add(() => void server.close());
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
