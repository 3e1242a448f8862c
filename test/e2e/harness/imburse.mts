import { randomBytes, randomUUID } from 'node:crypto';
import { startSandbox, type RunningSandbox, type SandboxOptions } from '../../../sandbox/index.mts';
import {
	sandboxCredential,
	storeCredential,
	type StoredCredential,
} from '../../../tools/n8n/credential.mts';
import type { N8nApi } from '../../../tools/n8n/rest.mts';
import { noteSecrets } from './secrets.mts';

/** A sandbox with keys of its own, and n8n's credential for it. */
export interface TestImburse {
	sandbox: RunningSandbox;
	credential: StoredCredential;
	/** Stops the sandbox, after noting the tokens and signatures that it received as secrets. */
	stop(): Promise<void>;
}

/**
 * @param fields of the credential, over those that fit the sandbox
 */
export async function startImburse(
	api: N8nApi,
	options: Partial<SandboxOptions> = {},
	fields: Record<string, string> = {},
): Promise<TestImburse> {
	const sandbox = await startSandbox({ ...newKeys(), ...options });
	const fitting = sandboxCredential(sandbox.url, sandbox.options);
	const data = { ...fitting.data, ...fields };
	const credential = await storeCredential(api, { ...fitting, data });
	await noteSecrets([{ what: 'private key', value: sandbox.options.privateKey }]);
	return {
		sandbox,
		credential,
		stop: async () => {
			await noteSecrets(sentSecrets(sandbox));
			await sandbox.stop();
		},
	};
}

/** Nobody else has them, so that whatever is found of them later came from here. */
export function newKeys(): Pick<SandboxOptions, 'publicKey' | 'privateKey'> {
	return { publicKey: randomUUID(), privateKey: randomBytes(32).toString('base64') };
}

/** The tokens that came with calls, and the signatures with which tokens were asked for. */
function sentSecrets({ requests }: RunningSandbox) {
	const values = requests.map(({ headers }) => headers.authorization?.split(/[ :]/).at(-1) ?? '');
	return [...new Set(values)]
		.filter((value) => value !== '')
		.map((value) => ({ what: 'token or signature', value }));
}
