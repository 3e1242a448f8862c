import { randomUUID } from 'node:crypto';
import { NodeOperationError, type IDataObject, type ILoadOptionsFunctions } from 'n8n-workflow';

import { openConnection } from '../api/connection';
import type { ImburseCredential } from '../api/credential';
import type { EndpointName } from '../api/endpoints';
import { judge } from '../api/judgement';
import { toWire } from '../api/request';
import { tokenErrorIn } from '../api/tokenErrorIn';
import { faultOf } from '../api/transportFault';
import type { WireAnswer } from '../api/wire';
import {
	answerFailure,
	answerReason,
	faultFailure,
	faultReason,
	tokenFailure,
	type Asked,
} from '../api/words';
import type { Violation } from '../rules/violation';

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
	const connection = await openConnection(context);
	if (!connection.ok) return badCredential(context, connection.violations);
	const { baseUrl, credential, send } = connection.value;
	const asked = askedFor(endpoint, subject, baseUrl, credential);
	const request = toWire({ endpoint }, { ...asked, ...credential, baseUrl, tenantId: '' });
	let answer: WireAnswer;
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
	subject: string,
	baseUrl: string,
	{ environment }: ImburseCredential,
): Asked {
	const correlationId = randomUUID();
	const host = new URL(baseUrl).host;
	return { subject, item: 1, endpoint, host, environment, correlationId, attempts: 1 };
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
