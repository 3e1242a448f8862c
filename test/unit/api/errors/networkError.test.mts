import { describe, expect, it } from '@jest/globals';
import { AxiosError } from 'axios';
import { NodeApiError, type INode, type JsonObject } from 'n8n-workflow';
import { parseNetworkError } from '../../../../nodes/Imburse/api/errors/networkError.ts';

const NODE: INode = {
	id: '1',
	name: 'Imburse',
	type: 'imburse',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** What Node reports of a socket, as axios hands it on. */
function axiosError(code: string | undefined, syscall?: string): AxiosError {
	const socketError = Object.assign(new Error(`${syscall ?? ''} ${code ?? ''}`), { code, syscall });
	return AxiosError.from(socketError, code);
}

function wrapped(error: AxiosError): NodeApiError {
	return new NodeApiError(NODE, error as unknown as JsonObject);
}

const NEVER_RECEIVED = [
	['ENOTFOUND', 'getaddrinfo', 'dns'],
	['EAI_AGAIN', 'getaddrinfo', 'dns'],
	['ECONNREFUSED', 'connect', 'connectionRefused'],
	['EHOSTUNREACH', 'connect', 'connectionRefused'],
	['ENETUNREACH', 'connect', 'connectionRefused'],
	['DEPTH_ZERO_SELF_SIGNED_CERT', undefined, 'tls'],
	['SELF_SIGNED_CERT_IN_CHAIN', undefined, 'tls'],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', undefined, 'tls'],
	['UNABLE_TO_GET_ISSUER_CERT', undefined, 'tls'],
	['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', undefined, 'tls'],
	['CERT_HAS_EXPIRED', undefined, 'tls'],
	['CERT_NOT_YET_VALID', undefined, 'tls'],
	['CERT_UNTRUSTED', undefined, 'tls'],
	['ERR_TLS_CERT_ALTNAME_INVALID', undefined, 'tls'],
] as const;

/** An alert or a broken record may come after the request, and so may a lost route. */
const MAYBE_RECEIVED = [
	['ETIMEDOUT', 'connect', 'timeout'],
	['ETIMEDOUT', undefined, 'timeout'],
	['ECONNABORTED', undefined, 'timeout'],
	['ERR_CANCELED', undefined, 'cancelled'],
	['IMBURSE_BODY_TOO_LARGE', undefined, 'tooLarge'],
	['ECONNRESET', 'read', 'lost'],
	['EPIPE', 'write', 'lost'],
	['EHOSTUNREACH', 'read', 'lost'],
	['ENETUNREACH', 'write', 'lost'],
	['ERR_NETWORK', undefined, 'lost'],
	['ERR_BAD_RESPONSE', undefined, 'lost'],
	['HPE_INVALID_CONSTANT', undefined, 'lost'],
	['EPROTO', 'write', 'tls'],
	['CERT_REVOKED', undefined, 'tls'],
	['ERR_SSL_WRONG_VERSION_NUMBER', undefined, 'tls'],
	['ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC', undefined, 'tls'],
	['ERR_TLS_RENEGOTIATION_DISABLED', undefined, 'tls'],
] as const;

describe('faultOf', () => {
	it.each(NEVER_RECEIVED)('is certain that %s of %s was never received', (code, syscall, kind) => {
		const fault = { kind, code, mayHaveReachedServer: false };
		expect(parseNetworkError(axiosError(code, syscall))).toEqual(fault);
		expect(parseNetworkError(wrapped(axiosError(code, syscall)))).toEqual(fault);
	});

	it.each(MAYBE_RECEIVED)('is not certain of that for %s of %s', (code, syscall, kind) => {
		const fault = { kind, code, mayHaveReachedServer: true };
		expect(parseNetworkError(axiosError(code, syscall))).toEqual(fault);
		expect(parseNetworkError(wrapped(axiosError(code, syscall)))).toEqual(fault);
	});

	it("knows axios' own time-out and cancellation", () => {
		expect(
			parseNetworkError(new AxiosError('timeout of 60000ms exceeded', AxiosError.ECONNABORTED)),
		).toEqual({ kind: 'timeout', code: 'ECONNABORTED', mayHaveReachedServer: true });
		expect(parseNetworkError(new AxiosError('canceled', AxiosError.ERR_CANCELED)).kind).toBe(
			'cancelled',
		);
	});

	it('reads the code of several tries to connect', () => {
		const tries = ['::1', '127.0.0.1'].map((address) =>
			Object.assign(new Error(address), { code: 'ECONNREFUSED', syscall: 'connect' }),
		);
		const all = Object.assign(new AggregateError(tries), { code: 'ECONNREFUSED' });
		expect(parseNetworkError(AxiosError.from(all)).mayHaveReachedServer).toBe(false);
	});

	it('reads the code that n8n 1.x keeps in place of the cause, and takes no status for it', () => {
		expect(parseNetworkError({ httpCode: 'ECONNREFUSED' }).mayHaveReachedServer).toBe(false);
		expect(parseNetworkError({ httpCode: '503' })).toEqual({
			kind: 'lost',
			code: '',
			mayHaveReachedServer: true,
		});
	});

	it.each(['constructor', '__proto__'])('takes the code %s for a lost connection', (code) => {
		expect(parseNetworkError(axiosError(code))).toEqual({
			kind: 'lost',
			code,
			mayHaveReachedServer: true,
		});
	});

	it('ends on a chain of causes that bites its own tail', () => {
		const error: { cause?: unknown } = {};
		error.cause = error;
		expect(parseNetworkError(error).kind).toBe('lost');
	});

	it.each([
		['nothing', undefined],
		['null', null],
		['a text', 'ECONNREFUSED'],
		['an error without a code', new Error('socket hang up')],
		['a code that is no text', { code: 7 }],
		['an empty code', { code: '' }],
		['a cause that is nothing', { cause: null }],
	])('takes %s for a connection that was lost', (_what, error) => {
		expect(parseNetworkError(error)).toEqual({
			kind: 'lost',
			code: '',
			mayHaveReachedServer: true,
		});
	});
});
