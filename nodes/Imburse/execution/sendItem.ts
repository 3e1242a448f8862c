import type { ImburseFailure } from '../api/failure';
import { judge } from '../api/judgement';
import { toWire } from '../api/request';
import { faultOf } from '../api/transportFault';
import type { WireAnswer } from '../api/wire';
import { answerFailure, faultFailure, tokenFailure, type Asked } from '../api/words';
import type { Success } from '../operation';
import type { ReadyItem } from './prepareItem';
import type { Session } from './session';
import { tokenErrorIn } from './tokenErrorIn';

/** What became of one item that was sent. */
export type Sent =
	| { ok: true; success: Success }
	| {
			ok: false;
			failure: ImburseFailure;
			/** Whether every further item would fail for the same reason. */
			endsRun: boolean;
	  };

/** Sends one item and judges what comes back; never throws for what network or Imburse do. */
export async function sendItem(session: Session, ready: ReadyItem): Promise<Sent> {
	const { baseUrl, credential } = session;
	const { plan, correlationId } = ready;
	const asked: Asked = {
		subject: plan.subject,
		item: ready.item + 1,
		endpoint: plan.request.endpoint,
		host: new URL(baseUrl).host,
		environment: credential.environment,
		correlationId,
		attempts: 1,
	};
	const context = { baseUrl, apiVersion: credential.apiVersion, correlationId };
	try {
		const answer = await session.send(toWire(plan.request, context));
		return afterAnswer(asked, answer);
	} catch (error) {
		return afterThrow(asked, error);
	}
}

function afterAnswer(asked: Asked, answer: WireAnswer): Sent {
	const judgement = judge(asked.endpoint, answer);
	if (!judgement.ok) {
		const failure = answerFailure(asked, answer, judgement);
		return { ok: false, failure, endsRun: answer.status === 401 };
	}
	const { environment, correlationId } = asked;
	const { status, value, correlationId: imburseId } = judgement;
	return { ok: true, success: { status, value, environment, correlationId, imburseId } };
}

function afterThrow(asked: Asked, error: unknown): Sent {
	const tokenError = tokenErrorIn(error);
	if (tokenError) return { ok: false, failure: tokenFailure(asked, tokenError), endsRun: true };
	const fault = faultOf(error);
	return { ok: false, failure: faultFailure(asked, fault), endsRun: !fault.maybeReceived };
}
