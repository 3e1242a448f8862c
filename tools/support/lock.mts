import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import lockfile from 'proper-lockfile';

/** The lock of a process that died is free again after this long. */
const STALE_AFTER_MS = 10_000;

const POLL_MS = 500;

/** Gives a lock back. */
export type Release = () => Promise<void>;

/**
 * Takes a lock that only one process can hold; `path` becomes a folder while it is held. Resolves to
 * undefined when another process still holds it after `patienceMs`.
 */
export async function takeLock(path: string, patienceMs: number): Promise<Release | undefined> {
	await mkdir(dirname(path), { recursive: true });
	const deadline = Date.now() + patienceMs;
	for (;;) {
		const release = await tryLock(path);
		if (release !== undefined || Date.now() >= deadline) return release;
		await pause(POLL_MS);
	}
}

/** Does `work` while holding the lock, after waiting for it if need be; `onWait` hears of that once. */
export async function withLock<Result>(
	path: string,
	onWait: () => void,
	work: () => Promise<Result>,
): Promise<Result> {
	let release = await takeLock(path, 0);
	if (release === undefined) onWait();
	while (release === undefined) release = await takeLock(path, STALE_AFTER_MS);
	try {
		return await work();
	} finally {
		await release();
	}
}

async function tryLock(path: string): Promise<Release | undefined> {
	try {
		return await lockfile.lock(path, {
			lockfilePath: path,
			realpath: false,
			stale: STALE_AFTER_MS,
		});
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ELOCKED') return undefined;
		throw error;
	}
}
