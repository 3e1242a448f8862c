/** One HTTP request as it goes out, before it is authorised. */
export interface HttpRequest {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Absolute, with encoded path and query. */
	url: string;
	headers: Record<string, string>;
	/** The very text to send; absent for none. */
	body?: string;
	/** Milliseconds without a word after which it counts as lost; absent for the usual time. */
	timeout?: number;
}

/** One HTTP answer, whatever its status. */
export interface HttpResponse {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	/** The body's text, empty if there was none. */
	text: string;
}

/** Sends a request and hands back any answer; rejects only when no answer came. */
export type SendHttp = (request: HttpRequest) => Promise<HttpResponse>;
