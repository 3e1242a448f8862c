import { randomUUID } from 'node:crypto';

import type { Connection } from '../../api/connection';
import { judge } from '../../api/judgement';
import { isRecord, type JsonRecord } from '../../api/records';
import { toWire, type ImburseRequest } from '../../api/request';
import { tokenErrorIn } from '../../api/tokenErrorIn';
import { faultOf } from '../../api/transportFault';
import { answerFailure, faultFailure, tokenFailure, type Asked } from '../../api/words';

/** A look-up that takes longer keeps the sender of the event waiting for too long. Milliseconds. */
const TIMEOUT_MS = 15_000;

/** What Imburse holds under a reference; `absent` only where Imburse itself says so. */
export type Found =
	| { kind: 'found'; value: JsonRecord }
	| { kind: 'absent' }
	/** Nobody can tell; in words, for n8n's log. */
	| { kind: 'unavailable'; why: string };

/** Asks Imburse what it holds. Never throws for what the network or Imburse does. */
export async function ask(
	connection: Connection,
	subject: string,
	request: ImburseRequest,
): Promise<Found> {
	const asked = askedFor(connection, subject, request);
	const { apiVersion } = connection.credential;
	const wire = toWire(request, {
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
		if (isRecord(judgement.value)) return { kind: 'found', value: judgement.value };
		return { kind: 'unavailable', why: `${subject} was not answered as Imburse does.` };
	} catch (error) {
		const tokenError = tokenErrorIn(error);
		if (tokenError) return unavailable(tokenFailure(asked, tokenError));
		return unavailable(faultFailure(asked, faultOf(error)));
	}
}

function unavailable({ message, description }: { message: string; description: string }): Found {
	return { kind: 'unavailable', why: `${message}. ${description}` };
}

function askedFor(
	{ baseUrl, credential }: Connection,
	subject: string,
	{ endpoint }: ImburseRequest,
): Asked {
	return {
		subject,
		item: 1,
		endpoint,
		host: new URL(baseUrl).host,
		environment: credential.environment,
		correlationId: randomUUID(),
		attempts: 1,
	};
}
