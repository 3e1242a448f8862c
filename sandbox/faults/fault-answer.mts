import { STATUS_CODES } from 'node:http';
import type { Clock } from '../clock.mts';
import { errorBody, problemBody, type FailureContext } from '../failures.mts';
import type { Rendered } from '../rendered.mts';
import type { FaultOf } from './vocabulary.mts';

/** What the bodies of a fault's answer are about. */
export interface FaultContext extends FailureContext {
	/** The path that was called. */
	path: string;
}

/** The answer that a fault gives in place of Imburse's. */
export function faultAnswer(
	fault: FaultOf<'answer'>,
	context: FaultContext,
	clock: Clock,
): Rendered {
	const { status, retryAfter, headers } = fault;
	const { contentType, text } = bodyOf(fault, context);
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

export function redirectAnswer({ status, to }: FaultOf<'redirect'>, clock: Clock): Rendered {
	return { status, headers: { date: new Date(clock()).toUTCString(), location: to }, text: '' };
}

/** Statuses that HTTP allows no body. */
const bodyless = [204, 304];

interface Body {
	contentType: string;
	text: string;
}

function bodyOf(fault: FaultOf<'answer'>, context: FaultContext): Body {
	const { status, errorCodes = ['SANDBOX_FAULT'] } = fault;
	const { body = bodyless.includes(status) ? 'empty' : 'errors' } = fault;
	if (typeof body === 'object') {
		return { contentType: body.contentType ?? 'text/plain; charset=utf-8', text: body.text };
	}
	switch (body) {
		case 'empty':
			return { contentType: '', text: '' };
		case 'html':
			return { contentType: 'text/html; charset=utf-8', text: gatewayPage(status) };
		case 'correlationId':
			return json({ 'correlation-id': context.correlationId });
		case 'errorCodes':
			return json({ errorCodes });
		case 'errors':
			return json(errorBody(errorCodes.map(toProblem), context));
		case 'problem':
			return json(problemBody(status, reasonOf(status), faultText, context.path, context));
	}
}

const faultText = 'The sandbox was told to answer this.';

function toProblem(code: string) {
	return { code, text: faultText };
}

function json(value: object): Body {
	return { contentType: 'application/json; charset=utf-8', text: JSON.stringify(value) };
}

function gatewayPage(status: number): string {
	const title = `${status} ${reasonOf(status)}`;
	return `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1><hr>gateway</body></html>\n`;
}

function reasonOf(status: number): string {
	return STATUS_CODES[status] ?? 'Unknown';
}

function retryAfterValue(
	{ seconds, as }: NonNullable<FaultOf<'answer'>['retryAfter']>,
	clock: Clock,
): string {
	if (as === 'seconds') return String(seconds);
	// Rounded up to the whole second that HTTP knows, so that a wait until then is never too short.
	return new Date(Math.ceil(clock() / 1000 + seconds) * 1000).toUTCString();
}
