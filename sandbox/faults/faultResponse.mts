import { STATUS_CODES } from 'node:http';
import type { Clock } from '../time.mts';
import { errorBody, problemBody, type ErrorContext } from '../apiError.mts';
import type { SerializedResponse } from '../serialize.mts';
import type { FaultOf } from './faultSchema.mts';

/** What the response bodies of a fault tell about the request. */
export interface FaultContext extends ErrorContext {
	/** The path of the request. */
	path: string;
}

/** The response that a fault puts in the place of Imburse's. */
export function faultResponse(
	fault: FaultOf<'answer'>,
	context: FaultContext,
	clock: Clock,
): SerializedResponse {
	const { status, retryAfter, headers } = fault;
	const { contentType, text } = responseBody(fault, context);
	return {
		status,
		headers: {
			date: new Date(clock()).toUTCString(),
			...(contentType && { 'content-type': contentType }),
			...(retryAfter && { 'retry-after': retryAfterValue(retryAfter, clock) }),
			...headers,
		},
		text,
	};
}

export function redirectResponse(
	{ status, to }: FaultOf<'redirect'>,
	clock: Clock,
): SerializedResponse {
	return { status, headers: { date: new Date(clock()).toUTCString(), location: to }, text: '' };
}

/** Statuses for which HTTP allows no body. */
const statusesWithoutBody = [204, 304];

interface Body {
	contentType: string;
	text: string;
}

function responseBody(fault: FaultOf<'answer'>, context: FaultContext): Body {
	const { status, errorCodes = ['SANDBOX_FAULT'] } = fault;
	const { body = statusesWithoutBody.includes(status) ? 'empty' : 'errors' } = fault;
	if (typeof body === 'object') {
		return { contentType: body.contentType ?? 'text/plain; charset=utf-8', text: body.text };
	}
	switch (body) {
		case 'empty':
			return { contentType: '', text: '' };
		case 'html':
			return { contentType: 'text/html; charset=utf-8', text: gatewayErrorPage(status) };
		case 'correlationId':
			return json({ 'correlation-id': context.correlationId });
		case 'errorCodes':
			return json({ errorCodes });
		case 'errors':
			return json(errorBody(errorCodes.map(toErrorEntry), context));
		case 'problem':
			return json(problemBody(status, reasonPhrase(status), faultMessage, context.path, context));
	}
}

const faultMessage = 'The sandbox was told to answer this.';

function toErrorEntry(code: string) {
	return { code, message: faultMessage };
}

function json(value: object): Body {
	return { contentType: 'application/json; charset=utf-8', text: JSON.stringify(value) };
}

function gatewayErrorPage(status: number): string {
	const title = `${status} ${reasonPhrase(status)}`;
	return `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1><hr>gateway</body></html>\n`;
}

function reasonPhrase(status: number): string {
	return STATUS_CODES[status] ?? 'Unknown';
}

function retryAfterValue(
	{ seconds, as }: NonNullable<FaultOf<'answer'>['retryAfter']>,
	clock: Clock,
): string {
	if (as === 'seconds') return String(seconds);
	// Rounded up to whole seconds, as HTTP dates have them, so that a wait until then is never too short.
	return new Date(Math.ceil(clock() / 1000 + seconds) * 1000).toUTCString();
}
