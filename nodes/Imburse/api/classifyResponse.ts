import { ENDPOINTS, type EndpointName } from './endpoints';
import { isAboutRequest, isProblem, parseErrorBody, type ErrorBody } from './errors/errorBody';
import { codeSentence, isValidationCode } from './errors/errorCodes';
import type { Outcome, ResponseClass } from './errors/failure';
import type { UnsuccessfulResponse } from './errors/messages';
import type { HttpRequest, HttpResponse } from './http';
import { parseResponseBody, type ResponseBody } from './responseBody';

/** What a response comes to: the value of a success, or how sure the failure is. */
export type ClassifiedResponse =
	| { ok: true; value: unknown; correlationId: string | null }
	| ({ ok: false } & UnsuccessfulResponse);

/**
 * Classifies a response by what it proves. A write whose response is neither a success nor a plain
 * refusal may have happened all the same, and is called unknown.
 */
export function classifyResponse(
	endpoint: EndpointName,
	{ status, text, headers }: HttpResponse,
): ClassifiedResponse {
	const body = parseResponseBody(text);
	const error = parseErrorBody(body, headers);
	const { method, success } = ENDPOINTS[endpoint];
	const succeeded = (success as readonly number[]).includes(status) && !reportsError(body, error);
	if (succeeded && (method === 'GET' ? holdsData(body) : body.kind !== 'unreadable')) {
		const value = body.kind === 'json' ? body.value : null;
		return { ok: true, value, correlationId: error.correlationId };
	}
	return {
		ok: false,
		outcome: OUTCOME_BY_METHOD[method](status, error),
		responseClass: responseClassOf(status, error),
		error,
		unreadable: body.kind === 'unreadable' ? body.looksLike : null,
	};
}

function reportsError(body: ResponseBody, { codes }: ErrorBody): boolean {
	return codes.length > 0 || isProblem(body);
}

/** Every documented response to a read is an object or a list. */
function holdsData(body: ResponseBody): boolean {
	const isData = body.kind === 'json' && typeof body.value === 'object' && body.value !== null;
	return isData && !isAboutRequest(body);
}

/** Imburse answers so before it has done anything (API reference 6, introduction's table). */
const BEFORE_WORK: ReadonlySet<number> = new Set([401, 403, 429]);
const CONFLICT = 409;
const NOT_FOUND = 404;

/**
 * What the response proves. A duplicate is documented as 409 and was observed as 400, a missing
 * thing as 404 and as 400 (API reference 9, rows 8 and 9), so the code counts before the status. A
 * 404 that has not Imburse's own shape may come from any gateway and proves nothing.
 */
function responseClassOf(status: number, error: ErrorBody): ResponseClass {
	if (BEFORE_WORK.has(status)) return 'notProcessed';
	if (status === CONFLICT || saysThatItExists(error)) return 'alreadyExists';
	if (!isClientError(status) || !error.isImburse) return 'unclear';
	if (status === NOT_FOUND || error.codes.some((code) => code.endsWith('_NOT_FOUND'))) {
		return 'notFound';
	}
	return breaksFieldRules(status, error) ? 'notProcessed' : 'objected';
}

/** `ORDER_ALREADY_EXISTS` is expected (API reference 6), its spelling was never observed. */
function saysThatItExists({ codes, messages }: ErrorBody): boolean {
	return [...codes, ...messages].some((text) => /already.?exist|duplicate|_EXISTS$/i.test(text));
}

function breaksFieldRules(status: number, { codes, errors }: ErrorBody): boolean {
	const isCodesOnly = codes.length > 0 && codes.length === errors.length;
	return status === 400 && isCodesOnly && codes.every(isValidationCode);
}

function isClientError(status: number): boolean {
	return status >= 400 && status < 500;
}

type OutcomeOf = (status: number, error: ErrorBody) => Outcome;

/** A refused change cannot mean "it exists already"; a refused create can. */
const OUTCOME_BY_METHOD: Readonly<Record<HttpRequest['method'], OutcomeOf>> = {
	GET: (status, error) => (isPlainRefusal(status, error) ? 'rejected' : 'unavailable'),
	POST: createOutcome,
	PUT: changeOutcome,
	DELETE: changeOutcome,
};

function isPlainRefusal(status: number, { isImburse }: ErrorBody): boolean {
	return isClientError(status) && status !== 429 && isImburse;
}

function changeOutcome(status: number, error: ErrorBody): Outcome {
	if (BEFORE_WORK.has(status)) return 'rejected';
	return isPlainRefusal(status, error) ? 'rejected' : 'unknown';
}

function createOutcome(status: number, { codes }: ErrorBody): Outcome {
	if (BEFORE_WORK.has(status)) return 'rejected';
	const allKnown = codes.length > 0 && codes.every((code) => codeSentence(code) !== undefined);
	return status === 400 && allKnown ? 'rejected' : 'unknown';
}
