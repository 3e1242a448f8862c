import type { IWebhookFunctions } from 'n8n-workflow';

import { parseResponseBody } from '../api/responseBody';

/** One call of the trigger's URL. */
export interface Delivery {
	/** Names in lower case. Node joins the values of a header that came twice with a comma. */
	headers: Readonly<Record<string, string | string[] | undefined>>;
	query: Readonly<Record<string, unknown>>;
	/** The bytes as they came: a signature covers them. */
	body: Buffer;
	/** The caller's IP address as n8n sees it. Behind a proxy, n8n has to be told to trust it. */
	ipAddress: string;
}

export async function readDelivery(context: IWebhookFunctions): Promise<Delivery> {
	const request = context.getRequestObject();
	await request.readRawBody();
	return {
		headers: request.headers,
		query: context.getQueryData() as Record<string, unknown>,
		body: request.rawBody ?? Buffer.alloc(0),
		ipAddress: request.ip ?? '',
	};
}

/** The JSON in the body; undefined where it is not JSON. */
export function parseBody({ body }: Delivery): unknown {
	const parsed = parseResponseBody(body.toString('utf8').replace(/^\uFEFF/, ''));
	return parsed.kind === 'json' ? parsed.value : undefined;
}

/** The value of a header that came exactly once and is not empty. */
export function singleHeader({ headers }: Delivery, name: string): string | undefined {
	const value = headers[name.toLowerCase()];
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Whether a delivery is accepted. The reason is for n8n's log and holds no secret. */
export type VerificationResult = { ok: true } | { ok: false; reason: string };

export const ACCEPTED: VerificationResult = { ok: true };

export function rejected(reason: string): VerificationResult {
	return { ok: false, reason };
}
