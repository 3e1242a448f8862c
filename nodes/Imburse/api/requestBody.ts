import type { BodyFormat } from './credential';

/** A request body before it is encoded. Amounts are decimal text in it, never numbers. */
export type RequestBody = Readonly<Record<string, unknown>>;

export interface EncodedBody {
	contentType: string;
	text: string;
}

/**
 * Encodes a body as JSON or as a form.
 *
 * The introduction says that request bodies are form-encoded, every example of every generation is
 * JSON (API reference 9, row 2). Metadata is written as `metadata[name]=value` (inferred). Form
 * encoding is documented for no other nested value, so none may come here, and no key with brackets:
 * it would be read as one more level.
 */
export function encodeBody(body: RequestBody, format: BodyFormat): EncodedBody {
	if (format === 'json') return { contentType: 'application/json', text: JSON.stringify(body) };
	return {
		contentType: 'application/x-www-form-urlencoded',
		text: new URLSearchParams(toFormFields(body)).toString(),
	};
}

function toFormFields(body: RequestBody): Array<[string, string]> {
	return Object.entries(body).flatMap(([name, value]): Array<[string, string]> => {
		if (!isNested(value)) return [[flatName(name), String(value)]];
		if (name !== 'metadata') throw new Error(`${name} cannot be form-encoded`);
		return Object.entries(value).map(([key, text]) => [`${name}[${flatName(key)}]`, String(text)]);
	});
}

function flatName(name: string): string {
	if (/[[\]]/.test(name)) throw new Error(`${name} cannot be form-encoded`);
	return name;
}

function isNested(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}
