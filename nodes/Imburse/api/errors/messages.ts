import { ENDPOINTS, type EndpointName } from '../endpoints';
import {
	answerFacts,
	faultFacts,
	isNotFound,
	NO_FACTS,
	sentences,
	type Facts,
} from './failureDetails';
import type { ImburseFailure, Outcome } from './failure';
import type { Judgement } from '../classifyResponse';
import { statusMeaning } from './statusTable';
import type { TokenError, TokenProblem } from '../auth/tokenExchange';
import type { NetworkErrorKind, NetworkError } from './networkError';
import type { HttpResponse } from '../http';

/** What was asked of Imburse, as the messages speak of it. */
export interface Asked {
	/** Such as `Payment Order "CLAIM-17"`. */
	label: string;
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

export type Refusal = Extract<Judgement, { ok: false }>;

/** The failure that an answer amounts to. */
export function answerFailure(
	asked: Asked,
	answer: HttpResponse,
	refusal: Refusal,
): ImburseFailure {
	return composed(
		asked,
		refusal.outcome,
		answerMessage(asked, answer.status, refusal),
		answerAdvice(asked, answer.status, refusal),
		answerFacts(answer.status, refusal.details),
	);
}

/** The failure when no answer came at all. */
export function faultFailure(asked: Asked, fault: NetworkError): ImburseFailure {
	const outcome = isRead(asked)
		? 'unavailable'
		: fault.mayHaveReachedServer
			? 'unknown'
			: 'notSent';
	return composed(
		asked,
		outcome,
		`${opening(asked, outcome)}: ${faultReason(asked, fault)}`,
		outcome === 'unknown' ? repeatAdvice(asked.endpoint) : FAULT_ADVICE[fault.kind],
		faultFacts(fault),
	);
}

/** The failure when there was no access token, so that the request itself was never sent. */
export function tokenFailure(asked: Asked, error: TokenError): ImburseFailure {
	const mayPass = error.problem === 'unreachable' || error.problem === 'unavailable';
	const outcome = isRead(asked) ? 'unavailable' : 'notSent';
	return {
		message: `${opening(asked, outcome)}: ${tokenReason(error)}`,
		description: error.message,
		httpStatus: error.httpStatus,
		statusMeaning: error.httpStatus === null ? null : statusMeaning(error.httpStatus),
		errorCodes: [],
		correlationId: error.correlationId,
		clientCorrelationId: null,
		retryable: mayPass,
		outcome,
		attempts: 0,
	};
}

/** Why there was no access token, as a clause. */
export function tokenReason({ problem }: TokenError): string {
	return `no access token could be had${TOKEN_REASONS[problem]}`;
}

const TOKEN_REASONS: Readonly<Record<TokenProblem, string>> = {
	credential: '',
	keys: ', because Imburse refused the keys',
	clock: ', because the clock of this n8n is wrong',
	unreachable: ', because Imburse cannot be reached',
	unavailable: '',
};

/** The failure that an operation of several calls sees by itself, in words of its own. */
export function operationFailure(
	asked: Asked,
	outcome: Outcome,
	message: string,
	description: string,
	facts: Facts = NO_FACTS,
): ImburseFailure {
	return composed(asked, outcome, message, description, facts);
}

/** The failure when the node itself makes a mistake: what it has sent may have been carried out. */
export function mistakeFailure(asked: Asked, error: unknown): ImburseFailure {
	const reason = error instanceof Error ? error.message : String(error);
	const outcome = isRead(asked) ? 'unavailable' : asked.attempts > 0 ? 'unknown' : 'notSent';
	return composed(
		asked,
		outcome,
		`${opening(asked, outcome)}: the Imburse node made a mistake (${reason})`,
		`${outcome === 'unknown' ? RUN_AGAIN : 'Nothing was changed.'} Please report it to the makers of this node.`,
		NO_FACTS,
	);
}

/** A failure out of its parts; what is certain and the two IDs stand behind what to do. */
export function composed(
	asked: Asked,
	outcome: Outcome,
	message: string,
	advice: string,
	{ httpStatus, errorCodes, correlationId, lines }: Facts,
): ImburseFailure {
	return {
		message,
		description: [advice, ...lines, supportLine(correlationId, asked.correlationId)].join(' '),
		httpStatus,
		statusMeaning: httpStatus === null ? null : statusMeaning(httpStatus),
		errorCodes,
		correlationId,
		clientCorrelationId: asked.correlationId,
		retryable: MAY_PASS.has(outcome) || httpStatus === 429,
		outcome,
		attempts: asked.attempts,
	};
}

/** With these, running the item again with the same references is safe and may help. */
const MAY_PASS: ReadonlySet<Outcome> = new Set(['unknown', 'unavailable', 'timeout', 'notSent']);

/** What to do about every create of which nobody knows whether it was made. */
export const RUN_AGAIN =
	'Run it again with the same reference: the node will find out, and Imburse takes a reference only once, so this cannot make a second one. Do not change the reference.';

/** A change that is made once more comes to the same. */
const CHANGE_AGAIN = 'Run it again with the same data: that changes nothing twice.';

/** What to do about a call of which nobody knows what became of it. */
export function repeatAdvice(endpoint: EndpointName): string {
	return isChange(endpoint) ? CHANGE_AGAIN : RUN_AGAIN;
}

function answerMessage(asked: Asked, status: number, refusal: Refusal): string {
	const { details, outcome } = refusal;
	if (outcome === 'rejected' && isRead(asked) && isNotFound(status, details)) {
		return `Imburse has no ${asked.label} (item ${asked.item})`;
	}
	if (outcome === 'rejected') {
		const why = STATUS_REASONS.get(status) || sentences(details) || wordless(status);
		return `Imburse refused ${asked.label} for item ${asked.item}: ${why}`;
	}
	return `${opening(asked, outcome)}: ${answerReason(status, refusal)}`;
}

/** Why an answer leaves something open, as a clause. */
export function answerReason(status: number, { details, unreadable }: Refusal): string {
	if (isRedirect(status)) return `Imburse answered ${status}, ${REDIRECTED}`;
	if (unreadable) {
		return `the answer with status ${status} was ${unreadable} instead of Imburse's own form`;
	}
	const reasons = sentences(details);
	return `Imburse answered ${status}${reasons ? `, ${reasons}` : ''}`;
}

/** Of a refusal that says nothing of its reasons. */
function wordless(status: number): string {
	if (status === 402) return 'it could not carry it out (402)';
	if (status === 409) return 'it conflicts with what Imburse has (409)';
	return `it answered ${status}`;
}

const REDIRECTED =
	'which leads elsewhere: Imburse does not redirect, so a login page or a proxy may stand in between';

function isRedirect(status: number): boolean {
	return status >= 300 && status < 400;
}

/** Why no answer came, as a clause. */
export function faultReason({ host }: Asked, { kind }: NetworkError): string {
	return FAULTS[kind](host);
}

function opening(asked: Asked, outcome: Outcome): string {
	const { endpoint, label, item } = asked;
	if (outcome === 'unknown') {
		const done = isChange(endpoint) ? 'changed' : 'made';
		return `It is not known whether ${label} (item ${item}) was ${done}`;
	}
	if (outcome === 'unavailable') return `${label} (item ${item}) could not be read`;
	return `${label} (item ${item}) was not sent`;
}

const STATUS_REASONS: ReadonlyMap<number, string> = new Map([
	[401, 'the access token was not accepted'],
	[403, 'this key may not do that'],
	[429, 'too many requests at once'],
]);

function answerAdvice(asked: Asked, status: number, { outcome, details }: Refusal): string {
	if (outcome === 'unknown') return repeatAdvice(asked.endpoint);
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
	if (outcome === 'unavailable') return unavailableAdvice(status);
	const nothing = isChange(asked.endpoint) ? 'Nothing was changed.' : 'Nothing was made.';
	if (status === 402) {
		return `Imburse understood it and could not carry it out: its codes and words say why. ${nothing} Change what they name, or ask Imburse.`;
	}
	if (status === 409) {
		return `Read what Imburse has, and decide whether your data or Imburse is right. ${nothing}`;
	}
	return `Correct the value in your data and run it again. ${nothing}`;
}

function unavailableAdvice(status: number): string {
	if (isRedirect(status)) {
		return 'Imburse does not redirect: a login page or a proxy may stand in between. Check the Environment and the Base URL of the credential. Nothing was changed.';
	}
	return 'Nothing was changed. Run it again; if it stays so, ask Imburse whether there is an outage.';
}

function isRead({ endpoint }: Asked): boolean {
	return ENDPOINTS[endpoint].method === 'GET';
}

function isChange(endpoint: EndpointName): boolean {
	return ['PUT', 'DELETE'].includes(ENDPOINTS[endpoint].method);
}

function supportLine(imburse: string | null, own: string): string {
	const theirs = imburse ? `${imburse} (Imburse's) and ` : '';
	return `For Imburse's support, quote correlation ID ${theirs}${own} (yours).`;
}

const FAULTS: Readonly<Record<NetworkErrorKind, (host: string) => string>> = {
	dns: (host) => `the name ${host} is not known on this network`,
	refused: (host) => `${host} refused the connection`,
	tls: (host) => `no secure (TLS) connection to ${host} could be made or kept`,
	timeout: (host) => `${host} did not answer in time`,
	cancelled: () => 'the run was stopped',
	lost: (host) => `the connection to ${host} was lost before the answer came`,
};

const FAULT_ADVICE: Readonly<Record<NetworkErrorKind, string>> = {
	dns: 'Check the Environment and the Base URL of the credential, and whether this n8n may reach the internet.',
	refused: 'Check the Environment and the Base URL of the credential, and any firewall in between.',
	tls: 'Its certificate may not be trusted, or a proxy may stand in between. Ask your administrator; do not switch the check off for payments.',
	timeout: 'Run it again in a little while.',
	cancelled: 'Run it again with the same reference.',
	lost: 'Run it again in a little while.',
};
