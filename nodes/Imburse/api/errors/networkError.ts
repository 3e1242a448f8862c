import { BODY_TOO_LARGE } from '../bodyText';

/**
 * Why no response came. `lost` is everything in which the connection broke or said nothing that
 * can be understood.
 */
export type NetworkErrorKind =
	'dns' | 'connectionRefused' | 'tls' | 'timeout' | 'cancelled' | 'tooLarge' | 'lost';

export interface NetworkError {
	kind: NetworkErrorKind;
	/** Node's code such as `ECONNREFUSED`; empty if there was none. */
	code: string;
	/** False only when the request certainly never reached Imburse. */
	mayHaveReachedServer: boolean;
}

/** These come before the first byte of the request is sent. */
const BEFORE_SENDING: ReadonlyMap<string, NetworkErrorKind> = new Map([
	['ENOTFOUND', 'dns'],
	['EAI_AGAIN', 'dns'],
	['ECONNREFUSED', 'connectionRefused'],
	['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
	['SELF_SIGNED_CERT_IN_CHAIN', 'tls'],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
	['UNABLE_TO_GET_ISSUER_CERT', 'tls'],
	['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls'],
	['CERT_HAS_EXPIRED', 'tls'],
	['CERT_NOT_YET_VALID', 'tls'],
	['CERT_UNTRUSTED', 'tls'],
	['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
]);

/** These may come before or after it: TLS, for one, can also break off in the middle. */
const AT_ANY_TIME: ReadonlyMap<string, NetworkErrorKind> = new Map([
	['ETIMEDOUT', 'timeout'],
	['ECONNABORTED', 'timeout'],
	['ERR_CANCELED', 'cancelled'],
	['EPROTO', 'tls'],
	[BODY_TOO_LARGE, 'tooLarge'],
]);

/** Without a route there is no connection, but a connection can lose its route later, too. */
const NO_ROUTE: ReadonlySet<string> = new Set(['EHOSTUNREACH', 'ENETUNREACH']);

/**
 * Reads the fault out of what n8n's request helper threw: an axios error, or a NodeApiError with
 * that axios error as its cause. The socket's own error is the cause of the axios error. A
 * NodeApiError of n8n 1.x has no cause, and keeps the code as its `httpCode`.
 */
export function parseNetworkError(error: unknown): NetworkError {
	const chain = causesOf(error);
	const code = chain.flatMap((link) => [link.code, link.httpCode]).find(isCode) ?? '';
	const whileConnecting = chain.some(({ syscall }) => syscall === 'connect');
	const before =
		NO_ROUTE.has(code) && whileConnecting ? 'connectionRefused' : BEFORE_SENDING.get(code);
	if (before) return { kind: before, code, mayHaveReachedServer: false };
	const kind = AT_ANY_TIME.get(code) ?? (isTlsCode(code) ? 'tls' : 'lost');
	return { kind, code, mayHaveReachedServer: true };
}

interface Link {
	code?: unknown;
	httpCode?: unknown;
	syscall?: unknown;
	cause?: unknown;
}

const LONGEST_CHAIN = 5;

function causesOf(error: unknown): Link[] {
	const chain: Link[] = [];
	let link = error;
	while (typeof link === 'object' && link !== null && chain.length < LONGEST_CHAIN) {
		chain.push(link);
		link = (link as Link).cause;
	}
	return chain;
}

/** The code of an error; the number of a status is none. */
function isCode(code: unknown): code is string {
	return typeof code === 'string' && !/^\d*$/.test(code);
}

function isTlsCode(code: string): boolean {
	return code.startsWith('CERT_') || code.startsWith('ERR_TLS_') || code.startsWith('ERR_SSL_');
}
