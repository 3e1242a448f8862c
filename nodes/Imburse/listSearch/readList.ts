import { randomUUID } from 'node:crypto';
import {
	NodeOperationError,
	type IDataObject,
	type ILoadOptionsFunctions,
	type IN8nHttpFullResponse,
} from 'n8n-workflow';

import { asCredential, type ImburseCredential } from '../api/credential';
import { checkCredential } from '../api/credentialCheck';
import type { EndpointName } from '../api/endpoints';
import type { ImburseFailure } from '../api/failure';
import { judge } from '../api/judgement';
import { answerIn, fromN8nResponse, toN8nOptions } from '../api/n8nHttp';
import { toWire } from '../api/request';
import { tokenErrorIn } from '../api/tokenErrorIn';
import { faultOf } from '../api/transportFault';
import type { WireAnswer, WireRequest } from '../api/wire';
import { answerFailure, faultFailure, tokenFailure, type Asked } from '../api/words';

const CREDENTIAL_TYPE = 'imburseApi';

/**
 * Reads a list for a field of the form.
 *
 * @param subject names it in messages, such as `list of apps`
 * @throws with the reason in words, which the field shows
 */
export async function readList(
	context: ILoadOptionsFunctions,
	endpoint: EndpointName,
	subject: string,
): Promise<IDataObject[]> {
	const credential = asCredential(await context.getCredentials(CREDENTIAL_TYPE));
	const baseUrl = checkCredential(credential);
	if (!baseUrl.ok) {
		const reasons = baseUrl.violations.map(({ field, reason }) => `${field}: ${reason}`);
		throw listError(context, 'The Imburse credential cannot be used', reasons.join('; '));
	}
	const asked = askedFor(endpoint, subject, baseUrl.value, credential);
	const request = toWire(
		{ endpoint },
		{ ...asked, ...credential, baseUrl: baseUrl.value, tenantId: '' },
	);
	const answer = await ask(context, request, asked);
	const judgement = judge(endpoint, answer);
	if (!judgement.ok) throw failureError(context, answerFailure(asked, answer, judgement));
	const lists = Object.values((judgement.value ?? {}) as object);
	const list: unknown = Array.isArray(judgement.value)
		? judgement.value
		: lists.find(Array.isArray);
	return (list ?? []) as IDataObject[];
}

function askedFor(
	endpoint: EndpointName,
	subject: string,
	baseUrl: string,
	{ environment }: ImburseCredential,
): Asked {
	const correlationId = randomUUID();
	const host = new URL(baseUrl).host;
	return { subject, item: 1, endpoint, host, environment, correlationId, attempts: 1 };
}

/** A read may be sent again after a 401, so n8n's own renewal of the token is left switched on. */
async function ask(
	context: ILoadOptionsFunctions,
	request: WireRequest,
	asked: Asked,
): Promise<WireAnswer> {
	try {
		const options = { ...toN8nOptions(request), ignoreHttpStatusErrors: false };
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			context,
			CREDENTIAL_TYPE,
			options,
		)) as IN8nHttpFullResponse;
		return fromN8nResponse(response);
	} catch (error) {
		const answer = answerIn(error);
		if (answer) return answer;
		const tokenError = tokenErrorIn(error);
		const failure = tokenError
			? tokenFailure(asked, tokenError)
			: faultFailure(asked, faultOf(error));
		throw failureError(context, failure);
	}
}

function failureError(context: ILoadOptionsFunctions, failure: ImburseFailure): NodeOperationError {
	return listError(context, failure.message, failure.description);
}

function listError(
	context: ILoadOptionsFunctions,
	message: string,
	description: string,
): NodeOperationError {
	return new NodeOperationError(context.getNode(), `${message}. ${description}`, { description });
}
