import { parseResponseBody, type ResponseBody } from './responseBody';
import { ENDPOINTS, type EndpointName } from './endpoints';
import { isAboutRequest, isProblem, parseErrorBody, type ErrorBody } from './errors/errorBody';
import { codeSentence } from './errors/errorCodes';
import { evidenceOf, type Evidence } from './responseClass';
import type { Outcome } from './errors/failure';
import type { HttpResponse, HttpRequest } from './http';

/** What an answer comes to: the body of a success, or how sure the failure is. */
export type Judgement =
	| { ok: true; status: number; value: unknown; correlationId: string | null }
	| {
			ok: false;
			/** As long as nothing was read back. */
			outcome: Outcome;
			evidence: Evidence;
			details: ErrorBody;
			unreadable: string | null;
	  };

/** Imburse answers so before it has done anything. */
const REFUSED_BEFORE_WORK = new Set([401, 403, 429]);

/**
 * Judges an answer by what it proves. A write that was answered with anything but a success or
 * a plain refusal may have happened all the same, and is called unknown.
 */
export function judge(endpoint: EndpointName, answer: HttpResponse): Judgement {
	const body = parseResponseBody(answer.text);
	const details = parseErrorBody(body, answer.headers);
	const unreadable = body.kind === 'unreadable' ? body.looksLike : null;
	const { method } = ENDPOINTS[endpoint];
	const isRead = method === 'GET';
	const objects = details.codes.length > 0 || isProblem(body);
	const success = successCodes(endpoint).includes(answer.status) && !objects;
	if (success && (isRead ? holdsData(body) : body.kind !== 'unreadable')) {
		const value = body.kind === 'json' ? body.value : null;
		return { ok: true, status: answer.status, value, correlationId: details.correlationId };
	}
	const outcome = OUTCOMES[method](answer.status, details);
	const evidence = evidenceOf(answer.status, details);
	return { ok: false, outcome, evidence, details, unreadable };
}

/** Every documented answer to a read is an object or a list. */
function holdsData(body: ResponseBody): boolean {
	const isData = body.kind === 'json' && typeof body.value === 'object' && body.value !== null;
	return isData && !isAboutRequest(body);
}

function successCodes(endpoint: EndpointName): readonly number[] {
	return ENDPOINTS[endpoint].success;
}

type OutcomeOf = (status: number, details: ErrorBody) => Outcome;

/** What a change was refused with can be no "it exists already", unlike what a create was. */
const OUTCOMES: Readonly<Record<HttpRequest['method'], OutcomeOf>> = {
	GET: (status, details) => (isPlainRefusal(status, details) ? 'rejected' : 'unavailable'),
	POST: createOutcome,
	PUT: changeOutcome,
	DELETE: changeOutcome,
};

function isPlainRefusal(status: number, { isImburse }: ErrorBody): boolean {
	return status >= 400 && status < 500 && status !== 429 && isImburse;
}

function changeOutcome(status: number, details: ErrorBody): Outcome {
	if (REFUSED_BEFORE_WORK.has(status)) return 'rejected';
	return isPlainRefusal(status, details) ? 'rejected' : 'unknown';
}

function createOutcome(status: number, { codes }: ErrorBody): Outcome {
	if (REFUSED_BEFORE_WORK.has(status)) return 'rejected';
	const allKnown = codes.length > 0 && codes.every((code) => codeSentence(code) !== undefined);
	return status === 400 && allKnown ? 'rejected' : 'unknown';
}
