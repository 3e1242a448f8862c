import type { ResponseBody } from '../responseBody';
import { isJsonObject, type JsonObject } from '../../validation/jsonObject';

/** What an error response says, whichever of Imburse's body shapes it has. */
export interface ErrorBody {
	/** Imburse's codes, such as `CUSTOMER_REF_IS_REQUIRED`, in the order of the response. */
	codes: string[];
	/** Imburse's own sentences, in the order of the response. */
	messages: string[];
	/** Each error with what it has of the two, in the order of the response. */
	errors: Array<{ code: string | null; message: string | null }>;
	/** The id under which Imburse finds the request. */
	correlationId: string | null;
	/** Whether the body has one of Imburse's shapes; that of a strange gateway has not. */
	isImburse: boolean;
	/**
	 * Whether Imburse's own gateway has answered, and not the services behind it (API reference 6,
	 * shape D, inferred).
	 */
	isOfGateway: boolean;
}

const NOTHING: ErrorBody = {
	codes: [],
	messages: [],
	errors: [],
	correlationId: null,
	isImburse: false,
	isOfGateway: false,
};

/**
 * Reads all documented shapes (API reference 6): `errors[]` (2019 until today), `errorCodes[]`
 * (June 2019), problem style with `title` and `detail` (2023), and the seed's bare
 * `correlation-id`. The outer `correlationId` is Imburse's; the one inside an error's metadata
 * is the caller's own and is not read.
 */
export function parseErrorBody(body: ResponseBody, headers: Record<string, string>): ErrorBody {
	const header = text(headers['x-correlation-id'] ?? headers['correlation-id']);
	if (body.kind !== 'json' || !isJsonObject(body.value))
		return { ...NOTHING, correlationId: header };
	const json = body.value;
	const listed = withinLimit([...fromErrors(json.errors), ...fromCodes(json.errorCodes)]);
	const errors = listed.length > 0 ? listed : fromProblem(json);
	const correlationId = imburseId(json);
	return {
		codes: texts(errors.map(({ code }) => code)),
		messages: texts(errors.map(({ message }) => message)),
		errors,
		correlationId: correlationId ?? header,
		isImburse: listed.length > 0 || correlationId !== null,
		isOfGateway: listed.length === 0 && typeof json.title === 'string' && isJsonObject(json.trace),
	};
}

function fromErrors(value: unknown): ErrorBody['errors'] {
	return records(value)
		.map(({ errorCode, message }) => ({ code: text(errorCode), message: text(message) }))
		.filter(({ code, message }) => code !== null || message !== null);
}

function fromCodes(value: unknown): ErrorBody['errors'] {
	return texts(value).map((code) => ({ code, message: null }));
}

function fromProblem({ title, detail }: JsonObject): ErrorBody['errors'] {
	return texts([title, detail]).map((message) => ({ code: null, message }));
}

/**
 * With these the gateway in front of Imburse turns a request away by itself. With any other of its own,
 * such as 502 or 504, it may have handed the request on.
 */
const HELD_BACK: ReadonlySet<number> = new Set([400, 401, 403, 404, 405, 410, 413, 414, 415, 429]);

/** Whether the request did not reach Imburse's services (API reference 6, shape D, inferred). */
export function isHeldBack(status: number, { isOfGateway }: ErrorBody): boolean {
	return isOfGateway && HELD_BACK.has(status);
}

/** Whether a body is a problem of 2023 (API reference 6, shape D), whatever status it came under. */
export function isProblem(body: ResponseBody): boolean {
	const status = problemStatus(body);
	return status !== undefined && status >= 400;
}

/**
 * Whether a body can only be about a request and not about what was asked for: API reference 6,
 * shapes A and D. No documented model has a status in figures, or a correlation ID and nothing else.
 */
export function isAboutRequest(body: ResponseBody): boolean {
	if (body.kind !== 'json' || !isJsonObject(body.value)) return false;
	const names = Object.keys(body.value);
	const isBareId = names.length > 0 && names.every((name) => /^correlation-?id$/i.test(name));
	return isBareId || problemStatus(body) !== undefined;
}

function problemStatus(body: ResponseBody): number | undefined {
	if (body.kind !== 'json' || !isJsonObject(body.value)) return undefined;
	const { status, title } = body.value;
	return typeof status === 'number' && typeof title === 'string' ? status : undefined;
}

function imburseId(json: JsonObject): string | null {
	const trace = isJsonObject(json.trace) ? json.trace.requestId : undefined;
	return texts([json.correlationId, json['correlation-id'], trace])[0] ?? null;
}

/** More than these nobody reads, and every failed item of a run keeps them. */
const MOST_ERRORS = 50;
/** Imburse's sentences and IDs are much shorter. Characters. */
const LONGEST_TEXT = 500;

/** The last of them says how many are left out, and proves nothing of these. */
function withinLimit(errors: ErrorBody['errors']): ErrorBody['errors'] {
	const leftOut = errors.length - MOST_ERRORS;
	if (leftOut <= 0) return errors;
	const message = `(${leftOut} more errors are left out)`;
	return [...errors.slice(0, MOST_ERRORS), { code: null, message }];
}

function records(value: unknown): JsonObject[] {
	return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function texts(value: unknown): string[] {
	if (!Array.isArray(value)) return [];
	return value
		.filter((entry): entry is string => typeof entry === 'string' && entry !== '')
		.map((entry) => (entry.length > LONGEST_TEXT ? `${entry.slice(0, LONGEST_TEXT)}…` : entry));
}

function text(value: unknown): string | null {
	return texts([value])[0] ?? null;
}
