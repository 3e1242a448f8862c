import type { SharedN8n } from '../../../tools/e2e/controlServer.mts';
import { createApi, type N8nApi } from '../../../tools/n8n/rest.mts';
import { callControlServer } from './environment.mts';

/** The n8n that all test files of one release share, signed in as its owner. */
export interface TestN8n extends SharedN8n {
	api: N8nApi;
	stop(): Promise<void>;
	/** Stops it and starts it again at the same address, with all its data. */
	restart(): Promise<void>;
	/** The same after a `kill -9`. */
	crash(): Promise<void>;
}

/** Starts it unless it runs. */
export async function sharedN8n(): Promise<TestN8n> {
	const start = () => callControlServer<SharedN8n>('POST', '/start');
	const stop = () => callControlServer<void>('POST', '/stop');
	const shared = await start();
	return {
		...shared,
		api: createApi(shared.url, shared.cookie),
		stop,
		restart: async () => {
			await stop();
			await start();
		},
		crash: async () => {
			await callControlServer<void>('POST', '/kill');
			await start();
		},
	};
}
