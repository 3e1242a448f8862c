import { chown, mkdir, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cleanup } from '../../../../tools/support/cleanup.mts';
import { signalGroup, startGroup } from '../../../../tools/support/processGroup.mts';

/** Servers refuse to run as root, or should: they run as this user, who owns nothing else. */
const ORDINARY_USER = { name: 'nobody', id: 65534 };

const isRoot = process.getuid?.() === 0;

/** A command line that runs as an ordinary user, and ends when the process that started it does. */
export function asOrdinaryUser(command: string, args: string[]): [string, string[]] {
	const { id } = ORDINARY_USER;
	const user = isRoot ? [`--reuid=${id}`, `--regid=${id}`, '--clear-groups'] : [];
	return ['setpriv', [...user, '--pdeathsig', 'KILL', command, ...args]];
}

/** A new folder for a server's data, which its user owns. It goes when the cleanup runs. */
export async function dataFolder(name: string, cleanup: Cleanup): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), `${name}-`));
	cleanup.add(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
	if (isRoot) await chown(folder, ORDINARY_USER.id, ORDINARY_USER.id);
	return folder;
}

/** A server that runs until it is stopped. */
export interface Server {
	/** Asks it to end, and waits until it has. */
	stop(): Promise<void>;
	/** Whether it is still there. */
	isRunning(): boolean;
}

/** Starts a server as the ordinary user. What it says goes to the end of the log. */
export async function startServer(
	command: string,
	args: string[],
	{ cwd, logFile }: { cwd: string; logFile: string },
): Promise<Server> {
	await mkdir(join(logFile, '..'), { recursive: true });
	const log = await open(logFile, 'a');
	const [program, words] = asOrdinaryUser(command, args);
	const child = startGroup(program, words, { cwd, stdio: ['ignore', log.fd, log.fd] });
	await log.close();
	const ended = new Promise<void>((resolve) => {
		child.once('exit', () => resolve());
		child.once('error', () => resolve());
	});
	const isRunning = () =>
		child.pid !== undefined && child.exitCode === null && child.signalCode === null;
	return {
		isRunning,
		stop: async () => {
			if (isRunning()) signalGroup(child, 'SIGTERM');
			await ended;
		},
	};
}

/** The last lines of a server's log, for an error message. */
export async function lastLines(logFile: string): Promise<string> {
	const text = await readFile(logFile, 'utf8').catch(() => '');
	return text.trimEnd().split('\n').slice(-20).join('\n');
}
