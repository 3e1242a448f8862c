import axios from 'axios';
import { cacheFolder, thisMachine } from '../../../tools/n8n/cache.mts';
import { ensureN8n, type InstalledN8n } from '../../../tools/n8n/install.mts';
import { releases } from '../../../tools/n8n/version.mts';
import { KEEPER_VARIABLE, type Premises } from '../../../tools/e2e/keeper.mts';

/** Asks the process that started the tests; see `tools/e2e/keeper.mts`. */
export async function askKeeper<Answer>(method: 'GET' | 'POST', path: string): Promise<Answer> {
	const keeper = process.env[KEEPER_VARIABLE];
	if (keeper === undefined) {
		throw new Error('These tests need an n8n: start them with "npm run test:e2e -- <file>".');
	}
	const answer = await axios.request<Answer & { message?: string }>({
		method,
		url: `${keeper}${path}`,
		proxy: false,
		validateStatus: () => true,
	});
	if (answer.status >= 300) throw new Error(answer.data.message);
	return answer.data;
}

/** Which n8n the tests run on, the package's tarball, and where n8n's data belong. */
export const premises = (): Promise<Premises> => askKeeper('GET', '/premises');

/** The n8n that the tests run on, for those that start processes of their own. */
export async function installedN8n(): Promise<InstalledN8n> {
	const { version } = await premises();
	const release = releases.find((known) => known.version === version);
	if (release === undefined) throw new Error(`There is no n8n ${version}.`);
	return ensureN8n(release, cacheFolder(thisMachine()));
}
