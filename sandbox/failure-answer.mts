import type { FastifyError, FastifyRequest } from 'fastify';
import { callerCorrelationId } from './correlation.mts';
import { errorBody, problemBody, Refusal, refusal, type FailureContext } from './failures.mts';
import { versionOf, type Answer } from './route.mts';
import type { Sandbox } from './sandbox.mts';

/** The answer to a call that was refused; the reason goes into the journal. */
export function failureAnswer(
	error: FastifyError,
	request: FastifyRequest,
	sandbox: Sandbox,
): Answer {
	const { status, problems, message } = toRefusal(error);
	if (request.entry) request.entry.reason = message;
	const context = failureContext(request, sandbox);
	// The configuration pages document another body for 401 (API reference 6, shape D).
	if (status === 401 && request.routeOptions.config.route?.area === 'configuration') {
		const detail = 'The access token is missing, unknown or expired.';
		return { status, body: problemBody(status, 'Unauthorized', detail, request.url, context) };
	}
	return { status, body: errorBody(problems, context) };
}

export function failureContext(request: FastifyRequest, sandbox: Sandbox): FailureContext {
	return {
		correlationId: request.id,
		callerCorrelationId: callerCorrelationId(request.headers),
		now: sandbox.clock(),
		version: versionOf(request.url),
	};
}

/** What fastify itself refuses (a body that is too large, a broken request) counts as an unreadable body. */
function toRefusal(error: FastifyError): Refusal {
	if (error instanceof Refusal) return error;
	const status = error.statusCode ?? 500;
	if (status < 500) return refusal(status, 'REQUEST_BODY_NOT_RECOGNISED', error.message);
	console.error(error);
	return refusal(500, 'INTERNAL_SERVER_ERROR', error.message);
}
