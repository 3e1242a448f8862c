import type { TokenError, TokenProblem } from './tokenError';
import { ENDPOINTS, type EndpointName } from '../endpoints';
import { isHeldBack, type ErrorBody } from './errorBody';
import { createFailure, type ImburseFailure, type Outcome, type ResponseClass } from './failure';
import {
	describeErrors,
	isNotFound,
	networkDetails,
	NO_DETAILS,
	responseDetails,
} from './failureDetails';
import type { NetworkError, NetworkErrorKind } from './networkError';
import { NOT_OFFERED } from './statusTable';

/** What messages say of a request. */
export interface RequestInfo {
	/** Names what the request is about, such as `Payment Order "CLAIM-17"`. */
	label: string;
	endpoint: EndpointName;
	/** Where the environment lives, for errors that depend on it. */
	baseUrl: string;
	environment: string;
	/** Sent as `x-correlation-id`. */
	correlationId: string;
}

/** What is known of a response that is no success. */
export interface UnsuccessfulResponse {
	/** As long as nothing was read back. */
	outcome: Outcome;
	responseClass: ResponseClass;
	error: ErrorBody;
	/** What the body looks like, where it is not JSON. */
	unreadable: string | null;
}

/** No further request can succeed: 401 came with a new token, 429 after every retry. */
const ABORTS_RUN: ReadonlySet<number> = new Set([401, 429]);

/** The failure that a response amounts to. */
export function responseFailure(
	request: RequestInfo,
	status: number,
	response: UnsuccessfulResponse,
): ImburseFailure {
	return createFailure(
		{
			message: responseMessage(request, status, response),
			advice: responseAdvice(request, status, response),
			reason: responseReason(status, response),
			clientCorrelationId: request.correlationId,
			outcome: response.outcome,
			responseClass: response.responseClass,
			abortsRun: ABORTS_RUN.has(status),
		},
		responseDetails(status, response.error),
	);
}

/** The failure when no response came at all. */
export function networkFailure(request: RequestInfo, error: NetworkError): ImburseFailure {
	const { kind, mayHaveReachedServer } = error;
	const outcome = isRead(request) ? 'unavailable' : mayHaveReachedServer ? 'unknown' : 'notSent';
	const reason = NETWORK_REASONS[kind](hostOf(request));
	return createFailure(
		{
			message: `${opening(request, outcome)}: ${reason}`,
			advice: outcome === 'unknown' ? repeatAdvice(request.endpoint) : NETWORK_ADVICE[kind],
			reason,
			clientCorrelationId: request.correlationId,
			outcome,
			responseClass: mayHaveReachedServer ? 'unclear' : 'notProcessed',
			// Where not even the connection can be had, no further request fares better.
			abortsRun: !mayHaveReachedServer,
		},
		networkDetails(error),
	);
}

/** The failure when there was no access token, so that the request itself was never sent. */
export function tokenFailure(request: RequestInfo, error: TokenError): ImburseFailure {
	const outcome = isRead(request) ? 'unavailable' : 'notSent';
	const reason = `no access token could be fetched${TOKEN_REASONS[error.problem]}`;
	const failure = createFailure(
		{
			message: `${opening(request, outcome)}: ${reason}`,
			advice: '',
			reason,
			clientCorrelationId: '',
			outcome,
			responseClass: 'notProcessed',
			abortsRun: true,
		},
		{
			...NO_DETAILS,
			httpStatus: error.httpStatus,
			correlationId: error.correlationId,
			sentences: [error.message],
		},
	);
	const mayPass = error.problem === 'unreachable' || error.problem === 'unavailable';
	return { ...failure, retryable: mayPass };
}

const TOKEN_REASONS: Readonly<Record<TokenProblem, string>> = {
	credential: '',
	keys: ', because Imburse refused the keys',
	clock: ', because the clock of this n8n is wrong',
	unreachable: ', because Imburse cannot be reached',
	unavailable: '',
};

/** What to do about every create of which nobody knows whether it was made. */
export const RUN_AGAIN =
	'Run it again with the same reference: that finds out what was made. Imburse takes a reference only once, so it cannot make a second one. Do not change the reference.';

/** A change that is made once more comes to the same. */
const CHANGE_AGAIN = 'Run it again with the same data: that changes nothing twice.';

/** Of a claim nobody can tell whether it was carried out: nothing at Imburse prevents a second one. */
export const DO_NOT_CLAIM_AGAIN =
	'Do not claim it again: a claim has no reference of its own, so a second one may pay a second time. Look the instruction up in the Tenant Portal.';

