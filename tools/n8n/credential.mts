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

/**
 * Changes fields of a credential as the editor does when a person saves it: the hidden ones come
 * from n8n masked and go back as they came, and n8n keeps what it has stored of those.
 */
export async function saveCredential(
	api: N8nApi,
	{ id }: StoredCredential,
	fields: Record<string, string>,
): Promise<void> {
	const { name, type, data } = await openCredential(api, id);
	await api.patch(`/credentials/${id}`, { name, type, data: { ...data, ...fields } });
}

/** A credential as the editor shows it, its hidden fields masked. */
export function openCredential(api: N8nApi, id: string): Promise<ImburseCredential> {
	return api.get(`/credentials/${id}?includeData=true`);
}
