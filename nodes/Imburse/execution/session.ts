import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

import { asCredential, type ApiVersion, type ImburseCredential } from '../api/credential';
import { checkCredential } from '../api/credentialCheck';
import { fromN8nResponse, toN8nOptions } from '../api/n8nHttp';
import type { SendWire, WireAnswer, WireRequest } from '../api/wire';
import { credentialError } from './output/nodeErrors';
import { TokenKeeper } from './tokenKeeper';

const CREDENTIAL_TYPE = 'imburseApi';

/** One run's way to Imburse: the credential, read once, and the authorised send. */
export interface Session {
	credential: ImburseCredential;
	baseUrl: string;
	apiVersion: ApiVersion;
	environment: string;
	send: SendWire;
	/** Aborted when the user stops the run. */
	stopped: AbortSignal | undefined;
}

/**
 * Opens a session for a run. n8n decrypts a credential anew for every call that it is not handed
 * to, which costs more than the call itself; so it is read once and handed along. n8n writes a
 * new token into that same object.
 */
export async function openSession(context: IExecuteFunctions): Promise<Session> {
	const data = await context.getCredentials(CREDENTIAL_TYPE);
	const credential = asCredential(data);
	const baseUrl = checkCredential(credential);
	if (!baseUrl.ok) throw credentialError(context.getNode(), baseUrl.violations);
	const keeper = new TokenKeeper({
		id: context.getNode().credentials?.[CREDENTIAL_TYPE]?.id ?? '',
		data,
		baseUrl: baseUrl.value,
		readAgain: async () => await context.getCredentials(CREDENTIAL_TYPE),
		sendOnce: async (request) => await callN8n(context, data, request),
	});
	return {
		credential,
		baseUrl: baseUrl.value,
		apiVersion: credential.apiVersion,
		environment: credential.environment,
		stopped: context.getExecutionCancelSignal(),
		send: async (request) => await keeper.send(request),
	};
}

async function callN8n(
	context: IExecuteFunctions,
	data: ICredentialDataDecryptedObject,
	request: WireRequest,
): Promise<WireAnswer> {
	const reference = context.getNode().credentials?.[CREDENTIAL_TYPE];
	const response = (await context.helpers.httpRequestWithAuthentication.call(
		context,
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
