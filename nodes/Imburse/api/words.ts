import { ENDPOINTS, type EndpointName } from './endpoints';
import type { ErrorDetails } from './errorBody';
import { codeSentence } from './errorCodes';
import type { ImburseFailure, Outcome } from './failure';
import type { Judgement } from './judgement';
import { statusMeaning } from './statusTable';
import type { TokenError } from './tokenExchange';
import type { FaultKind, TransportFault } from './transportFault';
import type { WireAnswer } from './wire';

/** What was asked of Imburse, as the messages speak of it. */
export interface Asked {
	/** Such as `Payment Order "CLAIM-17"`. */
	subject: string;
	/** The item's number as a person counts: the first is 1. */
	item: number;
	endpoint: EndpointName;
	/** Host of the environment, for errors that depend on it. */
	host: string;
	environment: string;
	/** Sent as `x-correlation-id`. */
	correlationId: string;
	attempts: number;
}

type Refusal = Extract<Judgement, { ok: false }>;

/** The failure that an answer amounts to. */
export function answerFailure(asked: Asked, answer: WireAnswer, refusal: Refusal): ImburseFailure {
	const { details, outcome } = refusal;
	return {
		message: answerMessage(asked, answer.status, refusal),
		description: [
			answerAdvice(asked, answer.status, refusal),
			`Imburse answered ${answer.status}, ${statusMeaning(answer.status)}.`,
			codesLine(details),
			ownWords(details),
			supportLine(details.correlationId, asked.correlationId),
		]
			.filter((line) => line !== '')
			.join(' '),
		httpStatus: answer.status,
		statusMeaning: statusMeaning(answer.status),
		errorCodes: details.codes,
		correlationId: details.correlationId,
		clientCorrelationId: asked.correlationId,
		retryable: isRetryable(outcome, answer.status),
		outcome,
		attempts: asked.attempts,
	};
}

/** The failure when no answer came at all. */
export function faultFailure(asked: Asked, fault: TransportFault): ImburseFailure {
	const isRead = ENDPOINTS[asked.endpoint].method === 'GET';
	const outcome = isRead ? 'unavailable' : fault.maybeReceived ? 'unknown' : 'rejected';
	const reason = FAULTS[fault.kind](asked.host);
	return {
		message: `${opening(asked, outcome)}: ${reason}`,
		description: [
			outcome === 'unknown' ? RUN_AGAIN : FAULT_ADVICE[fault.kind],
			fault.code === '' ? '' : `The network reported ${fault.code}.`,
			supportLine(null, asked.correlationId),
		]
			.filter((line) => line !== '')
			.join(' '),
		httpStatus: null,
		statusMeaning: null,
		errorCodes: [],
		correlationId: null,
		clientCorrelationId: asked.correlationId,
		retryable: true,
		outcome,
		attempts: asked.attempts,
	};
}

/** The failure when there was no access token, so that the request itself was never sent. */
export function tokenFailure(asked: Asked, error: TokenError): ImburseFailure {
	return {
		message: `${asked.subject} (item ${asked.item}) was not sent: no access token could be had`,
		description: error.message,
		httpStatus: null,
		statusMeaning: null,
		errorCodes: [],
		correlationId: error.correlationId,
		clientCorrelationId: asked.correlationId,
		retryable: error.problem === 'unreachable' || error.problem === 'unavailable',
		outcome: ENDPOINTS[asked.endpoint].method === 'GET' ? 'unavailable' : 'rejected',
		attempts: 0,
	};
}

/** The failure that an operation of several calls sees by itself, in words of its own. */
export function operationFailure(
	asked: Asked,
	outcome: Outcome,
	message: string,
	description: string,
): ImburseFailure {
	return {
		message,
		description: `${description} ${supportLine(null, asked.correlationId)}`,
		httpStatus: null,
		statusMeaning: null,
		errorCodes: [],
		correlationId: null,
		clientCorrelationId: asked.correlationId,
		retryable: outcome === 'timeout' || outcome === 'unknown',
		outcome,
		attempts: asked.attempts,
	};
}

const RUN_AGAIN =
	'Run it again with the same reference: Imburse takes a reference only once, so this cannot make a second one. Do not change the reference.';

