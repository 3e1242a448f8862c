import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { signalGroup, startGroup } from '../support/processGroup.mts';
import type { InstalledN8n } from './install.mts';

const STOP_GRACE_MS = 15_000;

/** A running process of n8n: the main one, a worker or a webhook processor. */
export interface N8nProcess {
	readonly logFile: string;
	/** Undefined when it could not be started. */
	readonly pid: number | undefined;
	/** Whether it is still there. */
	isRunning(): boolean;
	/** Resolves when it has ended, for whatever reason. */
	readonly ended: Promise<void>;
	/** Asks it to end, waits, and ends it by force when it takes too long. */
	stop(): Promise<void>;
	/** Ends it at once, with all that it started and without a chance to tidy up, and waits. */
	kill(): Promise<void>;
}

export interface ProcessOptions {
	/** n8n's own command: `start`, `worker` or `webhook`. */
	command: string;
	/** The complete environment, see `environment.mts`. */
	env: Record<string, string>;
	/** Appended to. */
	logFile: string;
}

export async function startProcess(
	installed: InstalledN8n,
	{ command, env, logFile }: ProcessOptions,
): Promise<N8nProcess> {
	await mkdir(dirname(logFile), { recursive: true });
	const log = createWriteStream(logFile, { flags: 'a' });
	await once(log, 'open');
	const followParent = new URL('./followParent.mjs', import.meta.url).href;
	const child = startGroup(
		installed.node,
		['--import', followParent, join(installed.folder, 'bin', 'n8n'), command],
		{ cwd: dirname(logFile), env, stdio: ['ignore', log, log, 'ipc'] },
	);
	const ended = new Promise<void>((resolve) => {
		child.once('exit', () => resolve());
		child.once('error', () => resolve());
	});
	void ended.then(() => log.close());
	return {
		logFile,
		ended,
		isRunning: () => isRunning(child),
		pid: child.pid,
		stop: () => stop(child, ended),
		kill: () => {
			signalGroup(child, 'SIGKILL');
			return ended;
		},
	};
}

/** The last lines of a log, for an error message. */
export async function lastLines(logFile: string, count = 30): Promise<string> {
	const text = await readFile(logFile, 'utf8').catch(() => '');
	return text.trimEnd().split('\n').slice(-count).join('\n');
}

function isRunning(child: ChildProcess): boolean {
	return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
	if (!isRunning(child)) return;
	const force = setTimeout(() => signalGroup(child, 'SIGKILL'), STOP_GRACE_MS);
	child.kill('SIGTERM');
	await ended;
	clearTimeout(force);
}
