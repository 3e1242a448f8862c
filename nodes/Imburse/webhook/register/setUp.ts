import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';

import { parseResponseBody } from '../../api/responseBody';
import { openConnection, type Connection } from '../../api/connection';
import { parseErrorBody } from '../../api/errors/errorBody';
import { describeErrors } from '../../api/errors/failureDetails';
import { statusMeaning } from '../../api/errors/statusTable';
import { findTokenError } from '../../api/errors/tokenError';
import type { HttpResponse, HttpRequest } from '../../api/http';
import type { ValidationResult, ValidationError } from '../../validation/result';
import { textOf, type TriggerParameters } from '../parameters';
import { checkSettings, type TriggerSettings } from '../settings';
import { triggerParameters } from '../triggerParameters';
import { addressToCall } from '../verify/verification';
import { isLocalAddress } from './localAddress';
import {
	forgetRegistration,
	markOf,
	readRegistration,
	registrationFrom,
	registrationRequest,
	removalRequest,
	writeRegistration,
} from './registration';

/**
 * Whether nothing is left to do when the workflow is activated. Asked first on every activation, so
 * a trigger that lacks something stops here instead of letting everything in, or nothing.
 */
export async function isSetUp(context: IHookFunctions): Promise<boolean> {
	const { connection, parameters, settings } = await readyTrigger(context);
	const url = addressOf(context);
	if (isLocalAddress(url)) warn(context, LOCAL(url));
	// A test URL lasts for one call, and n8n keeps nothing of a test: it would be registered each time.
	if (parameters.setUp !== 'api' || context.getMode() === 'manual') return true;
	const made = readRegistration(context.getWorkflowStaticData('node'));
	if (!made) return false;
	const isSamePlace = made.url === url && made.at === placeOf(connection, parameters);
	const hasSameSecret = made.mark === markOf(addressToCall(url, settings.verification));
	if (isSamePlace && hasSameSecret) return true;
	warn(context, isSamePlace ? REMOVE_OLD_SECRET(made.url) : REMOVE(made.url));
	return false;
}

/** Registers the address, once. */
export async function setUp(context: IHookFunctions): Promise<boolean> {
	const { connection, parameters, settings } = await readyTrigger(context);
	const url = addressOf(context);
	if (isLocalAddress(url) && !isLocalAddress(connection.baseUrl)) {
		throw setUpError(context, 'The address of this n8n cannot be reached by Imburse', LOCAL(url));
	}
	const form = {
		path: textOf(parameters.registrationPath),
		body: textOf(parameters.registrationBody),
	};
	const address = addressToCall(url, settings.verification);
	const request = checked(context, registrationRequest(form, connection.baseUrl, address));
	const answer = await send(context, connection, request, LOST);
	if (answer.status < 200 || answer.status > 299) {
		const message = `Imburse did not register the address: ${wordsOf(answer, connection)}`;
		throw setUpError(context, message, NOT_REGISTERED);
	}
	const made = registrationFrom(answer, {
		url,
		address,
		at: placeOf(connection, parameters),
	});
	writeRegistration(context.getWorkflowStaticData('node'), made);
	return true;
}

/** Removes the registration where the user has said how; otherwise it says what is left to do. */
export async function takeDown(context: IHookFunctions): Promise<boolean> {
	const staticData = context.getWorkflowStaticData('node');
	const made = readRegistration(staticData);
	const parameters = triggerParameters(context);
	if (!made || context.getMode() === 'manual') return true;
	const deletePath = textOf(parameters.deletePath);
	if (parameters.setUp !== 'api' || deletePath === '') {
		warn(context, REMOVE(made.url));
		return true;
	}
	const { connection } = await readyTrigger(context);
	const request = checked(context, removalRequest(deletePath, connection.baseUrl, made.id));
	const answer = await send(context, connection, request, REMOVE(made.url));
	if ((answer.status < 200 || answer.status > 299) && answer.status !== 404) {
		warn(context, `Imburse did not remove it: ${wordsOf(answer, connection)}. ${REMOVE(made.url)}`);
		return true;
	}
	forgetRegistration(staticData);
	return true;
}

