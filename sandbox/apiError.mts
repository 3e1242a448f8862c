import { errorMessages, type ErrorCode } from './errorCodes.mts';

/** One entry of `errors[]`: the code, and the values for the placeholders of its message. */
export interface ErrorEntry {
	code: ErrorCode;
	values?: Readonly<Record<string, number>>;
}

/** An entry whose code and message are not in the sandbox's table. */
export interface CustomErrorEntry {
	code: string;
	message: string;
}

/** Thrown to refuse a request. `reason` goes only into the request log: Imburse's body has no field for it. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly entries: readonly ErrorEntry[],
		readonly reason?: string,
	) {
		super(reason ?? entries.map(({ code }) => code).join(', '));
	}
}

export function apiError(status: number, code: ErrorCode, reason?: string): ApiError {
	return new ApiError(status, [{ code }], reason);
}

/** Validation answers 400 (API reference 4.1, observed), with every error in one response (inferred). */
export function throwIfAny(entries: readonly ErrorEntry[]): void {
	if (entries.length > 0) throw new ApiError(400, entries);
}

export interface ErrorContext {
	/** Imburse's ID of the call. */
	correlationId: string;
	/** The caller's `X-Correlation-ID`. */
	callerCorrelationId: string | undefined;
	/** Epoch milliseconds. */
	now: number;
	/** Seconds in the samples of 2019, milliseconds in those of 2023 (API reference 6, shape C). */
	version: 'v1' | 'v2';
}

/**
 * Error body shape C (API reference 6, documented and observed): the outer correlation ID is
 * Imburse's, the inner one the caller's or, when none was sent, Imburse's again.
 */
export function errorBody(
	entries: ReadonlyArray<ErrorEntry | CustomErrorEntry>,
	context: ErrorContext,
): object {
	const { correlationId, callerCorrelationId, now, version } = context;
	return {
		timestamp: version === 'v1' ? Math.floor(now / 1000) : now,
		correlationId,
		errors: entries.map((entry) => {
			const text = 'message' in entry ? entry.message : errorMessages[entry.code];
			const messageTemplate = `${text} Correlation ID: {correlationId}`;
			const values = 'values' in entry ? entry.values : {};
			const metadata = { correlationId: callerCorrelationId ?? correlationId, ...values };
			return {
				errorCode: entry.code,
				message: fillTemplate(messageTemplate, metadata),
				messageTemplate,
				metadata,
			};
		}),
	};
}

/**
 * Error body shape D, that of the gateway (API reference 6, documented for 401 on the configuration
 * pages, also with `type` and `trace.buildId`). The contents of the fields, and the unit of the
 * timestamp, are inferred.
 */
export function problemBody(
	status: number,
	title: string,
	detail: string,
	instance: string,
	{ correlationId, now }: ErrorContext,
): object {
	return {
		type: `https://httpproblems.com/http-status/${status}`,
		status,
		title,
		detail,
		instance,
		trace: { timestamp: now, requestId: correlationId, buildId: 'sandbox' },
	};
}

function fillTemplate(template: string, values: Readonly<Record<string, string | number>>): string {
	return template.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
		String(values[name] ?? placeholder),
	);
}
