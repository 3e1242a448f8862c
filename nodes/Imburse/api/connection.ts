import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IWebhookFunctions,
} from 'n8n-workflow';

import { accepted, type Checked } from '../rules/violation';
import { asCredential, type ImburseCredential } from './credential';
import { checkCredential } from './credentialCheck';
import { fromN8nResponse, toN8nOptions } from './n8nHttp';
import { TokenKeeper } from './tokenKeeper';
import type { SendWire, WireAnswer, WireRequest } from './wire';

const CREDENTIAL_TYPE = 'imburseApi';

/** Where n8n calls a node from, as far as that place can speak to Imburse. */
export type N8nContext =
	IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IWebhookFunctions;

/** A way to Imburse: the credential, read once, and the authorised send. */
export interface Connection {
	credential: ImburseCredential;
	baseUrl: string;
	send: SendWire;
}

/**
 * Opens a connection. n8n decrypts a credential anew for every call that it is not handed to, which
 * costs more than the call itself; so it is read once and handed along. n8n writes a new token into
 * that same object.
 *
 * @returns every field of the credential that has to be mended, where it cannot be used
 */
export async function openConnection(context: N8nContext): Promise<Checked<Connection>> {
	const data = await context.getCredentials(CREDENTIAL_TYPE);
	const credential = asCredential(data);
	const baseUrl = checkCredential(credential);
	if (!baseUrl.ok) return baseUrl;
	const keeper = new TokenKeeper({
		id: context.getNode().credentials?.[CREDENTIAL_TYPE]?.id ?? '',
		data,
		baseUrl: baseUrl.value,
		readAgain: async () => await context.getCredentials(CREDENTIAL_TYPE),
		sendOnce: async (request) => await callN8n(context, data, request),
	});
	return accepted({
		credential,
		baseUrl: baseUrl.value,
		send: async (request) => await keeper.send(request),
	});
}

async function callN8n(
	context: N8nContext,
	data: ICredentialDataDecryptedObject,
	request: WireRequest,
): Promise<WireAnswer> {
	const reference = context.getNode().credentials?.[CREDENTIAL_TYPE];
	const response = (await context.helpers.httpRequestWithAuthentication.call(
		context as IExecuteFunctions,
		CREDENTIAL_TYPE,
		toN8nOptions(request),
		{
			credentialsDecrypted: {
				id: reference?.id ?? '',
				name: reference?.name ?? '',
				type: CREDENTIAL_TYPE,
				data,
			},
		},
	)) as IN8nHttpFullResponse;
	return fromN8nResponse(response);
}
