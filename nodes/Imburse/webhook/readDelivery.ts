import type { IWebhookFunctions } from 'n8n-workflow';

import { parseResponseBody } from '../api/responseBody';
import type { Delivery } from './delivery';

/** The call that n8n has taken; the bytes are those that came, before anybody parsed them. */
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

/** What the body says; undefined where it is no JSON. */
export function parseBody({ body }: Delivery): unknown {
	const read = parseResponseBody(body.toString('utf8').replace(/^\uFEFF/, ''));
	return read.kind === 'json' ? read.value : undefined;
}
