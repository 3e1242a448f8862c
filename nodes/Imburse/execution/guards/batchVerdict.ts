import type { Violation } from '../../rules/violation';

/** What the items of a run say about each other, or the run about all of them. */
export interface BatchVerdict {
	violations: Array<{ itemIndex: number; violation: Violation }>;
	hints: Array<{ itemIndex: number; hint: string }>;
}
