import type { AnswerBody } from './answerBody';

/** What an error answer says, whichever of Imburse's body shapes it has. */
export interface ErrorDetails {
	/** Imburse's codes, such as `CUSTOMER_REF_IS_REQUIRED`, in the order of the answer. */
	codes: string[];
	/** Imburse's own sentences, in the order of the answer. */
	messages: string[];
	/** The id under which Imburse finds the request. */
	correlationId: string | null;
	/** Whether the body has one of Imburse's shapes; a gateway's has not. */
	isImburse: boolean;
}

const NOTHING: ErrorDetails = { codes: [], messages: [], correlationId: null, isImburse: false };

/**
 * Reads all documented shapes (API reference 6): `errors[]` (2019 until today), `errorCodes[]`
 * (June 2019), problem style with `title` and `detail` (2023), and the seed's bare
 * `correlation-id`. The outer `correlationId` is Imburse's; the one inside an error's metadata
 * is the caller's own and is not read.
 */
export function readErrorBody(body: AnswerBody, headers: Record<string, string>): ErrorDetails {
	const header = headers['x-correlation-id'] ?? headers['correlation-id'] ?? null;
	if (body.kind !== 'json' || !isRecord(body.value)) return { ...NOTHING, correlationId: header };
	const answer = body.value;
	const errors = records(answer.errors);
	const codes = [...texts(errors.map((error) => error.errorCode)), ...texts(answer.errorCodes)];
	const messages = texts(errors.map((error) => error.message));
	const problem = texts([answer.title, answer.detail]);
	const correlationId = imburseId(answer);
	return {
		codes,
		messages: messages.length > 0 ? messages : problem,
		correlationId: correlationId ?? header,
		isImburse: codes.length > 0 || messages.length > 0 || correlationId !== null,
	};
}

function imburseId(answer: Record<string, unknown>): string | null {
	const trace = isRecord(answer.trace) ? answer.trace.requestId : undefined;
	return texts([answer.correlationId, answer['correlation-id'], trace])[0] ?? null;
}

function records(value: unknown): Array<Record<string, unknown>> {
	return Array.isArray(value) ? value.filter(isRecord) : [];
}

function texts(value: unknown): string[] {
	if (!Array.isArray(value)) return [];
	return value.filter((entry): entry is string => typeof entry === 'string' && entry !== '');
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
