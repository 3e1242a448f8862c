/** An object of JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object of JSON, and no list. */
export function isJsonObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object of JSON; an empty one for anything else. */
export function asJsonObject(value: unknown): JsonObject {
	return isJsonObject(value) ? value : {};
}
