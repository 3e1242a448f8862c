import type { Evidence } from '../../api/responseClass';
import { answerFacts, faultFacts, NO_FACTS, type Facts } from '../../api/errors/failureDetails';
import type { ImburseFailure, Outcome } from '../../api/errors/failure';
import { judge } from '../../api/classifyResponse';
import { buildHttpRequest, type ImburseRequest } from '../../api/request';
import { tokenErrorIn } from '../../api/auth/tokenErrors';
import { parseNetworkError } from '../../api/errors/networkError';
import type { HttpResponse } from '../../api/http';
import {
	answerFailure,
	answerReason,
	faultFailure,
	faultReason,
	operationFailure,
	tokenFailure,
	tokenReason,
	type Asked,
} from '../../api/errors/messages';
import type { ApiSuccess } from '../../operation';
import { abortableDelay } from '../../n8n/abortableDelay';
import type { Session } from '../session';
import type { Slot } from '../concurrency/rateLimiter';
import type { PreparedItem } from '../items';

/** What came of one call, whatever it was. */
export type Reply = { ok: true; success: ApiSuccess } | Unsuccessful;

export interface Unsuccessful {
	ok: false;
	/** As long as nothing else is known of the item. */
	failure: ImburseFailure;
	evidence: Evidence;
	facts: Facts;
	/** Why it leaves something open, as a clause. */
	reason: string;
	/** The same failure under another outcome. */
	told: (outcome: Outcome) => ImburseFailure;
	/** Whether every further item would fail for the same reason. */
	endsRun: boolean;
}

/** One item's line to Imburse. */
export interface ItemClient {
	ready: PreparedItem;
	/** Sends a request; never throws for what the network or Imburse does. */
	call(request: ImburseRequest): Promise<Reply>;
	/** Waits, or ends at once when the run is stopped. Others go ahead meanwhile. */
	delay(milliseconds: number): Promise<void>;
	/** As `pause`, but others have to wait, too: for what may be wrong with all of them. */
	delayHoldingSlot(milliseconds: number): Promise<void>;
	isStopped(): boolean;
	/** Whether a call has failed in a way in which the calls of every further item would. */
	isDoomed(): boolean;
	/** Milliseconds since the item began. */
	elapsed(): number;
	/** What messages say of a request. */
	asked(request: ImburseRequest): Asked;
}

export function createItemClient(session: Session, ready: PreparedItem, lane: Slot): ItemClient {
	const begun = Date.now();
	let attempts = 0;
	let doomed = false;
	const isStopped = () => session.stopped?.aborted === true;
	const asked = ({ endpoint }: ImburseRequest): Asked => ({
		label: ready.plan.label,
		item: ready.item + 1,
		endpoint,
		host: new URL(session.baseUrl).host,
		environment: session.environment,
		correlationId: ready.correlationId,
		attempts,
	});
	const send = async (request: ImburseRequest): Promise<Reply> => {
		const wire = buildHttpRequest(request, { ...session, ...ready });
		for (;;) {
			const round = await lane.waitForTurn();
			if (isStopped()) return stopped(asked(request));
			if (request.endpoint === ready.plan.request.endpoint) attempts++;
			const sent = await session.send(wire).then(
				(answer) => ({ answer }),
				(error: unknown) => ({ error }),
			);
			if (!('answer' in sent)) return afterThrow(asked(request), sent.error);
			if (!lane.report(sent.answer, round)) return afterAnswer(asked(request), sent.answer);
		}
	};
	return {
		ready,
		asked,
		call: async (request) => {
			const reply = await send(request);
			doomed ||= !reply.ok && reply.endsRun;
			return reply;
		},
		delay: async (milliseconds) => {
			lane.release();
			await abortableDelay(milliseconds, session.stopped);
		},
		delayHoldingSlot: async (milliseconds) => await abortableDelay(milliseconds, session.stopped),
		isStopped,
		isDoomed: () => doomed,
		elapsed: () => Date.now() - begun,
	};
}

/** A token that is refused though it is new, and a pace that is too fast however slow. */
const ENDS_RUN: ReadonlySet<number> = new Set([401, 429]);

function afterAnswer(asked: Asked, answer: HttpResponse): Reply {
	const judgement = judge(asked.endpoint, answer);
	if (!judgement.ok) {
		const told = (outcome: Outcome) => answerFailure(asked, answer, { ...judgement, outcome });
		return {
			ok: false,
			failure: told(judgement.outcome),
			evidence: judgement.evidence,
			facts: answerFacts(answer.status, judgement.details),
			reason: answerReason(answer.status, judgement),
			told,
			endsRun: ENDS_RUN.has(answer.status),
		};
	}
	const { environment, correlationId, attempts } = asked;
	const { status, value, correlationId: imburseId } = judgement;
	const { headers } = answer;
	return {
		ok: true,
		success: { status, value, headers, environment, correlationId, imburseId, attempts },
	};
}

function afterThrow(asked: Asked, error: unknown): Unsuccessful {
	const tokenError = tokenErrorIn(error);
	if (tokenError) {
		const facts = { ...NO_FACTS, lines: [tokenError.message] };
		return neverSent(tokenFailure(asked, tokenError), tokenReason(tokenError), facts);
	}
	const fault = parseNetworkError(error);
	const failure = faultFailure(asked, fault);
	if (!fault.mayHaveReachedServer) return neverSent(failure, faultReason(asked, fault), NO_FACTS);
	return {
		ok: false,
		failure,
		evidence: 'none',
		facts: faultFacts(fault),
		reason: faultReason(asked, fault),
		told: (outcome) => ({ ...failure, outcome }),
		endsRun: false,
	};
}

/** Where not even the connection or the token can be had, no further item fares better. */
function neverSent(failure: ImburseFailure, reason: string, facts: Facts): Unsuccessful {
	return {
		ok: false,
		failure,
		evidence: 'refused',
		facts,
		reason,
		told: (outcome) => ({ ...failure, outcome }),
		endsRun: true,
	};
}

function stopped(asked: Asked): Unsuccessful {
	const reason = 'the run was stopped';
	const message = `${asked.label} (item ${asked.item}): ${reason}`;
	const advice = 'Run it again with the same references to go on.';
	return neverSent(operationFailure(asked, 'notSent', message, advice), reason, NO_FACTS);
}
