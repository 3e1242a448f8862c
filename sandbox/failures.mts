import { errorTexts, type ErrorCode } from './error-codes.mts';

/** One entry of `errors[]`: the code, and what fills the placeholders of its text. */
export interface Problem {
	code: ErrorCode;
	values?: Readonly<Record<string, number>>;
}

/** A problem with a code and a text that are not the sandbox's own. */
export interface WordedProblem {
	code: string;
	text: string;
}

/** Thrown by whatever refuses a call. `reason` is for the journal only, Imburse's body has no room for it. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		readonly problems: readonly Problem[],
		readonly reason?: string,
	) {
		super(reason ?? problems.map((problem) => problem.code).join(', '));
	}
}

export function refusal(status: number, code: ErrorCode, reason?: string): Refusal {
	return new Refusal(status, [{ code }], reason);
}

/** Validation answers 400 (API reference 4.1, observed), with every problem in one answer (inferred). */
export function refuseIfAny(problems: readonly Problem[]): void {
	if (problems.length > 0) throw new Refusal(400, problems);
}

export interface FailureContext {
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
	problems: ReadonlyArray<Problem | WordedProblem>,
	context: FailureContext,
): object {
	const { correlationId, callerCorrelationId, now, version } = context;
	return {
		timestamp: version === 'v1' ? Math.floor(now / 1000) : now,
		correlationId,
		errors: problems.map((problem) => {
			const text = 'text' in problem ? problem.text : errorTexts[problem.code];
			const messageTemplate = `${text} Correlation ID: {correlationId}`;
			const values = 'values' in problem ? problem.values : {};
			const metadata = { correlationId: callerCorrelationId ?? correlationId, ...values };
			return {
				errorCode: problem.code,
				message: fill(messageTemplate, metadata),
				messageTemplate,
				metadata,
			};
		}),
	};
}

/**
 * Error body shape D (API reference 6, documented for 401 on the configuration pages). What stands
 * in `instance` and the unit of the timestamp are inferred.
 */
export function problemBody(
	status: number,
	title: string,
	detail: string,
	instance: string,
	{ correlationId, now }: FailureContext,
): object {
	return { status, title, detail, instance, trace: { timestamp: now, requestId: correlationId } };
}

function fill(template: string, values: Readonly<Record<string, string | number>>): string {
	return template.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
		String(values[name] ?? placeholder),
	);
}
