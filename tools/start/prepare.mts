import { cacheFolder, thisMachine } from '../n8n/cache.mts';
import { ensureN8n, type InstalledN8n } from '../n8n/install.mts';
import { mainRelease } from '../n8n/releases.mts';
import { ensurePacked } from '../package.mts';

/** What has to be there before anything can be started. */
export interface Prepared {
	installed: InstalledN8n;
	/** The packed package. */
	tarball: string;
}

export async function prepare(): Promise<Prepared> {
	const cache = cacheFolder(thisMachine());
	console.log(`n8n is kept in ${cache} ("npm run n8n:remove" removes it).`);
	const tarball = await ensurePacked();
	const installed = await ensureN8n(mainRelease, cache);
	return { installed, tarball };
}
