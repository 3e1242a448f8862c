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

/** A sandbox with keys of its own, and n8n's credential for it. */
export interface TestImburse {
	sandbox: RunningSandbox;
	credential: StoredCredential;
	/** Stops the sandbox, after noting the secrets that went to and from it. */
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
	const noteWhatWasSent = collectSecrets(sandbox);
	await recordSecrets(
		HIDDEN_FIELDS.map((field) => ({ what: field, value: credential.data[field] ?? '' })),
	);
	return {
		sandbox,
		credential,
		stop: async () => {
			await noteWhatWasSent();
			await sandbox.stop();
		},
	};
}

/** Nobody else has them, so that whatever is found of them later came from here. */
export function newKeys(): Pick<SandboxOptions, 'publicKey' | 'privateKey'> {
	return { publicKey: randomUUID(), privateKey: randomBytes(32).toString('base64') };
}
