import type { ApiVersion } from './credential';
import { ENDPOINTS, fillPath, versionFor, type EndpointName } from './endpoints';
import type { EncodedBody } from './requestBody';
import type { HttpRequest } from './http';

/** What to ask of Imburse, without where it lives and who asks. */
export interface ImburseRequest {
	endpoint: EndpointName;
	identifiers?: Readonly<Record<string, string>>;
	query?: Readonly<Record<string, string>>;
	body?: EncodedBody;
	/** Beside those that every request has. */
	headers?: Readonly<Record<string, string>>;
}

/** Where a request goes, and for whom. */
export interface RequestContext {
	baseUrl: string;
	apiVersion: ApiVersion;
	/** Sent as `x-correlation-id`; Imburse repeats it inside an error (API reference 3.5). */
	correlationId: string;
	/** Overrides the credential's tenant; absent or empty for none. */
	tenantId?: string;
	/** Milliseconds in which the answer has to be complete; absent for the usual time. */
	timeout?: number;
}

export function buildHttpRequest(request: ImburseRequest, context: RequestContext): HttpRequest {
	const endpoint = ENDPOINTS[request.endpoint];
	const version = versionFor(endpoint, context.apiVersion);
	const path = fillPath(endpoint, version, request.identifiers ?? {});
	const query = request.query ? new URLSearchParams(request.query).toString() : '';
	return {
		method: endpoint.method,
		url: `${context.baseUrl}${path}${query === '' ? '' : `?${query}`}`,
		headers: {
			...request.headers,
			'x-correlation-id': context.correlationId,
			...(context.tenantId ? { 'x-tenant-id': context.tenantId } : {}),
			...(request.body ? { 'Content-Type': request.body.contentType } : {}),
		},
		...(request.body ? { body: request.body.text } : {}),
		...(context.timeout === undefined ? {} : { timeout: context.timeout }),
	};
}
