import { isJsonObject } from '../validation/jsonObject';
import { ENDPOINTS, type EndpointName } from './endpoints';
import {
	isAboutRequest,
	isHeldBack,
	isProblem,
	parseErrorBody,
	type ErrorBody,
} from './errors/errorBody';
import { INSTRUCTION_CANCELLED, isValidationCode, provesNothingDone } from './errors/errorCodes';
import type { Outcome, ResponseClass } from './errors/failure';
import type { UnsuccessfulResponse } from './errors/messages';
import type { HttpRequest, HttpResponse } from './http';
import { NOT_OFFERED } from './errors/statusTable';
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
	const { method } = ENDPOINTS[endpoint];
	const succeeded = isSuccess(status) && !reportsError(body, error);
	if (succeeded && (method === 'GET' ? holdsData(body) : canAnswerWrite(endpoint, body))) {
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

/** Any 2xx is a success (introduction, "Error Codes", documented; API reference 6). */
function isSuccess(status: number): boolean {
	return status >= 200 && status < 300;
}

function reportsError(body: ResponseBody, { codes }: ErrorBody): boolean {
	return codes.length > 0 || isProblem(body);
}

/** Every documented response to a read is an object or a list. */
function holdsData(body: ResponseBody): boolean {
	const isData = body.kind === 'json' && typeof body.value === 'object' && body.value !== null;
	return isData && !isAboutRequest(body);
}

/** Calls that are answered with nothing or with the thing itself (API reference 4.1), and read back. */
const CREATES: ReadonlySet<EndpointName> = new Set(['createOrder', 'createInstruction']);

/**
 * Whatever names errors, in whichever form, is no success of a write. Any other body is one, as any 2xx
 * is; but a create whose answer is neither empty nor an object is looked up before it counts as made.
 */
function canAnswerWrite(endpoint: EndpointName, body: ResponseBody): boolean {
	if (body.kind !== 'json') return body.kind === 'empty';
	const { value } = body;
	if (isJsonObject(value)) return !('errors' in value || 'errorCodes' in value);
	return value === null || !CREATES.has(endpoint);
}

/** Imburse answers so before it has done anything (API reference 6, introduction's table). */
const BEFORE_WORK: ReadonlySet<number> = new Set([401, 403, 429]);
const CONFLICT = 409;
const NOT_FOUND = 404;

function isDeclined(status: number, error: ErrorBody): boolean {
	if (BEFORE_WORK.has(status) || isHeldBack(status, error)) return true;
	return NOT_OFFERED.has(status) && error.isImburse;
}

/**
 * What the response proves. A duplicate is documented as 409 and was observed as 400, a missing
 * thing as 404 and as 400 (API reference 9, rows 8 and 9), so the code counts before the status. A
 * 404 that has not Imburse's own shape may come from any gateway and proves nothing.
 */
function responseClassOf(status: number, error: ErrorBody): ResponseClass {
	if (BEFORE_WORK.has(status)) return 'notProcessed';
	if (isClientError(status) && error.codes.includes(INSTRUCTION_CANCELLED)) return 'cancelled';
	if (status === CONFLICT || saysThatItExists(error)) return 'alreadyExists';
	if (isDeclined(status, error)) return 'notProcessed';
	if (!isClientError(status) || !error.isImburse) return 'unclear';
	if (status === NOT_FOUND || error.codes.some((code) => code.endsWith('_NOT_FOUND'))) {
		return 'notFound';
	}
	return breaksFieldRules(status, error) ? 'notProcessed' : 'objected';
}

/**
 * `ORDER_ALREADY_EXISTS` is expected (API reference 6), its spelling was never observed. A rule of a
 * field such as `METADATA_DUPLICATED_KEY` says nothing of the kind.
 */
function saysThatItExists({ errors }: ErrorBody): boolean {
	const others = errors.filter(({ code }) => code === null || !isValidationCode(code));
	const texts = others.flatMap(({ code, message }) => [code ?? '', message ?? '']);
	return texts.some((text) => /already.?exist|duplicate|_EXISTS$/i.test(text));
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
	GET: readOutcome,
	POST: createOutcome,
	PUT: changeOutcome,
	DELETE: changeOutcome,
};

function isPlainRefusal(status: number, error: ErrorBody): boolean {
	return isClientError(status) && !PROVES_LITTLE.has(status) && error.isImburse;
}

/** Too many calls, and calls that were given up while they were under way (RFC 9110; 499 of proxies). */
const PROVES_LITTLE: ReadonlySet<number> = new Set([408, 429, 499]);

/** What the gateway turns away says nothing of the thing that was to be read. */
function readOutcome(status: number, error: ErrorBody): Outcome {
	if (isHeldBack(status, error) && !REFUSED_KEY.has(status)) return 'unavailable';
	return isPlainRefusal(status, error) ? 'rejected' : 'unavailable';
}

const REFUSED_KEY: ReadonlySet<number> = new Set([401, 403]);

function changeOutcome(status: number, error: ErrorBody): Outcome {
	return isDeclined(status, error) || isPlainRefusal(status, error) ? 'rejected' : 'unknown';
}

function createOutcome(status: number, error: ErrorBody): Outcome {
	if (isDeclined(status, error)) return 'rejected';
	const { codes } = error;
	const allKnown = codes.length > 0 && codes.every(provesNothingDone);
	return status === 400 && allKnown ? 'rejected' : 'unknown';
}
