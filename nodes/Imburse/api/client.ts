import { findTokenError } from './errors/tokenError';
import { classifyResponse } from './classifyResponse';
import type { Connection } from './connection';
import { createFailure, type ImburseFailure, type Outcome } from './errors/failure';
import { networkFailure, responseFailure, tokenFailure, type RequestInfo } from './errors/messages';
import { parseNetworkError } from './errors/networkError';
import { RequestNotSentError, type HttpResponse } from './http';
import { buildHttpRequest, type ImburseRequest, type RequestContext } from './request';

/** How one request is sent, and how messages speak of it. */
export interface RequestOptions extends Omit<RequestContext, 'baseUrl' | 'apiVersion'> {
	/** Names what the request is about, such as `Payment Order "CLAIM-17"`. */
	label: string;
}

/** What Imburse answered to a request that succeeded. */
export interface ApiResponse {
	status: number;
	/** Imburse's body; null if there was none. */
	value: unknown;
	/** Header names in lower case. */
	headers: Readonly<Record<string, string>>;
	/** The ID under which Imburse finds the request, if it said so. */
	correlationId: string | null;
	/** The ID that was sent along. */
	clientCorrelationId: string;
}

export type ApiResult =
	| { ok: true; response: ApiResponse }
	| {
			ok: false;
			failure: ImburseFailure;
			/** The same failure in the words for another outcome. */
			withOutcome: (outcome: Outcome) => ImburseFailure;
	  };

/**
 * Sends one request to Imburse: authenticates it, classifies the response and names what went wrong.
 * Never throws for what the network or Imburse does.
 */
export async function sendRequest(
	connection: Connection,
	request: ImburseRequest,
	options: RequestOptions,
): Promise<ApiResult> {
	const info = requestInfo(connection, request, options);
	const httpRequest = buildHttpRequest(request, {
		baseUrl: connection.baseUrl,
		apiVersion: connection.credential.apiVersion,
		...options,
	});
	let response: HttpResponse;
	try {
		response = await connection.send(httpRequest);
	} catch (error) {
		return failed(failureWithoutResponse(info, error));
	}
	return resultOf(info, response);
}

/** What messages say of a request. */
export function requestInfo(
	{ baseUrl, credential }: Connection,
	{ endpoint }: ImburseRequest,
	{ label, correlationId }: RequestOptions,
): RequestInfo {
	const { environment } = credential;
	return { label, endpoint, baseUrl, environment, correlationId };
}

function resultOf(info: RequestInfo, response: HttpResponse): ApiResult {
	const { status, headers } = response;
	const classified = classifyResponse(info.endpoint, response);
	if (!classified.ok) {
		const withOutcome = (outcome: Outcome) =>
			responseFailure(info, status, { ...classified, outcome });
		return { ok: false, failure: withOutcome(classified.outcome), withOutcome };
	}
	const { value, correlationId } = classified;
	const clientCorrelationId = info.correlationId;
	return { ok: true, response: { status, value, headers, correlationId, clientCorrelationId } };
}

function failureWithoutResponse(info: RequestInfo, error: unknown): ImburseFailure {
	if (error instanceof RequestNotSentError) {
		return createFailure({
			message: `${info.label}: ${error.message}`,
			advice: error.advice,
			reason: error.message,
			clientCorrelationId: info.correlationId,
			outcome: 'notSent',
			responseClass: 'notProcessed',
			abortsRun: true,
		});
	}
	const tokenError = findTokenError(error);
	return tokenError
		? tokenFailure(info, tokenError)
		: networkFailure(info, parseNetworkError(error));
}

function failed(failure: ImburseFailure): ApiResult {
	return { ok: false, failure, withOutcome: (outcome) => ({ ...failure, outcome }) };
}
