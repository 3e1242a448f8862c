import type { AxiosError } from 'axios';

/**
 * Why no answer came. `lost` is everything in which the connection broke or said nothing that
 * can be understood.
 */
export type FaultKind = 'dns' | 'refused' | 'tls' | 'timeout' | 'cancelled' | 'lost';

export interface TransportFault {
	kind: FaultKind;
	/** Node's code such as `ECONNREFUSED`; empty if there was none. */
	code: string;
	/** False only when the request certainly never reached Imburse. */
	maybeReceived: boolean;
}

const KINDS: ReadonlyMap<string, FaultKind> = new Map([
	['ENOTFOUND', 'dns'],
	['EAI_AGAIN', 'dns'],
	['ECONNREFUSED', 'refused'],
	['EHOSTUNREACH', 'refused'],
	['ENETUNREACH', 'refused'],
	['ETIMEDOUT', 'timeout'],
	['ECONNABORTED', 'timeout'],
	['ERR_CANCELED', 'cancelled'],
	['EPROTO', 'tls'],
	['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
	['SELF_SIGNED_CERT_IN_CHAIN', 'tls'],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
	['UNABLE_TO_GET_ISSUER_CERT', 'tls'],
	['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls'],
]);

/** These fail before the first byte of the request is sent. */
const NEVER_RECEIVED: ReadonlySet<FaultKind> = new Set(['dns', 'refused', 'tls']);

/**
 * Reads the fault out of what n8n's request helper threw: an axios error, or a NodeApiError with
 * that axios error as its cause.
 */
export function faultOf(error: unknown): TransportFault {
	const code = codeOf(error) ?? codeOf((error as { cause?: unknown } | undefined)?.cause) ?? '';
	const kind = KINDS.get(code) ?? (isTlsCode(code) ? 'tls' : 'lost');
	return { kind, code, maybeReceived: !NEVER_RECEIVED.has(kind) };
}

function codeOf(error: unknown): string | undefined {
	const code = (error as Partial<AxiosError> | undefined)?.code;
	return typeof code === 'string' && code !== '' ? code : undefined;
}

function isTlsCode(code: string): boolean {
	return code.startsWith('CERT_') || code.startsWith('ERR_TLS_') || code.startsWith('ERR_SSL_');
}
