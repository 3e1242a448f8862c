import type { ImburseFailure } from '../../../nodes/Imburse/api/errors/failure.ts';
import type { ImburseRequest } from '../../../nodes/Imburse/api/request.ts';
import type { ApiResult, OperationClient, ApiSuccess } from '../../../nodes/Imburse/operation.ts';

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
}

/** Answers each request as the script says; pauses only move the clock. */
export function scriptedImburse(script: (request: ImburseRequest) => ApiResult): ScriptedImburse {
	const requests: ImburseRequest[] = [];
	const pauses: number[] = [];
	const attempt = async (request: ImburseRequest) => {
		requests.push(request);
		return script(request);
	};
	return {
		requests,
		pauses,
		attempt,
		request: async (request) => {
			const answer = await attempt(request);
			if (!answer.ok) throw new Ended(answer.failure);
			return answer.success;
		},
		delay: async (milliseconds) => {
			pauses.push(milliseconds);
		},
		fail: (outcome, message, description, known) => {
			throw new Ended({ outcome, message, description, ...known });
		},
		elapsed: () => pauses.reduce((sum, milliseconds) => sum + milliseconds, 0),
	};
}

export function answered(value: unknown, headers: ApiSuccess['headers'] = {}): ApiResult {
	return {
		ok: true,
		success: {
			status: 200,
			value,
			headers,
			environment: 'sandbox',
			correlationId: 'own',
			imburseId: null,
			attempts: 1,
		},
	};
}

export function unanswered(failure: Partial<ImburseFailure>, reason = 'no answer came'): ApiResult {
	return { ok: false, failure: failure as ImburseFailure, reason };
}
