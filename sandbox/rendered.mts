import type { Clock } from './clock.mts';
import { toJson } from './json.mts';
import type { Answer } from './route.mts';

/** An answer as it goes over the wire. */
export interface Rendered {
	status: number;
	/** `content-type` included, `content-length` not. */
	headers: Readonly<Record<string, string>>;
	/** '' when there is no body. */
	text: string;
}

/** The `Date` header follows the sandbox's clock, as a server's would. */
export function render({ status, headers, body }: Answer, clock: Clock): Rendered {
	const all = { date: new Date(clock()).toUTCString(), ...headers };
	if (body === undefined) return { status, headers: all, text: '' };
	return {
		status,
		headers: { ...all, 'content-type': 'application/json; charset=utf-8' },
		text: toJson(body),
	};
}
