import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { mendIdentifierCase } from '../validation/accountIdentifier';

/** The fields of the `imburseApi` credential, decrypted, each text without spaces around it. */
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
	/** These three serve the trigger alone; each is empty where it is not used. */
	webhookVerificationKey: string;
	webhookPreviousVerificationKey: string;
	webhookSharedSecret: string;
	/** The stored token in the form of `storedToken.ts`, empty before the first call. */
	accessToken: string;
}

export type ApiVersion = 'v1' | 'v2';
export type BodyFormat = 'json' | 'form';

/**
 * The fields as trimmed text: spaces come along with copying, and an expression may come to
 * nothing at all. Account and tenant are in small letters, as Imburse writes them.
 */
export function parseCredential(data: ICredentialDataDecryptedObject): ImburseCredential {
	const text = (name: keyof ImburseCredential) => {
		const value = data[name];
		return typeof value === 'string' ? value.trim() : '';
	};
	return {
		environment: text('environment') as ImburseCredential['environment'],
		baseUrl: text('baseUrl'),
		publicKey: text('publicKey'),
		privateKey: text('privateKey'),
		accountId: mendIdentifierCase(text('accountId')),
		tenantId: mendIdentifierCase(text('tenantId')),
		apiVersion: text('apiVersion') as ApiVersion,
		bodyFormat: text('bodyFormat') as BodyFormat,
		tokenPath: text('tokenPath'),
		authorizationScheme: text('authorizationScheme'),
		webhookVerificationKey: text('webhookVerificationKey'),
		webhookPreviousVerificationKey: text('webhookPreviousVerificationKey'),
		webhookSharedSecret: text('webhookSharedSecret'),
		accessToken: text('accessToken'),
	};
}
