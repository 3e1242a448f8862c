import { apiError } from './apiError.mts';
import type { ApiRequest } from './route.mts';

export type Fields = Readonly<Record<string, unknown>>;

/**
 * The body as named fields: JSON (API reference 4, documented and observed) or form-encoded (API
 * reference 9, row 2, documented; its notation is inferred). A key may be repeated (API reference 8,
 * expected for JSON); its last value counts (inferred). Anything but a readable object answers 400
 * (inferred).
 */
export function parseBody(request: ApiRequest): Fields {
	if (request.body.length === 0) throw apiError(400, 'REQUEST_BODY_IS_REQUIRED');
	const contentType = request.headers['content-type'] ?? 'application/json';
	const text = request.body.toString('utf8');
	if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) return parseForm(text);
	if (/^application\/json\b/i.test(contentType)) return parseJsonObject(text);
	throw apiError(400, 'REQUEST_BODY_NOT_RECOGNISED', `Content-Type ${contentType}`);
}

/** An object that is neither null nor an array. */
export function isObject(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJsonObject(text: string): Fields {
	const value = parseJson(text);
	if (!isObject(value)) throw apiError(400, 'REQUEST_BODY_NOT_RECOGNISED', 'not a JSON object');
	return value;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw apiError(400, 'REQUEST_BODY_NOT_RECOGNISED', 'not JSON');
	}
}

/** Flat fields, and `metadata[key]=value`. Other brackets are not documented and refused. */
function parseForm(text: string): Fields {
	const fields = new Map<string, unknown>();
	const metadata = new Map<string, string>();
	for (const [name, value] of new URLSearchParams(text)) {
		const metadataKey = /^metadata\[(.*)\]$/s.exec(name)?.[1];
		if (metadataKey !== undefined) metadata.set(metadataKey, value);
		else if (/[[\]]/.test(name)) {
			throw apiError(400, 'REQUEST_BODY_NOT_RECOGNISED', `form field ${name}`);
		} else fields.set(name, value);
	}
	if (metadata.size > 0) fields.set('metadata', Object.fromEntries(metadata));
	return Object.fromEntries(fields);
}
