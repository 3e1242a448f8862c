import axios from 'axios';
import { cacheFolder, thisMachine } from '../../../tools/n8n/cache.mts';
import { ensureN8n, type InstalledN8n } from '../../../tools/n8n/install.mts';
import { releaseOf } from '../../../tools/n8n/releases.mts';
import { CONTROL_URL_VARIABLE, type TestEnvironment } from '../../../tools/e2e/controlServer.mts';

/** Calls the process that started the tests; see `tools/e2e/controlServer.mts`. */
export async function callControlServer<Result>(
	method: 'GET' | 'POST',
	path: string,
): Promise<Result> {
	const controlUrl = process.env[CONTROL_URL_VARIABLE];
	if (controlUrl === undefined) {
		throw new Error('These tests need an n8n: start them with "npm run test:e2e -- <file>".');
	}
	const response = await axios.request<Result & { message?: string }>({
		method,
		url: `${controlUrl}${path}`,
		proxy: false,
		validateStatus: () => true,
	});
	if (response.status >= 300) throw new Error(response.data.message);
	return response.data;
}

/** The version of n8n, the package's tarball, and the folders of the tests. */
export const testEnvironment = (): Promise<TestEnvironment> =>
	callControlServer('GET', '/environment');

/** The n8n of the tests, for those that start other processes of it. */
export async function installedN8n(): Promise<InstalledN8n> {
	const { version } = await testEnvironment();
	return ensureN8n(releaseOf(version), cacheFolder(thisMachine()));
}
