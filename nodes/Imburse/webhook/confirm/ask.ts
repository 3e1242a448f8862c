import { randomUUID } from 'node:crypto';

import { sendRequest } from '../../api/client';
import type { Connection } from '../../api/connection';
import { isJsonObject, type JsonObject } from '../../api/jsonObject';
import type { ImburseRequest } from '../../api/request';

/** A look-up that takes longer keeps the sender of the event waiting for too long. Milliseconds. */
const TIMEOUT_MS = 15_000;

/** What Imburse holds under a reference; `absent` only where Imburse itself says so. */
export type Found =
	| { kind: 'found'; value: JsonObject }
	| { kind: 'absent' }
	/** Nobody can tell; in words, for n8n's log. */
	| { kind: 'unavailable'; why: string };

/** Asks Imburse what it holds. Never throws for what the network or Imburse does. */
export async function ask(
	connection: Connection,
	label: string,
	request: ImburseRequest,
): Promise<Found> {
	const options = { label, correlationId: randomUUID(), timeout: TIMEOUT_MS };
	const result = await sendRequest(connection, request, options);
	if (!result.ok) {
		const { responseClass, message, description } = result.failure;
		if (responseClass === 'absent') return { kind: 'absent' };
		return { kind: 'unavailable', why: `${message}. ${description}` };
	}
	const { value } = result.response;
	if (isJsonObject(value)) return { kind: 'found', value };
	return { kind: 'unavailable', why: `${label} was not answered as Imburse does.` };
}
