/**
 * The ID behind a field that is picked from a list or typed: a resource locator where it stands
 * inside a collection, since n8n unpacks it only where it is a field of its own.
 */
export function locatorValue(value: unknown): unknown {
	const locator = value as { __rl?: unknown; value?: unknown } | null | undefined;
	return typeof locator === 'object' && locator?.__rl === true ? locator.value : value;
}
