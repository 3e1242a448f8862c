import type { ImburseCredential } from '../../../nodes/Imburse/api/credential.ts';
import type { SendHttp, HttpResponse, HttpRequest } from '../../../nodes/Imburse/api/http.ts';

/** Those of the test vectors in API reference 3.7: plainly fake. */
export const PUBLIC_KEY = '11111111-2222-4333-8444-555555555555';
export const PRIVATE_KEY = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';
export const ACCOUNT_ID = '33333333-4444-4555-8666-777777777777';
export const TENANT_ID = '55555555-6666-4777-8888-999999999999';
export const SANDBOX_URL = 'https://sandbox-api.imbursepayments.com';

/** A credential that is filled in well, for the sandbox environment. */
export function credential(fields: Partial<ImburseCredential> = {}): ImburseCredential {
	return {
		environment: 'sandbox',
		baseUrl: '',
		publicKey: PUBLIC_KEY,
		privateKey: PRIVATE_KEY,
		accountId: ACCOUNT_ID,
		tenantId: TENANT_ID,
		apiVersion: 'v1',
		bodyFormat: 'json',
		tokenPath: '/v1/identity/hmac',
		authorizationScheme: 'Hmac',
		webhookVerificationKey: '',
		webhookPreviousVerificationKey: '',
		webhookSharedSecret: '',
		accessToken: '',
		...fields,
	};
}

/** An answer of Imburse; `body` is written as JSON unless it is a text. */
export function answer(
	status: number,
	body: unknown = '',
	headers: Record<string, string> = {},
): HttpResponse {
	return { status, headers, text: typeof body === 'string' ? body : JSON.stringify(body) };
}

/** The error body of 2019 until today (API reference 6, shape C). */
export function errorAnswer(
	status: number,
	codes: string[],
	headers: Record<string, string> = {},
): HttpResponse {
	const correlationId = '0HLPSRAQ7S0I6:00000002';
	const errors = codes.map((errorCode) => ({
		errorCode,
		message: `Imburse says ${errorCode}.`,
		messageTemplate: 'Template',
		metadata: { correlationId: 'own-id' },
	}));
	return answer(status, { timestamp: 1569248349, correlationId, errors }, headers);
}

/** A wire that gives the same answer to everything, and remembers what it was sent. */
export function wire(reply: HttpResponse | Error): { send: SendHttp; sent: HttpRequest[] } {
	const sent: HttpRequest[] = [];
	return {
		sent,
		send: async (request) => {
			sent.push(request);
			if (reply instanceof Error) throw reply;
			return reply;
		},
	};
}
