import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import { parseResponseBody } from '../../api/responseBody';
import { isJsonObject } from '../../api/jsonObject';
import type { HttpResponse, HttpRequest } from '../../api/http';
import { parseJson } from '../../validation/parseJson';
import { formatValue } from '../../validation/format';
import { valid, invalid, type ValidationResult } from '../../validation/result';
import { ownProperty } from '../jsonValues';

/** What is stored of a registration that was made. */
export interface Registration {
	/** The address that was registered, without a secret in it. */
	url: string;
	/** Of the address as it was registered: see `markOf`. */
	mark: string;
	/** Where: base URL and path. */
	at: string;
	/** Null where the answer held none. */
	id: string | null;
	/** Imburse's answer without what looks like a secret. */
	answer: IDataObject;
}

const STORED_KEY = 'registration';

export function readRegistration(staticData: IDataObject): Registration | undefined {
	const stored = staticData[STORED_KEY];
	if (!isJsonObject(stored)) return undefined;
	const { url, mark, at, id, answer } = stored;
	if (typeof url !== 'string' || typeof at !== 'string') return undefined;
	return {
		url,
		mark: typeof mark === 'string' ? mark : '',
		at,
		id: typeof id === 'string' ? id : null,
		answer: isJsonObject(answer) ? (answer as IDataObject) : {},
	};
}

export function writeRegistration(staticData: IDataObject, made: Registration): void {
	staticData[STORED_KEY] = { ...made };
}

export function deleteRegistration(staticData: IDataObject): void {
	delete staticData[STORED_KEY];
}

/**
 * Tells whether an address has changed, its secret included. 24 bits of a hash: too few to find the
 * secret by, and a change is overlooked once in 16 million times.
 */
export function fingerprintOf(address: string): string {
	return createHash('sha256').update(address).digest('hex').slice(0, 6);
}

/** Where it is registered and what is sent, as the user filled it in. */
export interface RegistrationSettings {
	path: string;
	/** JSON in which `{URL}` stands for the address. */
	body: string;
}

/**
 * The request that registers an address. Only its path was ever published (API reference 7.1); the
 * body is what the user filled in.
 */
export function buildRegistrationRequest(
	{ path, body }: RegistrationSettings,
	baseUrl: string,
	url: string,
): ValidationResult<HttpRequest> {
	const target = resolvePath(baseUrl, path, 'Path');
	if (!target.ok) return target;
	const { error: mistake } = parseJson(body);
	if (mistake) {
		return invalid({
			field: 'Body',
			reason: `it is no JSON: in line ${mistake.line}, ${mistake.expected} is expected`,
			fix: 'Correct it, or restore the default.',
		});
	}
	return valid({
		method: 'POST',
		url: target.value,
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify(insertUrl(JSON.parse(body), url)),
	});
}

/** The request that removes a registration, where the user has filled in a path for it. */
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
	const target = resolvePath(baseUrl, path, 'Delete Path');
	if (!target.ok) return target;
	return valid({ method: 'DELETE', url: target.value, headers: {} });
}

/** Nothing else of Imburse's host: neither another host nor a path that climbs out. */
const PLAIN_PATH = /^(\/[\w.~%-]+)+\/?$/;

function resolvePath(baseUrl: string, path: string, field: string): ValidationResult<string> {
	const climbs = path.split('/').some((segment) => /^(\.|%2e){1,2}$/i.test(segment));
	if (PLAIN_PATH.test(path) && !climbs) return valid(`${baseUrl}${path}`);
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

const ID_NAMES = ['id', 'webhookId', 'subscriptionId'];
const SECRET_NAMES =
	/key|secret|token|sign|password|auth|credential|hmac|ur[il]|address|destination$/i;

/** What was registered: the address of the trigger, and that address with what proves the origin. */
export interface RegisteredUrl {
	url: string;
	address: string;
	/** Base URL and path. */
	at: string;
}

/**
 * What to keep of the answer. A key in it belongs into the credential, where n8n encrypts it, and an
 * address may hold a secret.
 */
export function toRegistration(
	answer: HttpResponse,
	{ url, address, at }: RegisteredUrl,
): Registration {
	const body = parseResponseBody(answer.text);
	const value = body.kind === 'json' && isJsonObject(body.value) ? body.value : {};
	const [id = null] = ID_NAMES.flatMap((name) => parseId(ownProperty(value, name)));
	return { url, mark: fingerprintOf(address), at, id, answer: withoutSecrets(value) };
}

/** An empty one would make the path of all registrations out of that of one. */
function parseId(value: unknown): string[] {
	if (typeof value === 'number' && Number.isSafeInteger(value)) return [String(value)];
	return typeof value === 'string' && value.trim() !== '' ? [value.trim()] : [];
}

/** No address, and nothing that could stand behind one. */
const PLAIN_WORDS = /^[\w .,:+-]{0,64}$/;

function withoutSecrets(value: Readonly<Record<string, unknown>>): IDataObject {
	const harmless = Object.entries(value).filter(
		([name, entry]) => !SECRET_NAMES.test(name) && PLAIN_WORDS.test(String(entry)),
	);
	return Object.fromEntries(harmless) as IDataObject;
}
