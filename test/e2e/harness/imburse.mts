import { randomBytes, randomUUID } from 'node:crypto';
import { startSandbox, type RunningSandbox, type SandboxOptions } from '../../../sandbox/index.mts';
import {
	sandboxCredential,
	storeCredential,
	type StoredCredential,
} from '../../../tools/n8n/credential.mts';
import type { N8nApi } from '../../../tools/n8n/rest.mts';
import { recordSecrets, collectSecrets } from './secrets.mts';

/** The fields of the credential that nobody may read. */
const HIDDEN_FIELDS = [
	'privateKey',
	'webhookVerificationKey',
	'webhookPreviousVerificationKey',
	'webhookSharedSecret',
];

/** A sandbox with new keys, and n8n's credential for it. */
export interface TestImburse {
	sandbox: RunningSandbox;
	credential: StoredCredential;
	/** Records the secrets that went to and from the sandbox, and stops it. */
	stop(): Promise<void>;
}

/**
 * @param fields of the credential that replace those for the sandbox
 */
export async function startImburse(
	api: N8nApi,
	options: Partial<SandboxOptions> = {},
	fields: Record<string, string> = {},
): Promise<TestImburse> {
	const sandbox = await startSandbox({ ...newKeys(), ...options });
	const defaults = sandboxCredential(sandbox.url, sandbox.options);
	const data = { ...defaults.data, ...fields };
	const credential = await storeCredential(api, { ...defaults, data });
	const recordSentSecrets = collectSecrets(sandbox);
	await recordSecrets(
		HIDDEN_FIELDS.map((field) => ({ what: field, value: credential.data[field] ?? '' })),
	);
	return {
		sandbox,
		credential,
		stop: async () => {
			await recordSentSecrets();
			await sandbox.stop();
		},
	};
}

/** The keys are unique, so that a key that is found later came from here. */
export function newKeys(): Pick<SandboxOptions, 'publicKey' | 'privateKey'> {
	return { publicKey: randomUUID(), privateKey: randomBytes(32).toString('base64') };
}
