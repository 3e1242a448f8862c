import type { IHookFunctions, NodeOperationError } from 'n8n-workflow';

import { findTokenError } from '../../api/errors/tokenError';
import { openConnection, type Connection } from '../../api/connection';
import { parseErrorBody } from '../../api/errors/errorBody';
import { describeErrors } from '../../api/errors/failureDetails';
import { statusMeaning } from '../../api/errors/statusTable';
import type { HttpRequest, HttpResponse } from '../../api/http';
import { parseResponseBody } from '../../api/responseBody';
import { messageOnlyError } from '../../n8n/nodeError';
import { logWarning } from '../../n8n/notices';
import {
	describeFixes,
	describeReasons,
	type ValidationError,
	type ValidationResult,
} from '../../validation/result';
import { readTriggerParameters, trimmedText, type TriggerParameters } from '../triggerParameters';
import { validateSettings, type TriggerSettings } from '../triggerSettings';
import { callbackUrlOf } from '../verify/verifyDelivery';
import { isLocalUrl } from './localUrl';
import {
	buildRegistrationRequest,
	buildRemovalRequest,
	deleteRegistration,
	fingerprintOf,
	readRegistration,
	toRegistration,
	writeRegistration,
} from './registration';

/**
 * Whether nothing is left to do when the workflow is activated. n8n calls this first on every
 * activation, so a trigger with invalid settings stops here.
 */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	const { connection, parameters, settings } = await readTrigger(context);
	const url = triggerUrl(context);
	if (isLocalUrl(url)) warn(context, LOCAL_URL(url));
	// A test URL lasts for one call and n8n stores nothing of a test: each test would register it again.
	if (parameters.setUp !== 'api' || context.getMode() === 'manual') return true;
	const registration = readRegistration(context.getWorkflowStaticData('node'));
	if (!registration) return false;
	const isSameUrl =
		registration.url === url && registration.endpoint === endpointOf(connection, parameters);
	const fingerprint = fingerprintOf(callbackUrlOf(url, settings.verification));
	if (isSameUrl && registration.fingerprint === fingerprint) return true;
	warn(context, isSameUrl ? REMOVE_OLD_SECRET(url) : REMOVE_BY_HAND(registration.url));
	return false;
}

/** Registers the trigger's URL, and stores the registration so that it is made only once. */
export async function registerWebhook(context: IHookFunctions): Promise<boolean> {
	const { connection, parameters, settings } = await readTrigger(context);
	const url = triggerUrl(context);
	if (isLocalUrl(url) && !isLocalUrl(connection.baseUrl)) {
		throw messageOnlyError(context.getNode(), NOT_REACHABLE, LOCAL_URL(url));
	}
	const path = trimmedText(parameters.registrationPath);
	const body = trimmedText(parameters.registrationBody);
	const callbackUrl = callbackUrlOf(url, settings.verification);
	const request = buildRegistrationRequest({ path, body }, connection.baseUrl, callbackUrl);
	const response = await send(context, connection, valueOrThrow(context, request), OUTCOME_UNKNOWN);
	if (!isSuccess(response)) {
		const message = `Imburse did not register the address: ${describeResponse(response, connection)}`;
		throw messageOnlyError(context.getNode(), message, NOT_REGISTERED);
	}
	const endpoint = endpointOf(connection, parameters);
	const registration = toRegistration(response, { url, callbackUrl, endpoint });
	writeRegistration(context.getWorkflowStaticData('node'), registration);
	return true;
}

