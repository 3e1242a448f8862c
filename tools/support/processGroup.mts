import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';

/**
 * Every process that these tools start leads its own process group: stopping it stops what it has
 * started, and Ctrl-C in the terminal reaches only this process, which then decides.
 */
const running = new Set<ChildProcess>();

export function startGroup(command: string, args: string[], options: SpawnOptions): ChildProcess {
	const child = spawn(command, args, {
		...options,
		detached: process.platform !== 'win32',
		windowsHide: true,
	});
	running.add(child);
	child.once('exit', () => {
		running.delete(child);
		killRemaining(child);
	});
	child.once('error', () => running.delete(child));
	return child;
}

/** Kills what a process has started and left behind. */
function killRemaining(child: ChildProcess): void {
	if (process.platform !== 'win32') signalGroup(child, 'SIGKILL');
}

/** Sends a signal to a process and all that it has started. It is no error when the group has ended. */
export function signalGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
	if (child.pid === undefined) return;
	if (process.platform === 'win32') {
		spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
		return;
	}
	try {
		process.kill(-child.pid, signal);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

/** Kills all groups that are still running. */
export function killAllGroups(): void {
	for (const child of running) signalGroup(child, 'SIGKILL');
}
