import { randomUUID } from 'node:crypto';

import type { Connection } from '../../api/connection';
import { judge } from '../../api/classifyResponse';
import { isJsonObject, type JsonObject } from '../../api/jsonObject';
import { buildHttpRequest, type ImburseRequest } from '../../api/request';
import { tokenErrorIn } from '../../api/auth/tokenErrors';
import { parseNetworkError } from '../../api/errors/networkError';
import { answerFailure, faultFailure, tokenFailure, type Asked } from '../../api/errors/messages';

/** The sender of the event waits for the look-up, so it must be short. Milliseconds. */
const TIMEOUT_MS = 15_000;

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
	const asked = askedFor(connection, label, request);
	const { apiVersion } = connection.credential;
	const wire = buildHttpRequest(request, {
		...asked,
		baseUrl: connection.baseUrl,
		apiVersion,
		tenantId: '',
		timeout: TIMEOUT_MS,
	});
	try {
		const answer = await connection.send(wire);
		const judgement = judge(request.endpoint, answer);
		if (!judgement.ok) {
			if (judgement.evidence === 'absent') return { kind: 'absent' };
			return unavailable(answerFailure(asked, answer, judgement));
		}
		if (isJsonObject(judgement.value)) return { kind: 'found', value: judgement.value };
		return { kind: 'unavailable', reason: `${label} was not answered as Imburse does.` };
	} catch (error) {
		const tokenError = tokenErrorIn(error);
		if (tokenError) return unavailable(tokenFailure(asked, tokenError));
		return unavailable(faultFailure(asked, parseNetworkError(error)));
	}
}

function unavailable({
	message,
	description,
}: {
	message: string;
	description: string;
}): LookUpResult {
	return { kind: 'unavailable', reason: `${message}. ${description}` };
}

function askedFor(
	{ baseUrl, credential }: Connection,
	label: string,
	{ endpoint }: ImburseRequest,
): Asked {
	return {
		label,
		item: 1,
		endpoint,
		host: new URL(baseUrl).host,
		environment: credential.environment,
		correlationId: randomUUID(),
		attempts: 1,
	};
}