/** Removes the registration if the user has filled in a path for it; otherwise says what to remove. */
export async function unregisterWebhook(context: IHookFunctions): Promise<boolean> {
	const staticData = context.getWorkflowStaticData('node');
	const registration = readRegistration(staticData);
	const parameters = readTriggerParameters(context);
	if (!registration || context.getMode() === 'manual') return true;
	const { id, url } = registration;
	const deletePath = trimmedText(parameters.deletePath);
	if (parameters.setUp !== 'api' || deletePath === '') {
		warn(context, REMOVE_BY_HAND(url));
		return true;
	}
	const { connection } = await readTrigger(context);
	const request = valueOrThrow(context, buildRemovalRequest(deletePath, connection.baseUrl, id));
	const response = await send(context, connection, request, REMOVE_BY_HAND(url));
	if (!isSuccess(response) && response.status !== 404) {
		const reason = describeResponse(response, connection);
		warn(context, `Imburse did not remove it: ${reason}. ${REMOVE_BY_HAND(url)}`);
		return true;
	}
	deleteRegistration(staticData);
	return true;
}

function isSuccess({ status }: HttpResponse): boolean {
	return status >= 200 && status <= 299;
}

const NOT_REACHABLE = 'The address of this n8n cannot be reached by Imburse';
const LOCAL_URL = (url: string) =>
	`The webhook URL ${url} can be reached from this network only, so Imburse cannot call it. Ask whoever runs your n8n to set its public address (WEBHOOK_URL).`;
const REMOVE_BY_HAND = (url: string) =>
	`Imburse may still call ${url}. Remove it in the Tenant Portal under Developers > Webhooks.`;
const REMOVE_OLD_SECRET = (url: string) =>
	`The secret in the address has changed. Imburse may still call ${url} with the old secret, and such calls are refused. Remove that address in the Tenant Portal under Developers > Webhooks.`;
const OUTCOME_UNKNOWN =
	'It is not known whether it was registered. Look in the Tenant Portal under Developers > Webhooks: if the address stands there, choose Set Up: By Hand. Otherwise publish the workflow again (n8n 1.x: activate it again).';
const NOT_REGISTERED =
	'The path is one of 2019 and may no longer exist. Choose Set Up: By Hand in the Tenant Portal, or ask Imburse for the path and the body.';

interface Trigger {
	connection: Connection;
	parameters: TriggerParameters;
	settings: TriggerSettings;
}

/** @throws if the credential or the settings are invalid */
async function readTrigger(context: IHookFunctions): Promise<Trigger> {
	const connection = valueOrThrow(context, await openConnection(context));
	const parameters = readTriggerParameters(context);
	const settings = valueOrThrow(context, validateSettings(parameters, connection.credential));
	return { connection, parameters, settings };
}

function endpointOf({ baseUrl }: Connection, { registrationPath }: TriggerParameters): string {
	return `${baseUrl}${trimmedText(registrationPath)}`;
}

function triggerUrl(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') ?? '';
}

function valueOrThrow<T>(context: IHookFunctions, result: ValidationResult<T>): T {
	if (result.ok) return result.value;
	throw validationError(context, result.errors);
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
	const tokenError = findTokenError(error);
	if (tokenError)
		return messageOnlyError(
			context.getNode(),
			'No access token could be fetched',
			tokenError.message,
		);
	return messageOnlyError(context.getNode(), 'Imburse gave no answer', advice);
}

/** Imburse's words may repeat the address, and with it the secret. */
function describeResponse(
	{ status, text, headers }: HttpResponse,
	{ credential }: Connection,
): string {
	const details = parseErrorBody(parseResponseBody(text), headers);
	const { webhookSharedSecret: secret } = credential;
	const hidden = secret === '' ? [] : [secret, encodeURIComponent(secret)];
	const words = hidden.reduce(
		(said, known) => said.replaceAll(known, '…'),
		describeErrors(details),
	);
	return `it answered ${status}, ${statusMeaning(status)}${words ? ` (${words})` : ''}`;
}

function validationError(context: IHookFunctions, errors: ValidationError[]): NodeOperationError {
	const message = describeReasons(errors);
	const fixes = describeFixes(errors);
	return messageOnlyError(context.getNode(), `The trigger is not set up. ${message}`, fixes);
}

function warn(context: IHookFunctions, text: string): void {
	logWarning(context, `"${context.getNode().name}": ${text}`);
}