const LOCAL = (url: string) =>
	`The webhook URL ${url} can be reached from this network only, so Imburse cannot call it. Ask whoever runs your n8n to set its public address (WEBHOOK_URL).`;
const REMOVE = (url: string) =>
	`Imburse may still call ${url}. Remove it in the Tenant Portal under Developers > Webhooks.`;
const REMOVE_OLD_SECRET = (url: string) =>
	`The secret in the address has changed. Imburse may still call ${url} with the one before, and is refused then. Remove that address in the Tenant Portal under Developers > Webhooks.`;
const LOST =
	'It is not known whether it was registered. Look in the Tenant Portal under Developers > Webhooks: if the address stands there, choose Set Up: By Hand. Otherwise publish the workflow again (n8n 1.x: activate it again).';
const NOT_REGISTERED =
	'The path is one of 2019 and may no longer exist. Choose Set Up: By Hand in the Tenant Portal, or ask Imburse for the path and the body.';

interface ReadyTrigger {
	connection: Connection;
	parameters: TriggerParameters;
	settings: TriggerSettings;
}

/** @throws where the credential or the settings lack something */
async function readyTrigger(context: IHookFunctions): Promise<ReadyTrigger> {
	const connection = checked(context, await openConnection(context));
	const parameters = triggerParameters(context);
	const settings = checked(context, checkSettings(parameters, connection.credential));
	return { connection, parameters, settings };
}

function placeOf({ baseUrl }: Connection, { registrationPath }: TriggerParameters): string {
	return `${baseUrl}${textOf(registrationPath)}`;
}

function addressOf(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') ?? '';
}

function checked<T>(context: IHookFunctions, verdict: ValidationResult<T>): T {
	if (verdict.ok) return verdict.value;
	throw violationError(context, verdict.errors);
}

async function send(
	context: IHookFunctions,
	{ send: toImburse }: Connection,
	request: HttpRequest,
	advice: string,
): Promise<HttpResponse> {
	try {
		return await toImburse(request);
	} catch (error) {
		throw noAnswer(context, error, advice);
	}
}

function noAnswer(context: IHookFunctions, error: unknown, advice: string): NodeOperationError {
	const tokenError = findTokenError(error);
	if (tokenError) return setUpError(context, 'No access token could be had', tokenError.message);
	return setUpError(context, 'Imburse gave no answer', advice);
}

/** Imburse's words may repeat the address, and with it the secret. */
function wordsOf({ status, text, headers }: HttpResponse, { credential }: Connection): string {
	const details = parseErrorBody(parseResponseBody(text), headers);
	const { webhookSharedSecret: secret } = credential;
	const hidden = secret === '' ? [] : [secret, encodeURIComponent(secret)];
	const words = hidden.reduce(
		(said, known) => said.replaceAll(known, '…'),
		describeErrors(details),
	);
	return `it answered ${status}, ${statusMeaning(status)}${words ? ` (${words})` : ''}`;
}

function violationError(context: IHookFunctions, errors: ValidationError[]): NodeOperationError {
	const message = errors.map(({ field, reason }) => `${field}: ${reason}`).join('; ');
	const fixes = errors.map(({ fix }) => fix).join(' ');
	return setUpError(context, `The trigger is not set up. ${message}`, fixes);
}

/** n8n shows only the message when a workflow cannot be activated. */
function setUpError(context: IHookFunctions, message: string, advice: string): NodeOperationError {
	const error = new NodeOperationError(context.getNode(), message, { description: advice });
	error.message = `${message}. ${advice}`;
	return error;
}

function warn(context: IHookFunctions, words: string): void {
	context.logger.warn(`"${context.getNode().name}": ${words}`);
}
