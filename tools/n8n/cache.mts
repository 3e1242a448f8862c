import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

const NAME = 'n8n-nodes-imburse';

/** What decides where a user's cache folder is. */
export interface Machine {
	platform: NodeJS.Platform;
	home: string;
	env: Record<string, string | undefined>;
}

export const thisMachine = (): Machine => ({
	platform: process.platform,
	home: homedir(),
	env: process.env,
});

/**
 * Where downloads are kept for all checkouts of one user, as each platform wants it:
 * `%LOCALAPPDATA%` on Windows, `~/Library/Caches` on macOS, `$XDG_CACHE_HOME` or `~/.cache`
 * elsewhere. A relative XDG_CACHE_HOME is ignored, as the XDG specification asks.
 */
export function cacheFolder({ platform, home, env }: Machine): string {
	if (platform === 'win32') {
		return win32.join(env.LOCALAPPDATA ?? win32.join(home, 'AppData', 'Local'), NAME, 'Cache');
	}
	const chosen = env.XDG_CACHE_HOME;
	if (chosen !== undefined && posix.isAbsolute(chosen)) return posix.join(chosen, NAME);
	if (platform === 'darwin') return posix.join(home, 'Library', 'Caches', NAME);
	return posix.join(home, '.cache', NAME);
}
