import type { Outcome } from '../api/failure';
import { judge } from '../api/judgement';
import { toWire, type ImburseRequest } from '../api/request';
import { faultOf } from '../api/transportFault';
import type { WireAnswer } from '../api/wire';
import {
	answerFailure,
	faultFailure,
	operationFailure,
	tokenFailure,
	type Asked,
} from '../api/words';
import type { Attempt, Conversation, Success } from '../operation';
import { asItemFailure, ItemFailure } from './itemFailure';
import { pause } from './pause';
import type { ReadyItem } from './prepareItem';
import type { Session } from './session';
import { tokenErrorIn } from '../api/tokenErrorIn';

/** The calls of one item. Whatever does not succeed is thrown as an `ItemFailure`. */
export function converseFor(session: Session, ready: ReadyItem): Conversation {
	const begun = Date.now();
	return {
		ask: async (request) => await ask(session, ready, request),
		attempt: async (request) => await attempt(session, ready, request),
		pause: async (milliseconds) => {
			await pause(milliseconds, session.stopped);
			if (session.stopped?.aborted) throw stoppedFailure(session, ready);
		},
		fail: (outcome, message, description) => {
			throw failureOf(session, ready, outcome, message, description);
		},
		elapsed: () => Date.now() - begun,
	};
}

async function ask(session: Session, ready: ReadyItem, request: ImburseRequest): Promise<Success> {
	const asked = askedFor(session, ready, request);
	let answer: WireAnswer;
	try {
		answer = await session.send(toWire(request, { ...session, ...ready }));
	} catch (error) {
		throw afterThrow(asked, error);
	}
	return afterAnswer(asked, answer);
}

/** Refused keys and a run that was stopped end the item all the same. */
async function attempt(
	session: Session,
	ready: ReadyItem,
	request: ImburseRequest,
): Promise<Attempt> {
	try {
		return { ok: true, success: await ask(session, ready, request) };
	} catch (error) {
		if (!(error instanceof ItemFailure) || error.endsRun) throw asItemFailure(error);
		return { ok: false, failure: error.failure };
	}
}

function askedFor(session: Session, ready: ReadyItem, { endpoint }: ImburseRequest): Asked {
	return {
		subject: ready.plan.subject,
		item: ready.item + 1,
		endpoint,
		host: new URL(session.baseUrl).host,
		environment: session.environment,
		correlationId: ready.correlationId,
		attempts: 1,
	};
}

function afterAnswer(asked: Asked, answer: WireAnswer): Success {
	const judgement = judge(asked.endpoint, answer);
	if (!judgement.ok) {
		throw new ItemFailure(answerFailure(asked, answer, judgement), answer.status === 401);
	}
	const { environment, correlationId } = asked;
	const { status, value, correlationId: imburseId } = judgement;
	return { status, value, headers: answer.headers, environment, correlationId, imburseId };
}

function afterThrow(asked: Asked, error: unknown): ItemFailure {
	const tokenError = tokenErrorIn(error);
	if (tokenError) return new ItemFailure(tokenFailure(asked, tokenError), true);
	const fault = faultOf(error);
	return new ItemFailure(faultFailure(asked, fault), !fault.maybeReceived);
}

function failureOf(
	session: Session,
	ready: ReadyItem,
	outcome: Outcome,
	message: string,
	description: string,
): ItemFailure {
	const asked = askedFor(session, ready, ready.plan.request);
	return new ItemFailure(operationFailure(asked, outcome, message, description), false);
}

function stoppedFailure(session: Session, ready: ReadyItem): ItemFailure {
	const asked = askedFor(session, ready, ready.plan.request);
	const message = `${asked.subject} (item ${asked.item}): the run was stopped while it waited`;
	const advice = 'Nothing was undone. Run it again to go on.';
	return new ItemFailure(operationFailure(asked, 'timeout', message, advice), true);
}
