import type { Problem } from '../failures.mts';

/**
 * A scheme of the tenant; anything else is SCHEME_ID_NOT_RECOGNISED (API reference 4.1, observed).
 * So is one that does not suit the direction (inferred), where a public test suite expects
 * SCHEME_ID_NOT_SUPPORTED (API reference 6). Null when none was sent: it may come from the customer
 * defaults (API reference 4.1, documented).
 */
export function readSchemeId(
	value: unknown,
	knownSchemeIds: readonly string[],
	problems: Problem[],
): string | null {
	if (value === undefined || value === null) return null;
	if (typeof value === 'string' && knownSchemeIds.includes(value)) return value;
	problems.push({ code: 'SCHEME_ID_NOT_RECOGNISED' });
	return null;
}
