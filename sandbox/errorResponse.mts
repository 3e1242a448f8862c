import type { FastifyError, FastifyRequest } from 'fastify';
import { callerCorrelationId } from './correlationIds.mts';
import { errorBody, problemBody, ApiError, apiError, type ErrorContext } from './apiError.mts';
import { versionOf, type ApiResponse } from './route.mts';
import type { Sandbox } from './sandbox.mts';

/** The response to a request that was refused; the reason goes into the request log. */
export function errorResponse(
	error: FastifyError,
	request: FastifyRequest,
	sandbox: Sandbox,
): ApiResponse {
	const { status, entries: errors, message } = toApiError(error);
	if (request.logEntry) request.logEntry.reason = message;
	const context = errorContext(request, sandbox);
	// The configuration pages document another body for 401 (API reference 6, shape D).
	const area = request.routeOptions.config.route?.area;
	const mayBeOfGateway =
		area === 'configuration' || (area === 'transaction' && sandbox.options.gateway);
	if (status === 401 && mayBeOfGateway) {
		const detail = 'The access token is missing, unknown or expired.';
		return { status, body: problemBody(status, 'Unauthorized', detail, request.url, context) };
	}
	return { status, body: errorBody(errors, context) };
}

/** A path that Imburse does not have: 404 with an empty body is inferred, as is that of a gateway. */
export function noSuchPathResponse(request: FastifyRequest, sandbox: Sandbox): ApiResponse {
	if (!sandbox.options.gateway) return { status: 404 };
	const detail = 'The requested route was not found.';
	const context = errorContext(request, sandbox);
	return { status: 404, body: problemBody(404, 'Not Found', detail, request.url, context) };
}

export function errorContext(request: FastifyRequest, sandbox: Sandbox): ErrorContext {
	return {
		correlationId: request.id,
		callerCorrelationId: callerCorrelationId(request.headers),
		now: sandbox.clock(),
		version: versionOf(request.url),
	};
}

/** What fastify itself refuses (a body that is too large, a malformed request) counts as an unreadable body. */
function toApiError(error: FastifyError): ApiError {
	if (error instanceof ApiError) return error;
	const status = error.statusCode ?? 500;
	if (status < 500) return apiError(status, 'REQUEST_BODY_NOT_RECOGNISED', error.message);
	console.error(error);
	return apiError(500, 'INTERNAL_SERVER_ERROR', error.message);
}
