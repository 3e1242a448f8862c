import type { SandboxOptions } from '../../sandbox/index.mts';
import type { N8nApi } from './rest.mts';

/** A credential of the type imburseApi, as n8n's REST API takes it. */
export interface ImburseCredential {
	name: string;
	type: 'imburseApi';
	data: Record<string, string>;
}

export interface CredentialTest {
	status: 'OK' | 'Error';
	message: string;
}

/** The credential for a sandbox on this machine. */
export function sandboxCredential(
	url: string,
	keys: Pick<SandboxOptions, 'publicKey' | 'privateKey' | 'accountId' | 'tenantId'>,
	webhookSharedSecret = '',
): ImburseCredential {
	return {
		name: 'Imburse sandbox on this machine',
		type: 'imburseApi',
		data: {
			environment: 'custom',
			baseUrl: url,
			publicKey: keys.publicKey,
			privateKey: keys.privateKey,
			accountId: keys.accountId,
			tenantId: keys.tenantId,
			apiVersion: 'v1',
			webhookSharedSecret,
		},
	};
}

/** A credential that n8n has stored. */
export interface StoredCredential extends ImburseCredential {
	id: string;
}

export async function storeCredential(
	api: N8nApi,
	credential: ImburseCredential,
): Promise<StoredCredential> {
	const { id } = await api.post<{ id: string }>('/credentials', credential);
	return { ...credential, id };
}

/** What the editor does after a credential was saved. */
export function testCredential(api: N8nApi, stored: StoredCredential): Promise<CredentialTest> {
	return api.post('/credentials/test', { credentials: stored });
}
