import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IWebhookFunctions,
} from 'n8n-workflow';

import { valid, type ValidationResult } from '../validation/result';
import { parseCredential, type ImburseCredential } from './credential';
import { validateCredential } from './validateCredential';
import { exchange } from './exchange';
import { OpenExchanges } from './openExchanges';
import { TokenManager } from './auth/tokenManager';
import type { SendHttp, HttpResponse, HttpRequest } from './http';

const CREDENTIAL_TYPE = 'imburseApi';

/** Where n8n calls a node from, as far as that place can speak to Imburse. */
export type N8nContext =
	IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IWebhookFunctions;

/** A way to Imburse: the credential, read once, and the authenticated send. */
export interface Connection {
	credential: ImburseCredential;
	baseUrl: string;
	send: SendHttp;
}

/**
 * Opens a connection. n8n decrypts a credential anew for every call that it is not handed to, which
 * costs more than the call itself; so it is read once and handed along. n8n writes a new token into
 * that same object, so nobody else may hold it.
 *
 * @param read reads the credential at the beginning
 * @returns every field of the credential that must be corrected, where it cannot be used
 */
export async function openConnection(
	context: N8nContext,
	read = readCredential,
): Promise<ValidationResult<Connection>> {
	const data = await read(context);
	const credential = parseCredential(data);
	const baseUrl = validateCredential(credential);
	if (!baseUrl.ok) return baseUrl;
	// n8n copies the whole node each time that it is asked for it.
	const { id, name } = context.getNode().credentials?.[CREDENTIAL_TYPE] ?? { id: '', name: '' };
	const decrypted = { id: id ?? '', name, type: CREDENTIAL_TYPE, data };
	const open = new OpenExchanges(stopSignalOf(context));
	const tokenManager = new TokenManager({
		id: decrypted.id,
		data,
		baseUrl: baseUrl.value,
		reload: async () => await readCredential(context),
		send: async (request) => await callN8n(context, decrypted, request, open),
	});
	return valid({
		credential,
		baseUrl: baseUrl.value,
		send: async (request) => await tokenManager.send(request),
	});
}

/** Reads what is stored at this moment. */
export async function readCredential(context: N8nContext): Promise<ICredentialDataDecryptedObject> {
	return await context.getCredentials(CREDENTIAL_TYPE);
}

async function callN8n(
	context: N8nContext,
	credentialsDecrypted: ICredentialsDecrypted,
	request: HttpRequest,
	open: OpenExchanges,
): Promise<HttpResponse> {
	return await exchange(
		request,
		open,
		async (options) =>
			(await context.helpers.httpRequestWithAuthentication.call(
				context as IExecuteFunctions,
				CREDENTIAL_TYPE,
				options,
				{ credentialsDecrypted },
			)) as IN8nHttpFullResponse,
	);
}

/** Only a run can be stopped. */
function stopSignalOf(context: N8nContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}
