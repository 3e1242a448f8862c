import type { Problem } from '../failures.mts';

/**
 * A scheme of the tenant; anything else is SCHEME_ID_NOT_RECOGNISED (API reference 4.1, observed).
 * That the scheme must suit the direction is inferred. Null when none was sent: it may come from
 * the customer defaults (4.1, documented).
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
