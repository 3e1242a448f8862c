import { randomUUID } from 'node:crypto';

import { sendRequest } from '../../api/client';
import type { Connection } from '../../api/connection';
import { isJsonObject, type JsonObject } from '../../validation/jsonObject';
import type { ImburseRequest } from '../../api/request';

/** The sender of the event waits for the look-up, so it must be short. Milliseconds. */
const TIMEOUT_MS = 15_000;

/** One resource to read. */
export interface LookUp {
	/** The same for the same resource, and different for an order and an instruction. */
	key: string;
	label: string;
	request: ImburseRequest;
}

/** What Imburse holds under a reference; `absent` only where Imburse itself says so. */
export type LookUpResult =
	| { kind: 'found'; value: JsonObject }
	| { kind: 'absent' }
	/** It cannot be known. The reason is for n8n's log. */
	| { kind: 'unavailable'; reason: string };

/** Reads one resource. A network error or an error response is a result and is not thrown. */
export async function lookUp(
	connection: Connection,
	label: string,
	request: ImburseRequest,
): Promise<LookUpResult> {
	const options = { label, correlationId: randomUUID(), timeout: TIMEOUT_MS };
	const result = await sendRequest(connection, request, options);
	if (!result.ok) {
		const { responseClass, message, description } = result.failure;
		if (responseClass === 'notFound') return { kind: 'absent' };
		return { kind: 'unavailable', reason: `${message}. ${description}` };
	}
	const { value } = result.response;
	if (isJsonObject(value)) return { kind: 'found', value };
	return { kind: 'unavailable', reason: `${label} was not answered as Imburse does.` };
}
