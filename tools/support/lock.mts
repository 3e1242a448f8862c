import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import lockfile from 'proper-lockfile';

/** After this time the lock of a dead process is free again. */
const STALE_AFTER_MS = 10_000;

const POLL_MS = 500;

/** Releases a lock. */
export type Release = () => Promise<void>;

/**
 * Acquires a lock that only one process can hold; `path` is a folder while it is held. Resolves to
 * undefined when another process still holds it after `timeoutMs`.
 */
export async function acquireLock(path: string, timeoutMs: number): Promise<Release | undefined> {
	await mkdir(dirname(path), { recursive: true });
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const release = await tryLock(path);
		if (release !== undefined || Date.now() >= deadline) return release;
		await delay(POLL_MS);
	}
}

/** Does `work` while it holds the lock. Calls `onWait` once when it has to wait for the lock. */
export async function withLock<Result>(
	path: string,
	onWait: () => void,
	work: () => Promise<Result>,
): Promise<Result> {
	let release = await acquireLock(path, 0);
	if (release === undefined) onWait();
	while (release === undefined) release = await acquireLock(path, STALE_AFTER_MS);
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
