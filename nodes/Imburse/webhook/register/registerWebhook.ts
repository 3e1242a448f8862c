import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';

import { parseResponseBody } from '../../api/responseBody';
import { openConnection, type Connection } from '../../api/connection';
import { parseErrorBody } from '../../api/errors/errorBody';
import { sentences } from '../../api/errors/failureDetails';
import { statusMeaning } from '../../api/errors/statusTable';
import { tokenErrorIn } from '../../api/auth/tokenErrors';
import type { HttpResponse, HttpRequest } from '../../api/http';
import type { ValidationResult, ValidationError } from '../../validation/result';
import { trimmedText, type TriggerParameters } from '../parameters';
import { validateSettings, type TriggerSettings } from '../triggerSettings';
import { readTriggerParameters } from '../triggerParameters';
import { callbackUrl } from '../verify/verifyDelivery';
import { isLocalUrl } from './localUrl';
import {
	deleteRegistration,
	fingerprintOf,
	readRegistration,
	toRegistration,
	buildRegistrationRequest,
	buildRemovalRequest,
	writeRegistration,
} from './registration';

/**
 * Whether nothing is left to do when the workflow is activated. Asked first on every activation, so
 * a trigger that lacks something stops here instead of letting everything in, or nothing.
 */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	const { connection, parameters, settings } = await readTrigger(context);
	const url = triggerUrl(context);
	if (isLocalUrl(url)) warn(context, LOCAL_URL(url));
	// A test URL lasts for one call, and n8n keeps nothing of a test: it would be registered each time.
	if (parameters.setUp !== 'api' || context.getMode() === 'manual') return true;
	const made = readRegistration(context.getWorkflowStaticData('node'));
	if (!made) return false;
	const isSamePlace = made.url === url && made.at === registrationEndpoint(connection, parameters);
	const hasSameSecret = made.mark === fingerprintOf(callbackUrl(url, settings.verification));
	if (isSamePlace && hasSameSecret) return true;
	warn(context, isSamePlace ? REMOVE_OLD_SECRET(made.url) : REMOVE_BY_HAND(made.url));
	return false;
}

/** Registers the address, once. */
export async function registerWebhook(context: IHookFunctions): Promise<boolean> {
	const { connection, parameters, settings } = await readTrigger(context);
	const url = triggerUrl(context);
	if (isLocalUrl(url) && !isLocalUrl(connection.baseUrl)) {
		throw registrationError(
			context,
			'The address of this n8n cannot be reached by Imburse',
			LOCAL_URL(url),
		);
	}
	const form = {
		path: trimmedText(parameters.registrationPath),
		body: trimmedText(parameters.registrationBody),
	};
	const address = callbackUrl(url, settings.verification);
	const request = valueOrThrow(
		context,
		buildRegistrationRequest(form, connection.baseUrl, address),
	);
	const answer = await send(context, connection, request, OUTCOME_UNKNOWN);
	if (answer.status < 200 || answer.status > 299) {
		const message = `Imburse did not register the address: ${describeResponse(answer, connection)}`;
		throw registrationError(context, message, NOT_REGISTERED);
	}
	const made = toRegistration(answer, {
		url,
		address,
		at: registrationEndpoint(connection, parameters),
	});
	writeRegistration(context.getWorkflowStaticData('node'), made);
	return true;
}

/** Removes the registration where the user has said how; otherwise it says what is left to do. */
export async function unregisterWebhook(context: IHookFunctions): Promise<boolean> {
	const staticData = context.getWorkflowStaticData('node');
	const made = readRegistration(staticData);
	const parameters = readTriggerParameters(context);
	if (!made || context.getMode() === 'manual') return true;
	const deletePath = trimmedText(parameters.deletePath);
	if (parameters.setUp !== 'api' || deletePath === '') {
		warn(context, REMOVE_BY_HAND(made.url));
		return true;
	}
	const { connection } = await readTrigger(context);
	const request = valueOrThrow(
		context,
		buildRemovalRequest(deletePath, connection.baseUrl, made.id),
	);
	const answer = await send(context, connection, request, REMOVE_BY_HAND(made.url));
	if ((answer.status < 200 || answer.status > 299) && answer.status !== 404) {
		warn(
			context,
			`Imburse did not remove it: ${describeResponse(answer, connection)}. ${REMOVE_BY_HAND(made.url)}`,
		);
		return true;
	}
	deleteRegistration(staticData);
	return true;
}

