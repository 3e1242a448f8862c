import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
	Icon,
} from 'n8n-workflow';

import {
	authenticateRequest,
	ExpiredTokenError,
} from '../nodes/Imburse/api/auth/authenticateRequest';
import { parseCredential } from '../nodes/Imburse/api/credential';
import { BASE_URLS } from '../nodes/Imburse/api/environment';
import { sendThroughHelper } from '../nodes/Imburse/api/exchange';
import { TokenError } from '../nodes/Imburse/api/errors/tokenError';
import { tokenRegistry } from '../nodes/Imburse/api/auth/tokenRegistry';
import { statusMeaning } from '../nodes/Imburse/api/errors/statusTable';
import { withPlainText } from '../nodes/Imburse/n8n/nodeError';
import { isTokenRefused, renewSavedToken } from '../nodes/Imburse/api/auth/tokenRenewal';

/** Only the name makes it look like a secret: a path that is hidden cannot be checked by eye. */
const TOKEN_PATH: INodeProperties = {
	displayName: 'Token Path',
	name: 'tokenPath',
	type: 'string',
	default: '/v1/identity/hmac',
	description:
		'The path for fetching access tokens. Newer environments may use /v2/identity/hmac. Leave it as it is unless Imburse tells you otherwise.',
};

/** What a user types, and how a request to Imburse is authorised with it. */
export class ImburseApi implements ICredentialType {
	name = 'imburseApi';

	displayName = 'Imburse API';