function answerMessage(asked: Asked, status: number, refusal: Refusal): string {
	const { details, outcome, unreadable } = refusal;
	const reasons = sentences(details);
	if (outcome === 'rejected' && isNotFound(status, details)) {
		return `Imburse has no ${asked.subject} (item ${asked.item})`;
	}
	if (outcome === 'rejected') {
		const why = STATUS_REASONS.get(status) || reasons || `it answered ${status}`;
		return `Imburse refused ${asked.subject} for item ${asked.item}: ${why}`;
	}
	const seen = unreadable
		? `the answer with status ${status} was ${unreadable} instead of Imburse's own form`
		: `Imburse answered ${status}${reasons ? `, ${reasons}` : ''}`;
	return `${opening(asked, outcome)}: ${seen}`;
}

function opening({ subject, item }: Asked, outcome: Outcome): string {
	if (outcome === 'unknown') return `It is not known whether ${subject} (item ${item}) was made`;
	if (outcome === 'unavailable') return `${subject} (item ${item}) could not be read`;
	return `${subject} (item ${item}) was not sent`;
}

/** Imburse's own words where a code is new to the node; a plain sentence where it is known. */
function sentences({ errors }: ErrorDetails): string {
	return errors
		.map(({ code, message }) => (code && codeSentence(code)) || message || code)
		.join('; ');
}

const STATUS_REASONS: ReadonlyMap<number, string> = new Map([
	[401, 'the access token was not accepted'],
	[403, 'this key may not do that'],
	[429, 'too many requests at once'],
]);

function isNotFound(status: number, { codes }: ErrorDetails): boolean {
	return status === 404 || codes.some((code) => code.endsWith('_NOT_FOUND'));
}

function answerAdvice(asked: Asked, status: number, { outcome, details }: Refusal): string {
	if (outcome === 'unknown') return RUN_AGAIN;
	if (status === 401) {
		return 'Test the Imburse credential: the key may have been revoked, or the Account ID or Tenant ID belongs to another key.';
	}
	if (status === 403) {
		const roles = ENDPOINTS[asked.endpoint].roles.join(' or ');
		return `Ask your Imburse administrator to give the key the role ${roles}, and to allow the address of this n8n if there is a list of allowed addresses.`;
	}
	if (status === 429) return 'Run it again in a little while, with the same reference.';
	if (isNotFound(status, details)) {
		return `Check the reference. Is this the right environment? The credential uses ${asked.environment} (${asked.host}), and each environment has orders of its own.`;
	}
	if (details.codes.some((code) => code.endsWith('_ALREADY_EXISTS'))) {
		return 'It was made by an earlier run or by somebody else. Read it with the operation Get, and compare it before you do anything else. Do not change the reference to get it through.';
	}
	if (outcome === 'unavailable') {
		return 'Nothing was changed. Run it again; if it stays so, ask Imburse whether there is an outage.';
	}
	return 'Correct the value in your data and run it again. Nothing was made.';
}

function isRetryable(outcome: Outcome, status: number): boolean {
	return outcome === 'unknown' || outcome === 'unavailable' || status === 429;
}

function codesLine({ codes }: ErrorDetails): string {
	return codes.length === 0 ? '' : `Imburse's code: ${codes.join(', ')}.`;
}

/** Imburse's sentences, where the message shows the node's own in their place. */
function ownWords({ messages }: ErrorDetails): string {
	return messages.length === 0 ? '' : `Imburse's words: ${messages.join(' ')}`;
}

function supportLine(imburse: string | null, own: string): string {
	const theirs = imburse ? `${imburse} (Imburse's) and ` : '';
	return `For Imburse's support, quote correlation ID ${theirs}${own} (yours).`;
}

const FAULTS: Readonly<Record<FaultKind, (host: string) => string>> = {
	dns: (host) => `the name ${host} is not known on this network`,
	refused: (host) => `${host} refused the connection`,
	tls: (host) => `no secure (TLS) connection to ${host} could be made or kept`,
	timeout: (host) => `${host} did not answer in time`,
	cancelled: () => 'the run was stopped',
	lost: (host) => `the connection to ${host} was lost before the answer came`,
};

const FAULT_ADVICE: Readonly<Record<FaultKind, string>> = {
	dns: 'Check the Environment and the Base URL of the credential, and whether this n8n may reach the internet.',
	refused: 'Check the Environment and the Base URL of the credential, and any firewall in between.',
	tls: 'Its certificate may not be trusted, or a proxy may stand in between. Ask your administrator; do not switch the check off for payments.',
	timeout: 'Run it again in a little while.',
	cancelled: 'Run it again with the same reference.',
	lost: 'Run it again in a little while.',
};