const LOCAL_URL = (url: string) =>
	`The webhook URL ${url} can be reached from this network only, so Imburse cannot call it. Ask whoever runs your n8n to set its public address (WEBHOOK_URL).`;
const REMOVE_BY_HAND = (url: string) =>
	`Imburse may still call ${url}. Remove it in the Tenant Portal under Developers > Webhooks.`;
const REMOVE_OLD_SECRET = (url: string) =>
	`The secret in the address has changed. Imburse may still call ${url} with the one before, and is refused then. Remove that address in the Tenant Portal under Developers > Webhooks.`;
const OUTCOME_UNKNOWN =
	'It is not known whether it was registered. Look in the Tenant Portal under Developers > Webhooks: if the address stands there, choose Set Up: By Hand. Otherwise publish the workflow again (n8n 1.x: activate it again).';
const NOT_REGISTERED =
	'The path is one of 2019 and may no longer exist. Choose Set Up: By Hand in the Tenant Portal, or ask Imburse for the path and the body.';

interface Trigger {
	connection: Connection;
	parameters: TriggerParameters;
	settings: TriggerSettings;
}

/** @throws where the credential or the settings lack something */
async function readTrigger(context: IHookFunctions): Promise<Trigger> {
	const connection = valueOrThrow(context, await openConnection(context));
	const parameters = readTriggerParameters(context);
	const settings = valueOrThrow(context, validateSettings(parameters, connection.credential));
	return { connection, parameters, settings };
}

function registrationEndpoint(
	{ baseUrl }: Connection,
	{ registrationPath }: TriggerParameters,
): string {
	return `${baseUrl}${trimmedText(registrationPath)}`;
}

function triggerUrl(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') ?? '';
}

function valueOrThrow<T>(context: IHookFunctions, verdict: ValidationResult<T>): T {
	if (verdict.ok) return verdict.value;
	throw validationFailed(context, verdict.errors);
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
		throw noResponseError(context, error, advice);
	}
}

function noResponseError(
	context: IHookFunctions,
	error: unknown,
	advice: string,
): NodeOperationError {
	const tokenError = tokenErrorIn(error);
	if (tokenError)
		return registrationError(context, 'No access token could be had', tokenError.message);
	return registrationError(context, 'Imburse gave no answer', advice);
}

/** Imburse's words may repeat the address, and with it the secret. */
function describeResponse(
	{ status, text, headers }: HttpResponse,
	{ credential }: Connection,
): string {
	const details = parseErrorBody(parseResponseBody(text), headers);
	const { webhookSharedSecret: secret } = credential;
	const hidden = secret === '' ? [] : [secret, encodeURIComponent(secret)];
	const words = hidden.reduce((said, known) => said.replaceAll(known, '…'), sentences(details));
	return `it answered ${status}, ${statusMeaning(status)}${words ? ` (${words})` : ''}`;
}

function validationFailed(context: IHookFunctions, errors: ValidationError[]): NodeOperationError {
	const message = errors.map(({ field, reason }) => `${field}: ${reason}`).join('; ');
	const fixes = errors.map(({ fix }) => fix).join(' ');
	return registrationError(context, `The trigger is not set up. ${message}`, fixes);
}

/** n8n shows only the message when a workflow cannot be activated. */
function registrationError(
	context: IHookFunctions,
	message: string,
	advice: string,
): NodeOperationError {
	const error = new NodeOperationError(context.getNode(), message, { description: advice });
	error.message = `${message}. ${advice}`;
	return error;
}

function warn(context: IHookFunctions, words: string): void {
	context.logger.warn(`"${context.getNode().name}": ${words}`);
}