	icon: Icon = { light: 'file:../icons/imburse.svg', dark: 'file:../icons/imburse.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-imburse/n8n-nodes-imburse/blob/main/docs/credentials.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			noDataExpression: true,
			options: [
				{
					name: 'Sandbox',
					value: 'sandbox',
					description: 'For trying things out: no money moves',
				},
				{
					name: 'Production',
					value: 'production',
					description: 'Moves real money',
				},
				{
					name: 'Custom',
					value: 'custom',
					description: 'A dedicated environment with an address of its own',
				},
			],
			default: 'sandbox',
			description:
				'Where requests go. Keys, accounts, tenants and schemes of one environment do not work in another.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			noDataExpression: true,
			required: true,
			default: '',
			placeholder: 'e.g. https://api.example.com',
			description:
				'The address of your dedicated environment, as your Imburse account manager gave it to you',
			displayOptions: { show: { environment: ['custom'] } },
		},
		{
			displayName: 'Public Key',
			name: 'publicKey',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 11111111-2222-4333-8444-555555555555',
			description: 'The public half of the API key pair',
		},
		{
			displayName: 'Private Key',
			name: 'privateKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'The private half of the same key pair: Base64 text, usually 44 characters. Imburse shows it once, when the key is made.',
		},
		{
			displayName: 'Account ID',
			name: 'accountId',
			type: 'string',
			noDataExpression: true,
			required: true,
			default: '',
			placeholder: 'e.g. 33333333-4444-4555-8666-777777777777',
			description: 'Sent with every request',
		},
		{
			displayName: 'Tenant ID',
			name: 'tenantId',
			type: 'string',
			noDataExpression: true,
			default: '',
			placeholder: 'e.g. 55555555-6666-4777-8888-999999999999',
			description:
				'The tenant that the key belongs to. Needed for Payment Orders; leave it empty only for a key of the account itself.',
		},
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'options',
			options: [
				{ name: 'V1', value: 'v1' },
				{ name: 'V2', value: 'v2' },
			],
			default: 'v1',
			description:
				'Which generation of the Imburse API to use where both document an operation. Ask Imburse if you are not sure.',
		},
		{
			displayName: 'Body Format',
			name: 'bodyFormat',
			type: 'options',
			options: [
				{
					name: 'JSON',
					value: 'json',
					description: 'What every published example uses',
				},
				{
					name: 'Form-Encoded',
					value: 'form',
					description: 'Named in the introduction of Imburse. Cannot carry instructions.',
				},
			],
			default: 'json',
			description:
				'How request bodies are written. Leave it at JSON unless Imburse tells you otherwise.',
		},
		TOKEN_PATH,
		{
			displayName: 'Authorization Scheme',
			name: 'authorizationScheme',
			type: 'string',
			default: 'Hmac',
			description: 'The word before the signature when an access token is fetched',
		},
		secretField(
			'Webhook Verification Key',
			'webhookVerificationKey',
			'The key that the Tenant Portal shows when a webhook is set up. Only the Imburse Trigger needs it.',
		),
		secretField(
			'Previous Webhook Verification Key',
			'webhookPreviousVerificationKey',
			'The old verification key, which is accepted as well while you change to a new one',
		),
		secretField(
			'Webhook Shared Secret',
			'webhookSharedSecret',
			'A secret that you make up and that Imburse sends in the URL or in a header. Only the Imburse Trigger needs it. n8n does not show it again: keep a copy until you have entered it in the Tenant Portal.',
		),
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	/**
	 * Sets headers, and only on requests to the credential's own base URL. A token that has ended
	 * is dropped, so that `preAuthentication` knows that no request has gone out with it.
	 */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		try {
			if (tokenRegistry.isRejected(String(credentials.accessToken))) throw new ExpiredTokenError();
			const authenticated = authenticateRequest(requestOptions, parseCredential(credentials));
			tokenRegistry.markUsed(credentials);
			return authenticated;
		} catch (error) {
			if (error instanceof ExpiredTokenError) {
				credentials.accessToken = '';
				tokenRegistry.markUnused(credentials);
			}
			throw withPlainText(error);
		}
	};

	/**
	 * Fetches an access token, which n8n then stores encrypted with the credential. It hands back
	 * nothing once a request has gone out with the stored one: n8n's HTTP Request node takes a
	 * token for a reason to send a failed request again, and that request may be a payment. A token
	 * that Imburse refuses is remembered, so that the next request begins with a new one.
	 */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		try {
			const credential = parseCredential(credentials);
			if (tokenRegistry.wasUsed(credentials) && credential.accessToken !== '') {
				if (await isTokenRefused(credential, sendThroughHelper(this))) {
					tokenRegistry.reject(credential.accessToken);
				}
				return {};
			}
			const reload = async () => {
				await tokenRegistry.reload(credentials);
				return parseCredential(credentials);
			};
			const accessToken = await renewSavedToken(credential, reload, sendThroughHelper(this));
			return accessToken === undefined ? {} : { accessToken };
		} catch (error) {
			// The failure of the request says more than that there is now no connection at all.
			if (tokenRegistry.wasUsed(credentials) && isUnreachable(error)) return {};
			if (error instanceof TokenError) tokenRegistry.recordError(credentials, error);
			throw withPlainText(error);
		}
	}

	/** The token call itself: it proves the keys and needs no role. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ $credentials.environment === 'custom' ? $credentials.baseUrl.trim().replace(/\\/+$/, '') : $credentials.environment === 'production' ? '${BASE_URLS.production}' : '${BASE_URLS.sandbox}' }}`,
			url: '={{ $credentials.tokenPath.trim() }}',
			method: 'POST',
			disableFollowRedirect: true,
		},
		// n8n runs rules of both kinds side by side; its type has room for one kind at a time.
		rules: [
			refusedBy(400, 'Imburse refused the keys (status 400). Check the Environment and both keys.'),
			refusedBy(
				401,
				'Imburse refused the keys (status 401): it does not know them, or they belong to the other environment. Check the Environment and both keys, and whether the clock of the machine that runs n8n is right to within five minutes.',
			),
			refusedBy(403, 'Imburse refused the keys (status 403). Check the Environment and both keys.'),
			...[301, 302, 303, 307, 308].map((status) =>
				refusedBy(
					status,
					`The host redirects (status ${status}), which Imburse does not do: a login page or a proxy may stand in between. Check the Environment, the Base URL and the Token Path.`,
				),
			),
			refusedBy(
				404,
				'There is no token call under this Token Path (status 404). Check the Base URL and the Token Path.',
			),
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'accessToken',
					value: undefined,
					message:
						'The host answered, but not as Imburse does: the answer holds no access token. Check the Environment, the Base URL and the Token Path.',
				},
			},
		] as ICredentialTestRequest['rules'],
	};
}

function isUnreachable(error: unknown): boolean {
	return error instanceof TokenError && error.problem === 'unreachable';
}

function refusedBy(status: number, message: string) {
	const meant = `${message} Imburse answered ${status}, ${statusMeaning(status)}.`;
	return { type: 'responseCode' as const, properties: { value: status, message: meant } };
}

function secretField(displayName: string, name: string, description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description,
	};
}
