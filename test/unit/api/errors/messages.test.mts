import { describe, expect, it } from '@jest/globals';
import { NodeApiError, type INode } from 'n8n-workflow';
import type { ImburseFailure } from '../../../../nodes/Imburse/api/errors/failure.ts';
import { classifyResponse } from '../../../../nodes/Imburse/api/classifyResponse.ts';
import { TokenError } from '../../../../nodes/Imburse/api/errors/tokenError.ts';
import type { EndpointName } from '../../../../nodes/Imburse/api/endpoints.ts';
import type { NetworkErrorKind } from '../../../../nodes/Imburse/api/errors/networkError.ts';
import type { HttpResponse } from '../../../../nodes/Imburse/api/http.ts';
import {
	networkFailure,
	responseFailure,
	tokenFailure,
	type RequestInfo,
} from '../../../../nodes/Imburse/api/errors/messages.ts';
import { answer, errorAnswer } from '../fixtures.mts';

const OWN_ID = '0b6f3c52-0000-4000-8000-000000000001';
const IMBURSE_ID = '0HLPSRAQ7S0I6:00000002';

const creating: RequestInfo = {
	label: 'Payment Order "CLAIM-17" (item 3)',
	endpoint: 'createOrder',
	baseUrl: 'https://sandbox-api.imbursepayments.com',
	environment: 'sandbox',
	correlationId: OWN_ID,
};
const reading: RequestInfo = { ...creating, endpoint: 'getOrder' };
const changing: RequestInfo = { ...creating, endpoint: 'updateInstruction' };

function answered(request: RequestInfo, reply: HttpResponse): ImburseFailure {
	const classified = classifyResponse(request.endpoint, reply);
	if (classified.ok) throw new Error(`${reply.status} was classified as a success`);
	return responseFailure(request, reply.status, classified);
}

const STATUSES = [
	200, 204, 301, 302, 307, 400, 401, 402, 403, 404, 405, 409, 410, 415, 422, 429, 500, 501, 502,
	503, 504, 505,
];
const BODIES: Array<[string, (status: number) => HttpResponse]> = [
	["Imburse's error", (status) => errorAnswer(status, ['CUSTOMER_REF_IS_REQUIRED'])],
	['a new code', (status) => errorAnswer(status, ['SOMETHING_NEW'])],
	['nothing', (status) => answer(status)],
	['a web page', (status) => answer(status, '<html>503 Service Unavailable</html>')],
	['cut-off JSON', (status) => answer(status, '{"errors":[')],
	['the gateway', (status) => answer(status, { status, title: 'No.', trace: { requestId: 'R' } })],
];
const NETWORK_ERRORS: NetworkErrorKind[] = [
	'dns',
	'connectionRefused',
	'tls',
	'timeout',
	'cancelled',
	'tooLarge',
	'lost',
];
const TOKEN_ERRORS = [
	new TokenError('keys', 'Imburse refused the keys.', IMBURSE_ID),
	new TokenError('unreachable', 'Imburse cannot be reached.'),
];

function everyFailure(): Array<[string, ImburseFailure]> {
	const all: Array<[string, ImburseFailure]> = [];
	for (const request of [creating, reading, changing]) {
		for (const status of STATUSES) {
			for (const [body, reply] of BODIES) {
				if (classifyResponse(request.endpoint, reply(status)).ok) continue;
				all.push([`${request.endpoint}: ${status} with ${body}`, answered(request, reply(status))]);
			}
		}
		for (const kind of NETWORK_ERRORS) {
			for (const mayHaveReachedServer of [true, false]) {
				const failure = networkFailure(request, {
					kind,
					code: 'ECONNXYZ',
					mayHaveReachedServer,
				});
				all.push([`${request.endpoint}: ${kind}, ${mayHaveReachedServer}`, failure]);
			}
		}
		for (const error of TOKEN_ERRORS) {
			all.push([`${request.endpoint}: ${error.problem}`, tokenFailure(request, error)]);
		}
	}
	return all;
}

