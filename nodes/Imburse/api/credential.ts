import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** The fields of the `imburseApi` credential, as n8n hands them over after decrypting them. */
export interface ImburseCredential {
	environment: 'sandbox' | 'production' | 'custom';
	/** Only read when `environment` is `custom`. */
	baseUrl: string;
	publicKey: string;
	privateKey: string;
	accountId: string;
	tenantId: string;
	apiVersion: ApiVersion;
	bodyFormat: BodyFormat;
	tokenPath: string;
	authorizationScheme: string;
	/** The stored token in the form of `storedToken.ts`, empty before the first call. */
	accessToken: string;
}

export type ApiVersion = 'v1' | 'v2';
export type BodyFormat = 'json' | 'form';

/** n8n fills in every field's default, so the shape is what the credential type declares. */
export function asCredential(data: ICredentialDataDecryptedObject): ImburseCredential {
	return data as unknown as ImburseCredential;
}
