/** One HTTP request as it goes out, before it is authenticated. */
export interface HttpRequest {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Absolute, with encoded path and query. */
	url: string;
	headers: Record<string, string>;
	/** The very text to send; absent for none. */
	body?: string;
	/** Milliseconds in which the answer has to be complete; absent for the usual time. */
	timeout?: number;
}

/** One HTTP response, whatever its status. */
export interface HttpResponse {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	/** The body's text, empty if there was none. */
	text: string;
}

/** Sends a request and hands back any response; rejects only when none came. */
export type SendHttp = (request: HttpRequest) => Promise<HttpResponse>;

/** Thrown by a `SendHttp` that decided not to send: nothing went out. */
export class RequestNotSentError extends Error {
	override readonly name = 'ImburseRequestNotSentError';

	constructor(
		/** Why, as a clause. */
		reason: string,
		/** What to do, in whole sentences. */
		readonly advice: string,
	) {
		super(reason);
	}
}
