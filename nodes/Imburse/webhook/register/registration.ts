import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import type { HttpRequest, HttpResponse } from '../../api/http';
import { asJsonObject, isJsonObject, type JsonObject } from '../../validation/jsonObject';
import { parseResponseBody } from '../../api/responseBody';
import { formatValue } from '../../validation/format';
import { parseJsonField } from '../../validation/parseJson';
import { invalid, valid, type ValidationResult } from '../../validation/result';
import { ownProperty } from '../jsonValues';

/** A registration that was made, as n8n stores it. */
export interface Registration {
	/** The trigger's URL, without a secret. */
	url: string;
	/** Fingerprint of the callback URL, which may contain the secret. */
	fingerprint: string;
	/** Where the URL was registered: base URL and path. */
	endpoint: string;
	/** Null if the response contained none. */
	id: string | null;
	/** Imburse's response without anything that looks like a secret. */
	response: IDataObject;
}

/*
 * The keys `registration`, `url`, `mark`, `at`, `id` and `answer` are stored in users' n8n: they must
 * not change.
 */

export function readRegistration(staticData: IDataObject): Registration | undefined {
	const { url, mark, at, id, answer } = asJsonObject(staticData.registration);
	if (typeof url !== 'string' || typeof at !== 'string') return undefined;
	return {
		url,
		fingerprint: typeof mark === 'string' ? mark : '',
		endpoint: at,
		id: typeof id === 'string' ? id : null,
		response: asJsonObject(answer) as IDataObject,
	};
}

export function writeRegistration(staticData: IDataObject, registration: Registration): void {
	const { url, fingerprint, endpoint, id, response } = registration;
	staticData.registration = { url, mark: fingerprint, at: endpoint, id, answer: response };
}

export function deleteRegistration(staticData: IDataObject): void {
	delete staticData.registration;
}

/**
 * Tells whether a callback URL, its secret included, has changed. It has 24 bits of a hash: too few to
 * find the secret, and a change is missed once in 16 million times.
 */
export function fingerprintOf(callbackUrl: string): string {
	return createHash('sha256').update(callbackUrl).digest('hex').slice(0, 6);
}

/** What the user filled in for the registration. */
export interface RegistrationSettings {
	path: string;
	/** JSON in which `{URL}` stands for the callback URL. */
	body: string;
}

/** Only the path was ever published (API reference 7.1); the body is what the user filled in. */
export function buildRegistrationRequest(
	{ path, body }: RegistrationSettings,
	baseUrl: string,
	callbackUrl: string,
): ValidationResult<HttpRequest> {
	const url = resolvePath(baseUrl, path, 'Path');
	if (!url.ok) return url;
	const json = parseJsonField(body, 'Body', 'Correct it, or restore the default.');
	if (!json.ok) return json;
	return valid({
		method: 'POST',
		url: url.value,
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify(insertUrl(json.value, callbackUrl)),
	});
}

/** The request that removes a registration. Its path is what the user filled in. */
export function buildRemovalRequest(
	deletePath: string,
	baseUrl: string,
	id: string | null,
): ValidationResult<HttpRequest> {
	if (/\{id\}/i.test(deletePath) && id === null) {
		return invalid({
			field: 'Delete Path',
			reason: 'it holds {ID}, and Imburse gave none when the address was registered',
			fix: 'Remove the address in the Tenant Portal under Developers > Webhooks.',
		});
	}
	const path = deletePath.replace(/\{id\}/gi, () => encodeURIComponent(id ?? ''));
	const url = resolvePath(baseUrl, path, 'Delete Path');
	if (!url.ok) return url;
	return valid({ method: 'DELETE', url: url.value, headers: {} });
}

const PLAIN_PATH = /^(\/[\w.~%-]+)+\/?$/;

/** The path must lead neither to another host nor out of the base URL: an access token goes there. */
function resolvePath(baseUrl: string, path: string, field: string): ValidationResult<string> {
	const hasDotSegment = path.split('/').some((segment) => /^(\.|%2e){1,2}$/i.test(segment));
	if (PLAIN_PATH.test(path) && !hasDotSegment) return valid(`${baseUrl}${path}`);
	return invalid({
		field,
		reason: `${formatValue(path)} is not a path that begins with "/"`,
		fix: 'Enter a path such as /management/v1/notifications/webhooks.',
	});
}

function insertUrl(value: unknown, url: string): unknown {
	if (typeof value === 'string') return value.replace(/\{url\}/gi, () => url);
	if (Array.isArray(value)) return value.map((entry) => insertUrl(entry, url));
	if (!isJsonObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, entry]) => [name, insertUrl(entry, url)]),
	);
}

/** What was registered. */
export interface RegisteredUrl {
	/** The trigger's URL, without a secret. */
	url: string;
	callbackUrl: string;
	/** Base URL and path. */
	endpoint: string;
}

const ID_NAMES = ['id', 'webhookId', 'subscriptionId'];

/**
 * What to store of the response. A key in it belongs into the credential, where n8n encrypts it, and a
 * URL may contain a secret.
 */
export function toRegistration(
	{ text }: HttpResponse,
	{ url, callbackUrl, endpoint }: RegisteredUrl,
): Registration {
	const body = parseResponseBody(text);
	const object = asJsonObject(body.kind === 'json' ? body.value : undefined);
	const [id = null] = ID_NAMES.flatMap((name) => parseId(ownProperty(object, name)));
	const fingerprint = fingerprintOf(callbackUrl);
	return { url, fingerprint, endpoint, id, response: withoutSecrets(object) };
}

/** An empty ID is none: with it, the path of one registration would be the path of all. */
function parseId(value: unknown): string[] {
	if (typeof value === 'number' && Number.isSafeInteger(value)) return [String(value)];
	return typeof value === 'string' && value.trim() !== '' ? [value.trim()] : [];
}

const SECRET_NAMES =
	/key|secret|token|sign|password|auth|credential|hmac|ur[il]|address|destination$/i;

/** No value that could be or contain a URL. */
const PLAIN_WORDS = /^[\w .,:+-]{0,64}$/;

function withoutSecrets(object: JsonObject): IDataObject {
	const harmless = Object.entries(object).filter(
		([name, value]) => !SECRET_NAMES.test(name) && PLAIN_WORDS.test(String(value)),
	);
	return Object.fromEntries(harmless) as IDataObject;
}