/** A cancellation reads the instruction first. */
const CANCEL_AGAIN =
	'Run it again with the same reference: the instruction is read first, and what is cancelled by then is not cancelled twice. Do not count on the cancellation before that says so.';

/** What a request does, as a participle. */
type Done = 'made' | 'changed' | 'cancelled';

const AGAIN: Readonly<Record<Done, string>> = {
	made: RUN_AGAIN,
	changed: CHANGE_AGAIN,
	cancelled: CANCEL_AGAIN,
};

/** What to do about a request of which nobody knows what became of it. */
export function repeatAdvice(endpoint: EndpointName): string {
	return AGAIN[doneBy(endpoint)];
}

/** How the message about a request begins whose outcome is not certain. */
export function opening({ endpoint, label }: RequestInfo, outcome: Outcome): string {
	if (outcome === 'unknown') return `It is not known whether ${label} was ${doneBy(endpoint)}`;
	return outcome === 'unavailable' ? `${label} could not be read` : `${label} was not sent`;
}

export function isRead({ endpoint }: Pick<RequestInfo, 'endpoint'>): boolean {
	return ENDPOINTS[endpoint].method === 'GET';
}

function doneBy(endpoint: EndpointName): Done {
	if (endpoint === 'cancelInstruction') return 'cancelled';
	return ['PUT', 'DELETE'].includes(ENDPOINTS[endpoint].method) ? 'changed' : 'made';
}

/** That Imburse did nothing, as a sentence. */
function nothingDone(request: RequestInfo): string {
	return `Nothing was ${isRead(request) ? 'changed' : doneBy(request.endpoint)}.`;
}

function responseMessage(
	request: RequestInfo,
	status: number,
	response: UnsuccessfulResponse,
): string {
	const { error, outcome } = response;
	if (outcome === 'rejected' && isRead(request) && isNotFound(status, error)) {
		return `Imburse has no ${request.label}`;
	}
	if (outcome === 'rejected') {
		const why = refusalReason(status, error) || describeErrors(error) || bareRefusal(status);
		return `Imburse refused ${request.label}: ${why}`;
	}
	return `${opening(request, outcome)}: ${responseReason(status, response)}`;
}

/** Why a response leaves something open, as a clause. */
function responseReason(status: number, { error, unreadable }: UnsuccessfulResponse): string {
	if (isRedirect(status)) return `Imburse answered ${status}, ${REDIRECTED}`;
	if (unreadable) {
		return `the answer with status ${status} was ${unreadable} instead of Imburse's own form`;
	}
	const reasons = describeErrors(error);
	return `Imburse answered ${status}${reasons ? `, ${reasons}` : ''}`;
}

/** A refusal that gives no reason. */
function bareRefusal(status: number): string {
	if (status === 402) return 'it could not carry it out (402)';
	if (status === 409) return 'it conflicts with what Imburse has (409)';
	return `it answered ${status}`;
}

const REDIRECTED =
	'which leads elsewhere: Imburse does not redirect, so a login page or a proxy may stand in between';

function isRedirect(status: number): boolean {
	return status >= 300 && status < 400;
}

/** Where the status says more than the codes. */
function refusalReason(status: number, error: ErrorBody): string | undefined {
	return lacksLicence(status, error) ? NO_LICENCE : REFUSAL_REASONS.get(status);
}

const REFUSAL_REASONS: ReadonlyMap<number, string> = new Map([
	[401, 'the access token was not accepted'],
	[403, 'this key may not do that'],
	[410, 'this call has been taken out of service'],
	[429, 'too many requests at once'],
]);

/** API reference 4.2, expected. Under another status the code says that something is down. */
function lacksLicence(status: number, { codes }: ErrorBody): boolean {
	return status === 405 && codes.includes('SERVICE_UNAVAILABLE');
}

const NO_LICENCE = 'the account has no licence for this feature';

