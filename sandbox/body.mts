import { refusal } from './failures.mts';
import type { Call } from './route.mts';

export type Fields = Readonly<Record<string, unknown>>;

/**
 * The body as named fields: JSON (API reference 4, documented and observed) or form-encoded (API
 * reference 9, row 2, documented; how it is meant is inferred). A key that stands twice is taken
 * (API reference 8, expected for JSON), with its last value (inferred). No readable object: 400,
 * inferred.
 */
export function readFields(call: Call): Fields {
	if (call.body.length === 0) throw refusal(400, 'REQUEST_BODY_IS_REQUIRED');
	const contentType = call.headers['content-type'] ?? 'application/json';
	const text = call.body.toString('utf8');
	if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) return readForm(text);
	if (/^application\/json\b/i.test(contentType)) return readJsonObject(text);
	throw refusal(400, 'REQUEST_BODY_NOT_RECOGNISED', `Content-Type ${contentType}`);
}

/** An object that is neither null nor an array. */
export function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readJsonObject(text: string): Fields {
	const value = parseJson(text);
	if (!isFields(value)) throw refusal(400, 'REQUEST_BODY_NOT_RECOGNISED', 'not a JSON object');
	return value;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw refusal(400, 'REQUEST_BODY_NOT_RECOGNISED', 'not JSON');
	}
}

/** Flat fields, and `metadata[key]=value`. Other brackets are documented nowhere and refused. */
function readForm(text: string): Fields {
	const fields = new Map<string, unknown>();
	const metadata = new Map<string, string>();
	for (const [name, value] of new URLSearchParams(text)) {
		const metadataKey = /^metadata\[(.*)\]$/s.exec(name)?.[1];
		if (metadataKey !== undefined) metadata.set(metadataKey, value);
		else if (/[[\]]/.test(name)) {
			throw refusal(400, 'REQUEST_BODY_NOT_RECOGNISED', `form field ${name}`);
		} else fields.set(name, value);
	}
	if (metadata.size > 0) fields.set('metadata', Object.fromEntries(metadata));
	return Object.fromEntries(fields);
}
