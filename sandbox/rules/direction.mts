import type { Problem } from '../failures.mts';
import type { Direction } from '../store.mts';

/**
 * CREDIT pays out, DEBIT collects (API reference 4.1, documented). Small letters are refused with
 * 400 (expected by a public test suite). The code of a missing one is expected, the other is
 * inferred, where a suite expects DIRECTION_IS_NOT_RECOGNISED (API reference 6).
 */
export function readDirection(value: unknown, problems: Problem[]): Direction {
	if (value === 'CREDIT' || value === 'DEBIT') return value;
	const isMissing = value === undefined || value === null || value === '';
	problems.push({ code: isMissing ? 'DIRECTION_IS_REQUIRED' : 'DIRECTION_NOT_RECOGNISED' });
	return 'CREDIT';
}
