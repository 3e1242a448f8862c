import { randomUUID } from 'node:crypto';
import { NodeOperationError, type IDataObject, type ILoadOptionsFunctions } from 'n8n-workflow';

import { openConnection } from '../api/connection';
import type { ImburseCredential } from '../api/credential';
import type { EndpointName } from '../api/endpoints';
import { judge } from '../api/classifyResponse';
import { buildHttpRequest } from '../api/request';
import { tokenErrorIn } from '../api/auth/tokenErrors';
import { parseNetworkError } from '../api/errors/networkError';
import type { HttpResponse } from '../api/http';
import {
	answerFailure,
	answerReason,
	faultFailure,
	faultReason,
	tokenFailure,
	type Asked,
} from '../api/errors/messages';
import type { ValidationError } from '../validation/result';

/** What Imburse answered, or why there is no list, in words. */
export type ListAnswer =
	| { ok: true; list: IDataObject[] }
	| { ok: false; error: NodeOperationError; isForbidden: boolean };

/**
 * Reads a list for a field of the form.
 *
 * @param label names it in messages, such as `list of apps`
 */
export async function readList(
	context: ILoadOptionsFunctions,
	endpoint: EndpointName,
	label: string,
): Promise<ListAnswer> {
	const connection = await openConnection(context);
	if (!connection.ok) return badCredential(context, connection.errors);
	const { baseUrl, credential, send } = connection.value;
	const asked = askedFor(endpoint, label, baseUrl, credential);
	const request = buildHttpRequest(
		{ endpoint },
		{ ...asked, ...credential, baseUrl, tenantId: '' },
	);
	let answer: HttpResponse;
	try {
		answer = await send(request);
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
	label: string,
	baseUrl: string,
	{ environment }: ImburseCredential,
): Asked {
	const correlationId = randomUUID();
	const host = new URL(baseUrl).host;
	return { label, item: 1, endpoint, host, environment, correlationId, attempts: 1 };
}

function notAnswered(context: ILoadOptionsFunctions, asked: Asked, error: unknown): ListAnswer {
	const tokenError = tokenErrorIn(error);
	if (tokenError) {
		const { description } = tokenFailure(asked, tokenError);
		return failed(context, asked, 'no access token could be had', description, false);
	}
	const fault = parseNetworkError(error);
	const { description } = faultFailure(asked, fault);
	return failed(context, asked, faultReason(asked, fault), description, false);
}

function badCredential(context: ILoadOptionsFunctions, errors: ValidationError[]): ListAnswer {
	const reasons = errors.map(({ field, reason }) => `${field}: ${reason}`).join('; ');
	const message = 'The Imburse credential cannot be used';
	return { ok: false, error: listError(context, message, reasons), isForbidden: false };
}

function failed(
	context: ILoadOptionsFunctions,
	{ label }: Asked,
	reason: string,
	description: string,
	isForbidden: boolean,
): ListAnswer {
	const message = `The ${label} could not be loaded: ${reason}`;
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
