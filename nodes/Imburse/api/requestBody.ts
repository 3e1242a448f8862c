import { valid, invalid, type ValidationResult } from '../validation/result';
import type { BodyFormat } from './credential';

/** A request body before it is written down. Amounts are decimal text in it, never numbers. */
export type RequestBody = Readonly<Record<string, unknown>>;

export interface EncodedBody {
	contentType: string;
	text: string;
}

/**
 * Writes a body down as JSON or form-encoded.
 *
 * The introduction says that request bodies are form-encoded, every example of every generation
 * is JSON (API reference 9, row 2). Form encoding is documented for no nested value: metadata is
 * written as `metadata[name]=value` (inferred), and anything else that is nested is refused.
 */
export function encodeBody(body: RequestBody, format: BodyFormat): ValidationResult<EncodedBody> {
	const nested = Object.keys(body).filter((name) => name !== 'metadata' && isNested(body[name]));
	if (format === 'form' && nested.length > 0) return invalid(...nested.map(notFlat));
	return valid(encodeFlat(body, format));
}

/** As `encodeBody`, for a body that is known to be flat but for its metadata. */
export function encodeFlat(body: RequestBody, format: BodyFormat): EncodedBody {
	if (format === 'json') return { contentType: 'application/json', text: JSON.stringify(body) };
	return {
		contentType: 'application/x-www-form-urlencoded',
		text: new URLSearchParams(toFormFields(body)).toString(),
	};
}

function toFormFields(body: RequestBody): Array<[string, string]> {
	return Object.entries(body).flatMap(([name, value]): Array<[string, string]> =>
		isNested(value)
			? Object.entries(value).map(([key, text]) => [`${name}[${key}]`, String(text)])
			: [[name, String(value)]],
	);
}

function isNested(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}

const DISPLAY_NAMES: Readonly<Record<string, string>> = {
	instructions: 'Instructions',
	customerDefaults: 'Customer Defaults',
};

function notFlat(name: string) {
	return {
		field: DISPLAY_NAMES[name] ?? name,
		reason: 'it cannot be sent in a form-encoded body: Imburse documents no way to write it there',
		fix: 'Set Body Format to JSON in the Imburse credential.',
	};
}
