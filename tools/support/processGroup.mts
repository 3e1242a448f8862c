import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';

/**
 * Every process that these tools start is the head of a group of its own, so that stopping it stops
 * what it started, and a Ctrl-C in the terminal reaches this process alone, which then decides.
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
		endRest(child);
	});
	child.once('error', () => running.delete(child));
	return child;
}

/** What a process started must not outlive it, even when it broke off. */
function endRest(child: ChildProcess): void {
	if (process.platform !== 'win32') signalGroup(child, 'SIGKILL');
}

/** Sends a signal to a process and all that it started. A group that is gone is no error. */
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

/** Ends whatever is still running, at once. */
export function killAllGroups(): void {
	for (const child of running) signalGroup(child, 'SIGKILL');
}
