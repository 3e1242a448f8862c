import type { IncomingHttpHeaders } from 'node:http';
import type { Permission } from './roles.mts';
import type { Sandbox } from './sandbox.mts';

/** One HTTP request, as a route sees it. */
export interface ApiRequest {
	/** The path's version, see `versionOf`. */
	version: 'v1' | 'v2';
	/** Parts of the path, decoded. */
	params: Readonly<Record<string, string>>;
	query: URLSearchParams;
	headers: IncomingHttpHeaders;
	/** The bytes of the body; empty when there was none. */
	body: Buffer;
	/** The sandbox's own address, such as `http://127.0.0.1:4280`. */
	origin: string;
}

export interface ApiResponse {
	status: number;
	/** Left out when there is no body. */
	body?: object;
	headers?: Readonly<Record<string, string>>;
}

/**
 * One endpoint as a value. The server checks the access, lets the route handle the request and sends
 * the response. What has to happen before or after the write belongs between these steps.
 */
export interface Route {
	/** Its name in the request log and in faults. */
	name: string;
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	paths: readonly string[];
	/** The part of Imburse's API that it is documented under. */
	area: 'authentication' | 'transaction' | 'configuration';
	/** Null only for the token call, which needs none. */
	permission: Permission | null;
	/** Throws an `ApiError` for everything that is not a success. */
	handle(request: ApiRequest, sandbox: Sandbox): ApiResponse;
}

/** A path that is documented under `/v1` and `/v2` alike. */
export function bothVersions(path: string): readonly string[] {
	return [`/v1${path}`, `/v2${path}`];
}

/** A parameter of the path; the router makes sure that it is there. */
export function pathParameter(request: ApiRequest, name: string): string {
	const value = request.params[name];
	if (value === undefined) throw new Error(`The path has no parameter called ${name}`);
	return value;
}

/** The paths of 2019 that have no version count as `v1`. */
export function versionOf(path: string): ApiRequest['version'] {
	return path.startsWith('/v2/') ? 'v2' : 'v1';
}
