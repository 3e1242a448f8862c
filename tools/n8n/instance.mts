import axios from 'axios';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Cleanup } from '../support/cleanup.mts';
import { freePort, isFree } from '../support/ports.mts';
import { environment } from './environment.mts';
import type { InstalledN8n } from './install.mts';
import { lastLines, startProcess, type N8nProcess } from './process.mts';

const START_LIMIT_MS = 300_000;

/** A running n8n that responds. */
export interface N8nInstance extends N8nProcess {
	/** Of editor, REST API and webhooks, without a slash at its end. */
	readonly url: string;
}

export interface InstanceOptions {
	userFolder: string;
	/** Any free one when left out. */
	port?: number;
	/** Added to the variables of `environment.mts`. */
	env?: Record<string, string>;
	/** `n8n.log` in the user folder when left out. */
	logFile?: string;
}

/**
 * Starts n8n's main process and waits until it answers. Rejects when another program has its
 * port, and with the end of its log when it does not answer.
 * `cleanup` stops it, from the first moment on.
 */
export async function startInstance(
	installed: InstalledN8n,
	options: InstanceOptions,
	cleanup: Cleanup,
): Promise<N8nInstance> {
	const {
		userFolder,
		port = await freePort(),
		env = {},
		logFile = join(userFolder, 'n8n.log'),
	} = options;
	if (!(await isFree(port))) throw new Error(`Another program has taken port ${port} of n8n.`);
	const brokerPort = await freePort();
	const running = await startProcess(installed, {
		command: 'start',
		env: { ...environment(installed, { userFolder, port, brokerPort }), ...env },
		logFile,
	});
	cleanup.add(() => running.stop());
	const url = `http://127.0.0.1:${port}`;
	await waitUntilReady(url, running);
	return { ...running, url };
}

/**
 * During its first migrations n8n answers 200 with plain text, and its health check answers even
 * before. Its settings are JSON before all routes exist; the page of the editor comes last.
 */
async function waitUntilReady(url: string, running: N8nProcess): Promise<void> {
	const deadline = Date.now() + START_LIMIT_MS;
	const get = (path: string) =>
		axios.get<unknown>(`${url}${path}`, { timeout: 5_000, proxy: false }).catch(() => undefined);
	while (running.isRunning() && Date.now() < deadline) {
		const settings = await get('/rest/settings');
		if (typeof settings?.data === 'object' && (await get('/')) !== undefined) return;
		await delay(250);
	}
	const reason = running.isRunning() ? 'does not answer' : 'ended while it was starting';
	throw new Error(
		`n8n ${reason}. The end of its log (${running.logFile}):\n${await lastLines(running.logFile)}`,
	);
}