function responseAdvice(
	request: RequestInfo,
	status: number,
	{ outcome, error }: UnsuccessfulResponse,
): string {
	if (outcome === 'unknown') return repeatAdvice(request.endpoint);
	if (status === 401) {
		return 'Test the Imburse credential: the key may have been revoked, or the Account ID or Tenant ID belongs to another key.';
	}
	if (status === 403) {
		const roles = ENDPOINTS[request.endpoint].roles.join(' or ');
		return `Ask your Imburse administrator to give the key the role ${roles}, and to allow the address of this n8n if there is a list of allowed addresses.`;
	}
	if (status === 429) return 'Run it again in a little while, with the same reference.';
	if (NOT_OFFERED.has(status) || (status === 404 && isHeldBack(status, error))) {
		return notOfferedAdvice(request, status, error);
	}
	if (isNotFound(status, error)) {
		return `Check the reference. Is this the right environment? The credential uses ${request.environment} (${hostOf(request)}), and each environment has orders of its own.`;
	}
	if (outcome === 'unavailable') return unavailableAdvice(status);
	return refusalAdvice(status, error, nothingDone(request));
}

/** It is the call that Imburse objects to, and no value in it. */
function notOfferedAdvice(request: RequestInfo, status: number, error: ErrorBody): string {
	const nothing = nothingDone(request);
	if (lacksLicence(status, error)) {
		return `Ask Imburse whether the account can have the feature. ${nothing}`;
	}
	if (status === 410) return `Ask Imburse what has taken the place of this call. ${nothing}`;
	const path = ENDPOINTS[request.endpoint].path;
	return `Imburse does not offer the call ${path} there. Check the Base URL and the API Version of the credential, and ask Imburse for the right path. ${nothing}`;
}

function refusalAdvice(status: number, error: ErrorBody, nothing: string): string {
	if (status === 402) {
		return `Imburse understood it and could not carry it out: its codes and words say why. ${nothing} Change what they name, or ask Imburse.`;
	}
	if (status === 409) {
		return `Read what Imburse has, and decide whether your data or Imburse is right. ${nothing}`;
	}
	const special = error.codes.flatMap((code) => CODE_ADVICE.get(code) ?? []);
	const advice = special.length > 0 ? special : [USUAL_ADVICE];
	return [...advice, nothing].join(' ');
}

const USUAL_ADVICE = 'Correct the value in your data and run it again.';

/** What to do about a cancelled payment: its reference is spent (API reference 6, expected). */
export const REFERENCE_IS_SPENT =
	'Its reference stays used, and running it again changes nothing: a new payment needs a reference of its own.';

/** Where correcting a value is not what helps (API reference 6, expected). */
const CODE_ADVICE: ReadonlyMap<string, string> = new Map([
	[
		'SCHEME_ID_NOT_SUPPORTED',
		'Choose a scheme whose rules have this direction, country, currency and amount, or ask whoever looks after the schemes in the Tenant Portal to extend them.',
	],
	[
		'SETTLED_BY_DATE_IS_REQUIRED',
		'Give the payment a settled-by date such as 2030-12-31 and run it again: it may be left out only where Imburse does not ask for it.',
	],
	['INSTRUCTION_CANCELLED', REFERENCE_IS_SPENT],
]);

function unavailableAdvice(status: number): string {
	if (isRedirect(status)) {
		return 'Imburse does not redirect: a login page or a proxy may stand in between. Check the Environment and the Base URL of the credential. Nothing was changed.';
	}
	return 'Nothing was changed. Run it again; if it stays so, ask Imburse whether there is an outage.';
}

function hostOf({ baseUrl }: RequestInfo): string {
	return new URL(baseUrl).host;
}

const NETWORK_REASONS: Readonly<Record<NetworkErrorKind, (host: string) => string>> = {
	dns: (host) => `the name ${host} is not known on this network`,
	connectionRefused: (host) => `${host} refused the connection`,
	tls: (host) => `no secure (TLS) connection to ${host} could be made or kept`,
	timeout: (host) => `${host} did not answer in time`,
	cancelled: () => 'the run was stopped',
	tooLarge: (host) => `the answer of ${host} was too long to be one of Imburse's, and was cut off`,
	lost: (host) => `the connection to ${host} was lost before the answer came`,
};

const NETWORK_ADVICE: Readonly<Record<NetworkErrorKind, string>> = {
	dns: 'Check the Environment and the Base URL of the credential, and whether this n8n may reach the internet.',
	connectionRefused:
		'Check the Environment and the Base URL of the credential, and any firewall in between.',
	tls: 'Its certificate may not be trusted, or a proxy may stand in between. Ask your administrator; do not switch the check off for payments.',
	timeout: 'Run it again in a little while.',
	cancelled: 'Run it again with the same reference.',
	tooLarge:
		'Something else than Imburse may answer there: check the Environment and the Base URL of the credential, and any proxy in between.',
	lost: 'Run it again in a little while.',
};
