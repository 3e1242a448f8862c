import type { IncomingHttpHeaders } from 'node:http';
import type { Permission } from './roles.mts';
import type { Sandbox } from './sandbox.mts';

/** One HTTP call, as a route sees it. */
export interface Call {
	/** The path's version, see `versionOf`. */
	version: 'v1' | 'v2';
	/** Parts of the path, decoded. */
	params: Readonly<Record<string, string>>;
	query: URLSearchParams;
	headers: IncomingHttpHeaders;
	/** The bytes as they came; empty when there was no body. */
	body: Buffer;
	/** Where the sandbox answers, such as `http://127.0.0.1:4280`. */
	origin: string;
}

export interface Answer {
	status: number;
	/** Left out: no body at all. */
	body?: object;
	headers?: Readonly<Record<string, string>>;
}

/**
 * One endpoint as a value. The server admits a call, lets the route handle it and sends what the
 * route answers: what is to happen before or after the write belongs between these steps.
 */
export interface Route {
	/** What the journal calls it. */
	name: string;
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	paths: readonly string[];
	/** The part of Imburse's API that it is documented under. */
	area: 'authentication' | 'transaction' | 'configuration';
	/** Needed to be let in; null only for the token call. */
	permission: Permission | null;
	/** Throws a `Refusal` for everything that is not a success. */
	handle(call: Call, sandbox: Sandbox): Answer;
}

/** A path that is documented under `/v1` and `/v2` alike. */
export function bothVersions(path: string): readonly string[] {
	return [`/v1${path}`, `/v2${path}`];
}

/** A part of the path; the router has made sure that it is there. */
export function pathPart(call: Call, name: string): string {
	const value = call.params[name];
	if (value === undefined) throw new Error(`The path has no part called ${name}`);
	return value;
}

/** The paths of 2019 that have no version count as `v1`. */
export function versionOf(path: string): Call['version'] {
	return path.startsWith('/v2/') ? 'v2' : 'v1';
}
