import { randomUUID } from 'node:crypto';
import {
	NodeOperationError,
	type IDataObject,
	type ILoadOptionsFunctions,
	type IN8nHttpFullResponse,
} from 'n8n-workflow';

import { isStaleToken } from '../api/authorise';
import { asCredential, type ImburseCredential } from '../api/credential';
import { checkCredential } from '../api/credentialCheck';
import type { EndpointName } from '../api/endpoints';
import { judge } from '../api/judgement';
import { answerIn, fromN8nResponse, toN8nOptions } from '../api/n8nHttp';
import { toWire } from '../api/request';
import { tokenErrorIn } from '../api/tokenErrorIn';
import { faultOf } from '../api/transportFault';
import type { WireAnswer, WireRequest } from '../api/wire';
import {
	answerFailure,
	answerReason,
	faultFailure,
	faultReason,
	tokenFailure,
	type Asked,
} from '../api/words';
import type { Violation } from '../rules/violation';

const CREDENTIAL_TYPE = 'imburseApi';

/** What Imburse answered, or why there is no list, in words. */
export type ListAnswer =
	| { ok: true; list: IDataObject[] }
	| { ok: false; error: NodeOperationError; isForbidden: boolean };

/**
 * Reads a list for a field of the form.
 *
 * @param subject names it in messages, such as `list of apps`
 */
export async function readList(
	context: ILoadOptionsFunctions,
	endpoint: EndpointName,
	subject: string,
): Promise<ListAnswer> {
	const credential = asCredential(await context.getCredentials(CREDENTIAL_TYPE));
	const baseUrl = checkCredential(credential);
	if (!baseUrl.ok) return badCredential(context, baseUrl.violations);
	const asked = askedFor(endpoint, subject, baseUrl.value, credential);
	const request = toWire(
		{ endpoint },
		{ ...asked, ...credential, baseUrl: baseUrl.value, tenantId: '' },
	);
	let answer: WireAnswer;
	try {
		answer = await askWithNewToken(context, request);
	} catch (error) {
		return notAnswered(context, asked, error);
	}
	const judgement = judge(endpoint, answer);
	if (judgement.ok) return { ok: true, list: entriesIn(judgement.value) };
	const { description } = answerFailure(asked, answer, judgement);
	const reason = answerReason(answer.status, judgement);
	return failed(context, asked, reason, description, answer.status === FORBIDDEN);
}

const FORBIDDEN = 403;

/** The first list in an answer, or the answer itself (API reference 4.4 and 4.5). */
function entriesIn(value: unknown): IDataObject[] {
	const list = [value, ...Object.values((value ?? {}) as object)].find(Array.isArray) ?? [];
	return (list as unknown[]).filter((entry): entry is IDataObject => {
		return typeof entry === 'object' && entry !== null;
	});
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

/** A read may be sent again: a refused token is remembered, so the second call has a new one. */
async function askWithNewToken(
	context: ILoadOptionsFunctions,
	request: WireRequest,
): Promise<WireAnswer> {
	const again = async (error: unknown) => {
		if (!isStaleToken(error)) throw error;
		return await ask(context, request);
	};
	return await ask(context, request).catch(again);
}

/** A read may be sent again after a 401, so n8n's own renewal of the token is left switched on. */
async function ask(context: ILoadOptionsFunctions, request: WireRequest): Promise<WireAnswer> {
	const options = { ...toN8nOptions(request), ignoreHttpStatusErrors: false };
	const response = (await context.helpers.httpRequestWithAuthentication
		.call(context, CREDENTIAL_TYPE, options)
		.catch(answeredOrThrow)) as IN8nHttpFullResponse | WireAnswer;
	return 'statusCode' in response ? fromN8nResponse(response) : response;
}

function answeredOrThrow(error: unknown): WireAnswer {
	const answer = answerIn(error);
	if (!answer) throw error;
	return answer;
}

function notAnswered(context: ILoadOptionsFunctions, asked: Asked, error: unknown): ListAnswer {
	const tokenError = tokenErrorIn(error);
	if (tokenError) {
		const { description } = tokenFailure(asked, tokenError);
		return failed(context, asked, 'no access token could be had', description, false);
	}
	const fault = faultOf(error);
	const { description } = faultFailure(asked, fault);
	return failed(context, asked, faultReason(asked, fault), description, false);
}

function badCredential(context: ILoadOptionsFunctions, violations: Violation[]): ListAnswer {
	const reasons = violations.map(({ field, reason }) => `${field}: ${reason}`).join('; ');
	const message = 'The Imburse credential cannot be used';
	return { ok: false, error: listError(context, message, reasons), isForbidden: false };
}

function failed(
	context: ILoadOptionsFunctions,
	{ subject }: Asked,
	reason: string,
	description: string,
	isForbidden: boolean,
): ListAnswer {
	const message = `The ${subject} could not be loaded: ${reason}`;
	return { ok: false, error: listError(context, message, description), isForbidden };
}

function listError(
	context: ILoadOptionsFunctions,
	message: string,
	description: string,
): NodeOperationError {
	const error = new NodeOperationError(context.getNode(), message, { description });
	// Set afterwards: n8n puts words of its own in the place of a message with a network code in it.
	error.message = `${message}. ${description}`;
	return error;
}
