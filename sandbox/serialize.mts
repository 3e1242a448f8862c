import type { Clock } from './time.mts';
import { toJson } from './json.mts';
import type { ApiResponse } from './route.mts';

/** A response as it goes over the network. */
export interface SerializedResponse {
	status: number;
	/** `content-type` included, `content-length` not. */
	headers: Readonly<Record<string, string>>;
	/** Empty when there is no body. */
	text: string;
}

/** The `Date` header follows the sandbox's clock, as a server's would. */
export function serializeResponse(
	{ status, headers, body }: ApiResponse,
	clock: Clock,
): SerializedResponse {
	const allHeaders = { date: new Date(clock()).toUTCString(), ...headers };
	if (body === undefined) return { status, headers: allHeaders, text: '' };
	return {
		status,
		headers: { ...allHeaders, 'content-type': 'application/json; charset=utf-8' },
		text: toJson(body),
	};
}