const NODE: INode = {
	id: '1',
	name: 'Imburse',
	type: 'imburse',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

describe.each(everyFailure())('%s', (name, failure) => {
	it('names the thing and the item', () => {
		expect(failure.message).toContain('Payment Order "CLAIM-17"');
		expect(failure.message).toMatch(/item 3\b/);
	});

	it('says what to do, in whole sentences', () => {
		expect(failure.description).toMatch(/^[A-Z].*[.]$/s);
		expect(failure.description).not.toMatch(/undefined|null|\[object|\.\.| {2}/);
		expect(failure.message).not.toMatch(/undefined|null|\[object|\.$/);
	});

	it("is shown by n8n as it is: nothing in it calls n8n's own texts up", () => {
		const { message, description } = failure;
		const shown = new NodeApiError(NODE, { message, description }, { message, description });
		expect(shown.message).toBe(message);
		expect(shown.description).toBe(description);
	});

	it('agrees with itself on whether to run again', () => {
		if (failure.outcome === 'unknown') {
			expect(failure.retryable).toBe(true);
			expect(failure.message).toContain('not known');
			expect(failure.description).toMatch(
				name.startsWith('updateInstruction')
					? /^Run it again with the same data: that changes nothing twice\./
					: /^Run it again with the same reference: .* Do not change the reference\./,
			);
		}
		if (failure.outcome === 'rejected') expect(failure.message).toMatch(/refused|has no/);
		if (failure.outcome === 'notSent') expect(failure.message).toContain('was not sent');
		if (failure.outcome === 'unavailable') {
			expect(failure.message).toMatch(/could not be read|was not sent/);
		}
	});
});

describe('the correlation IDs', () => {
	it("are both quoted, and whose they are: Imburse's and ours", () => {
		const failure = answered(creating, errorAnswer(400, ['CUSTOMER_REF_IS_REQUIRED']));
		expect(failure.description).toContain(`${IMBURSE_ID} (Imburse's) and ${OWN_ID} (yours)`);
		expect(failure).toMatchObject({ correlationId: IMBURSE_ID, clientCorrelationId: OWN_ID });
	});

	it('are ours alone when there was no answer', () => {
		const error = { kind: 'lost', code: '', mayHaveReachedServer: true } as const;
		const failure = networkFailure(creating, error);
		expect(failure.description).toContain(`quote correlation ID ${OWN_ID} (yours)`);
		expect(failure).toMatchObject({ correlationId: null, clientCorrelationId: OWN_ID });
	});
});

describe('an answer', () => {
	it('has status, meaning and codes', () => {
		const reply = errorAnswer(400, ['CUSTOMER_REF_IS_REQUIRED', 'AMOUNT_OUT_OF_RANGE']);
		expect(answered(creating, reply)).toMatchObject({
			httpStatus: 400,
			statusMeaning: expect.stringMatching(/^Bad Request: /) as unknown,
			errorCodes: ['CUSTOMER_REF_IS_REQUIRED', 'AMOUNT_OUT_OF_RANGE'],
			outcome: 'rejected',
			retryable: false,
			abortsRun: false,
		});
	});

	it('says in the message what Imburse objects to, all of it', () => {
		const reply = errorAnswer(400, ['CUSTOMER_REF_IS_REQUIRED', 'AMOUNT_OUT_OF_RANGE']);
		expect(answered(creating, reply).message).toBe(
			'Imburse refused Payment Order "CLAIM-17" (item 3): the customer reference is missing; the amount is outside the range that Imburse takes',
		);
	});

	it("gives Imburse's own words for a code that is new, each with its own", () => {
		const errors = [
			{ message: 'First.' },
			{ errorCode: 'AMOUNT_IS_REQUIRED', message: 'Second.' },
			{ errorCode: 'SOMETHING_NEW', message: 'Third' },
			{ errorCode: 'SOMETHING_ELSE' },
		];
		const { message } = answered(reading, answer(400, { errors }));
		expect(message).toContain(': First; the amount is missing; Third; SOMETHING_ELSE');
	});

	it('names the role that is missing on 403', () => {
		expect(answered(creating, answer(403)).description).toMatch(
			/tenant-transaction-write or tenant-admin.*allowed addresses/,
		);
	});

	it('sends the user to the credential on 401', () => {
		expect(answered(creating, answer(401)).description).toContain('Test the Imburse credential');
	});

	it.each([400, 404])(
		'asks for the right environment when there is no such order: %d',
		(status) => {
			const failure = answered(reading, errorAnswer(status, ['ORDER_NOT_FOUND']));
			expect(failure.message).toBe('Imburse has no Payment Order "CLAIM-17" (item 3)');
			expect(failure.description).toMatch(/right environment\?.*sandbox/);
		},
	);

	it('says in words what the status alone means', () => {
		expect(answered(changing, errorAnswer(402, [])).message).toMatch(/: it could not carry it out/);
		expect(answered(changing, errorAnswer(409, [])).message).toMatch(/: it conflicts with what/);
		expect(answered(changing, errorAnswer(422, [])).message).toMatch(/: it answered 422$/);
	});

	it('tells a missing licence from a call that is out of service, and from a wrong path', () => {
		const licence = answered(creating, errorAnswer(405, ['SERVICE_UNAVAILABLE']));
		expect(licence.message).toMatch(/: the account has no licence for this feature$/);
		expect(licence.description).toMatch(/^Ask Imburse whether .* Nothing was made\. /);
		const gone = answered(creating, errorAnswer(410, ['ENDPOINT_DEPRECATED']));
		expect(gone.message).toMatch(/: this call has been taken out of service$/);
		expect(gone.description).toMatch(
			/^Ask Imburse what has taken the place .* Nothing was made\. /,
		);
		const path = answered(changing, errorAnswer(405, ['SOMETHING_NEW']));
		expect(path.description).toMatch(/^Imburse does not offer the call \/\{version\}.*ask Imburse/);
		const down = answered(creating, errorAnswer(503, ['SERVICE_UNAVAILABLE']));
		expect(down.message).not.toContain('licence');
	});

	it("does not take the gateway's 404 for a word on the order", () => {
		const problem = { status: 404, title: 'Not Found', trace: { requestId: 'R' } };
		const failure = answered(reading, answer(404, problem));
		expect(failure).toMatchObject({ outcome: 'unavailable', retryable: true });
		expect(failure.message).toMatch(/could not be read: Imburse answered 404, Not Found$/);
		expect(failure.description).toContain('did not reach the services behind it');
		expect(failure.description).not.toContain('Check the reference');
	});

	it('says what to do where correcting a value does not help', () => {
		const scheme = answered(creating, errorAnswer(400, ['SCHEME_ID_NOT_SUPPORTED']));
		expect(scheme.description).toMatch(/^Choose a scheme whose rules .* Nothing was made\. /);
		const date = answered(creating, errorAnswer(400, ['SETTLED_BY_DATE_IS_REQUIRED']));
		expect(date.description).toMatch(/^Give the payment a settled-by date .* Nothing was made\. /);
		const cancelled = answered(changing, errorAnswer(400, ['INSTRUCTION_CANCELLED']));
		expect(cancelled.message).toMatch(/instruction with this reference was cancelled$/);
		expect(cancelled.description).toMatch(/^Its reference stays used.* Nothing was changed\. /);
	});

	it('tells a change that was refused from a create', () => {
		expect(answered(changing, errorAnswer(400, ['SOMETHING_NEW'])).description).toMatch(
			/^Correct the value in your data and run it again\. Nothing was changed\./,
		);
		expect(answered(changing, errorAnswer(402, [])).description).toContain('Nothing was changed.');
		expect(answered(changing, errorAnswer(409, [])).description).toMatch(
			/^Read what Imburse has, and decide whether your data or Imburse is right\. Nothing was/,
		);
		expect(answered(creating, errorAnswer(400, ['AMOUNT_OUT_OF_RANGE'])).description).toMatch(
			/^Correct the value in your data and run it again\. Nothing was made\./,
		);
	});

	it.each([301, 302, 307])('says what a redirect (%d) may be', (status) => {
		for (const request of [creating, changing, reading]) {
			for (const text of ['', '<html>']) {
				const { message } = answered(request, answer(status, text));
				expect(message).toContain(`${status}, which leads elsewhere`);
				expect(message).toContain('a login page or a proxy may stand in between');
			}
		}
	});

	it('calls a web page a web page', () => {
		expect(answered(reading, answer(200, '<html>')).message).toContain('a web page');
		expect(answered(creating, answer(201, '<html>')).message).toContain('a web page');
	});

	it('may be tried again after 429, though nothing was made', () => {
		expect(answered(creating, answer(429))).toMatchObject({ outcome: 'rejected', retryable: true });
	});
});

describe('no answer', () => {
	it.each(NETWORK_ERRORS)('is, for a write that may have arrived, unknown: %s', (kind) => {
		const failure = networkFailure(creating, { kind, code: '', mayHaveReachedServer: true });
		expect(failure.outcome).toBe('unknown');
		expect(failure.message).toMatch(/^It is not known whether .* was made: /);
	});

	it.each(NETWORK_ERRORS)('is, for a write that did not arrive, not sent: %s', (kind) => {
		const failure = networkFailure(creating, { kind, code: '', mayHaveReachedServer: false });
		expect(failure.outcome).toBe('notSent');
		expect(failure.retryable).toBe(true);
	});

	it.each(NETWORK_ERRORS)('is, for a read, unavailable: %s', (kind) => {
		for (const mayHaveReachedServer of [true, false]) {
			expect(networkFailure(reading, { kind, code: '', mayHaveReachedServer }).outcome).toBe(
				'unavailable',
			);
		}
	});

	it('has words of its own for each reason', () => {
		const messages = NETWORK_ERRORS.map(
			(kind) => networkFailure(creating, { kind, code: '', mayHaveReachedServer: true }).message,
		);
		expect(new Set(messages).size).toBe(NETWORK_ERRORS.length);
	});

	it("tells the network's code only where n8n leaves it alone", () => {
		const error = {
			kind: 'connectionRefused',
			code: 'ECONNREFUSED',
			mayHaveReachedServer: false,
		} as const;
		const failure = networkFailure(creating, error);
		expect(failure.description).toContain('ECONNREFUSED');
		expect(failure.message).not.toContain('ECONNREFUSED');
	});
});

describe('no token', () => {
	it('means that nothing was sent, and why', () => {
		const failure = tokenFailure(creating, TOKEN_ERRORS[0]!);
		expect(failure).toMatchObject({
			outcome: 'notSent',
			retryable: false,
			abortsRun: true,
			correlationId: IMBURSE_ID,
			clientCorrelationId: null,
		});
		expect(failure.message).toMatch(
			/\) was not sent: no access token could be fetched, because Imburse refused the keys$/,
		);
		expect(failure.description).toContain('Imburse refused the keys.');
	});

	it('of a read means that it could not be read', () => {
		const failure = tokenFailure(reading, TOKEN_ERRORS[0]!);
		expect(failure.outcome).toBe('unavailable');
		expect(failure.message).toMatch(
			/\) could not be read: no access token could be fetched, because/,
		);
	});

	it('may pass when the host was not reached', () => {
		expect(tokenFailure(creating, TOKEN_ERRORS[1]!).retryable).toBe(true);
	});
});

const ORDER = 'Payment Order "CLAIM-17" (item 3)';
const HOST = 'sandbox-api.imbursepayments.com';
const REFERENCE_AGAIN =
	'Run it again with the same reference: that finds out what was made. Imburse takes a reference only once, so it cannot make a second one. Do not change the reference.';

/** What stands before what Imburse answered and the correlation IDs. */
const adviceOf = ({ description }: ImburseFailure): string =>
	description.split(/ (?:Imburse answered|For Imburse's support)/)[0]!;

describe('the words for a status', () => {
	it.each<[EndpointName, number, string[], string, string]>([
		[
			'createOrder',
			401,
			[],
			`Imburse refused ${ORDER}: the access token was not accepted`,
			'Test the Imburse credential: the key may have been revoked, or the Account ID or Tenant ID belongs to another key.',
		],
		[
			'createOrder',
			403,
			[],
			`Imburse refused ${ORDER}: this key may not do that`,
			'Ask your Imburse administrator to give the key the role tenant-transaction-write or tenant-admin, and to allow the address of this n8n if there is a list of allowed addresses.',
		],
		[
			'createOrder',
			429,
			[],
			`Imburse refused ${ORDER}: too many requests at once`,
			'Run it again in a little while, with the same reference.',
		],
		[
			'getOrder',
			404,
			[],
			`Imburse has no ${ORDER}`,
			`Check the reference. Is this the right environment? The credential uses sandbox (${HOST}), and each environment has orders of its own.`,
		],
		[
			'createOrder',
			405,
			[],
			`Imburse refused ${ORDER}: it answered 405`,
			'Imburse does not offer the call /{version}/order-management there. Check the Base URL and the API Version of the credential, and ask Imburse for the right path. Nothing was made.',
		],
		[
			'createOrder',
			405,
			['SERVICE_UNAVAILABLE'],
			`Imburse refused ${ORDER}: the account has no licence for this feature`,
			'Ask Imburse whether the account can have the feature. Nothing was made.',
		],
		[
			'getOrder',
			410,
			[],
			`Imburse refused ${ORDER}: this call has been taken out of service`,
			'Ask Imburse what has taken the place of this call. Nothing was changed.',
		],
		[
			'updateInstruction',
			402,
			[],
			`Imburse refused ${ORDER}: it could not carry it out (402)`,
			'Imburse understood it and could not carry it out: its codes and words say why. Nothing was changed. Change what they name, or ask Imburse.',
		],
		[
			'getOrder',
			409,
			[],
			`Imburse refused ${ORDER}: it conflicts with what Imburse has (409)`,
			'Read what Imburse has, and decide whether your data or Imburse is right. Nothing was changed.',
		],
		[
			'createOrder',
			400,
			['SCHEME_ID_NOT_SUPPORTED'],
			`Imburse refused ${ORDER}: the scheme exists, but not for this direction, country, amount or currency`,
			'Choose a scheme whose rules have this direction, country, currency and amount, or ask whoever looks after the schemes in the Tenant Portal to extend them. Nothing was made.',
		],
		[
			'createOrder',
			400,
			['SETTLED_BY_DATE_IS_REQUIRED'],
			`Imburse refused ${ORDER}: the settled-by date is missing, and Imburse asks for it here`,
			'Give the payment a settled-by date such as 2030-12-31 and run it again: it may be left out only where Imburse does not ask for it. Nothing was made.',
		],
		[
			'updateInstruction',
			400,
			['INSTRUCTION_CANCELLED'],
			`Imburse refused ${ORDER}: the instruction with this reference was cancelled`,
			'Its reference stays used, and running it again changes nothing: a new payment needs a reference of its own. Nothing was changed.',
		],
		[
			'createOrder',
			500,
			[],
			`It is not known whether ${ORDER} was made: Imburse answered 500`,
			REFERENCE_AGAIN,
		],
		[
			'getOrder',
			500,
			[],
			`${ORDER} could not be read: Imburse answered 500`,
			'Nothing was changed. Run it again; if it stays so, ask Imburse whether there is an outage.',
		],
		[
			'getOrder',
			302,
			[],
			`${ORDER} could not be read: Imburse answered 302, which leads elsewhere: Imburse does not redirect, so a login page or a proxy may stand in between`,
			'Imburse does not redirect: a login page or a proxy may stand in between. Check the Environment and the Base URL of the credential. Nothing was changed.',
		],
	])('of %s with %d and %j', (endpoint, status, codes, message, advice) => {
		const failure = answered({ ...creating, endpoint }, errorAnswer(status, codes));
		expect(failure.message).toBe(message);
		expect(adviceOf(failure)).toBe(advice);
	});

	it.each<[EndpointName, string]>([
		['getOrder', 'Nothing was changed.'],
		['updateInstruction', 'Nothing was changed.'],
		['createOrder', 'Nothing was made.'],
	])('say of a refused %s what was not done', (endpoint, nothing) => {
		const refused = answered({ ...creating, endpoint }, errorAnswer(400, ['AMOUNT_OUT_OF_RANGE']));
		expect(adviceOf(refused)).toBe(`Correct the value in your data and run it again. ${nothing}`);
	});

	it('say of an answer that cannot be read what it was', () => {
		expect(answered(creating, answer(503, '<html>')).message).toBe(
			`It is not known whether ${ORDER} was made: the answer with status 503 was a web page instead of Imburse's own form`,
		);
	});

	it('say of a cancellation what comes next', () => {
		const cancelling: RequestInfo = { ...creating, endpoint: 'cancelInstruction' };
		const failure = answered(cancelling, errorAnswer(500, []));
		expect(failure.message).toBe(
			`It is not known whether ${ORDER} was cancelled: Imburse answered 500`,
		);
		expect(adviceOf(failure)).toBe(
			'Run it again with the same reference: the instruction is read first, and what is cancelled by then is not cancelled twice. Do not count on the cancellation before that says so.',
		);
	});
});

describe('the words for no answer', () => {
	it.each<[NetworkErrorKind, string, string]>([
		[
			'dns',
			`the name ${HOST} is not known on this network`,
			'Check the Environment and the Base URL of the credential, and whether this n8n may reach the internet.',
		],
		[
			'connectionRefused',
			`${HOST} refused the connection`,
			'Check the Environment and the Base URL of the credential, and any firewall in between.',
		],
		[
			'tls',
			`no secure (TLS) connection to ${HOST} could be made or kept`,
			'Its certificate may not be trusted, or a proxy may stand in between. Ask your administrator; do not switch the check off for payments.',
		],
		['timeout', `${HOST} did not answer in time`, 'Run it again in a little while.'],
		['cancelled', 'the run was stopped', 'Run it again with the same reference.'],
		[
			'tooLarge',
			`the answer of ${HOST} was too long to be one of Imburse's, and was cut off`,
			'Something else than Imburse may answer there: check the Environment and the Base URL of the credential, and any proxy in between.',
		],
		[
			'lost',
			`the connection to ${HOST} was lost before the answer came`,
			'Run it again in a little while.',
		],
	])('say of %s why and what to do', (kind, reason, advice) => {
		const notSent = { kind, code: '', mayHaveReachedServer: false };
		const unsent = networkFailure(creating, notSent);
		expect(unsent.message).toBe(`${ORDER} was not sent: ${reason}`);
		expect(adviceOf(unsent)).toBe(advice);
		expect(networkFailure(reading, notSent).message).toBe(`${ORDER} could not be read: ${reason}`);
		const perhaps = networkFailure(creating, { ...notSent, mayHaveReachedServer: true });
		expect(perhaps.message).toBe(`It is not known whether ${ORDER} was made: ${reason}`);
		expect(adviceOf(perhaps)).toBe(REFERENCE_AGAIN);
	});
});
