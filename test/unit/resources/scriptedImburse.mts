import type { ImburseFailure } from '../../../nodes/Imburse/api/errors/failure.ts';
import type { ImburseRequest } from '../../../nodes/Imburse/api/request.ts';
import type { ApiResponse, ApiResult } from '../../../nodes/Imburse/api/client.ts';
import type { OperationClient } from '../../../nodes/Imburse/operation.ts';
import type { Money } from '../../../nodes/Imburse/validation/spendingLimits.ts';

/** What an operation ended its item with. */
export class Ended extends Error {
	constructor(readonly failure: Partial<ImburseFailure>) {
		super(failure.message);
	}
}

/** The other end of an operation's calls: what it answers is scripted, and no time passes. */
export interface ScriptedImburse extends OperationClient {
	requests: ImburseRequest[];
	/** Milliseconds of each pause, in their order. */
	pauses: number[];
	/** What was counted against the limits, and how many requests had been made by then. */
	counted: Array<{ money: Money; requests: number }>;
}

const MOST_REQUESTS = 1_000;

/** Answers each request as the script says; pauses only move the clock. */
export function scriptedImburse(script: (request: ImburseRequest) => ApiResult): ScriptedImburse {
	const requests: ImburseRequest[] = [];
	const pauses: number[] = [];
	const counted: ScriptedImburse['counted'] = [];
	const attempt = async (request: ImburseRequest) => {
		requests.push(request);
		// Otherwise a wait without an end would hang the test.
		if (requests.length > MOST_REQUESTS) throw new Error('The operation asks without end.');
		return script(request);
	};
	return {
		requests,
		pauses,
		counted,
		attempt,
		unlessUnderWay: async (work) => await work(),
		request: async (request) => {
			const answer = await attempt(request);
			if (!answer.ok) throw new Ended(answer.failure);
			return answer.response;
		},
		delay: async (milliseconds) => {
			pauses.push(milliseconds);
		},
		fail: (outcome, message, description, { failed, ...known } = {}) => {
			throw new Ended({ ...failed, outcome, message, description, ...known });
		},
		failWith: (failure) => {
			throw new Ended(failure);
		},
		countMoney: ({ amount, currency }) => {
			counted.push({ money: { amount, currency }, requests: requests.length });
		},
		elapsed: () => pauses.reduce((sum, milliseconds) => sum + milliseconds, 0),
	};
}

export function answered(value: unknown, headers: ApiResponse['headers'] = {}): ApiResult {
	return {
		ok: true,
		response: { status: 200, value, headers, correlationId: null, clientCorrelationId: 'own' },
	};
}

export function unanswered(failure: Partial<ImburseFailure>): ApiResult {
	const whole = { reason: 'no answer came', ...failure } as ImburseFailure;
	return { ok: false, failure: whole, withOutcome: (outcome) => ({ ...whole, outcome }) };
}
