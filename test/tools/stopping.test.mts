import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const LIMIT_MS = 20_000;

let started: number[] = [];

afterEach(() => {
	for (const processId of started.filter(isAlive)) process.kill(processId, 'SIGKILL');
});

describe('a tool that has started processes', () => {
	it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const)(
		'leaves none of them behind after %s',
		async (signal) => {
			const tool = spawn(process.execPath, ['--import', 'tsx', 'test/tools/startsProcesses.mts'], {
				stdio: ['ignore', 'pipe', 'inherit'],
			});
			started = await processIds(tool);
			expect(started.map(isAlive)).toEqual([true, true]);

			const ended = once(tool, 'exit');
			tool.kill(signal);
			await ended;

			await until(() => !started.some(isAlive));
		},
		LIMIT_MS,
	);
});

/** The tool's first line holds the IDs of the process it started and of that one's child. */
async function processIds(tool: ChildProcess): Promise<number[]> {
	const [line] = (await once(tool.stdout!, 'data')) as [Buffer];
	return line.toString().trim().split(' ').map(Number);
}

function isAlive(processId: number): boolean {
	try {
		process.kill(processId, 0);
		return true;
	} catch {
		return false;
	}
}

/** Rejects by way of the test's own time limit. */
async function until(condition: () => boolean): Promise<void> {
	while (!condition()) await new Promise((resolve) => setTimeout(resolve, 50));
}
