import type { ValidationError } from '../../validation/result';

/** What the items of a run say about each other, or the run about all of them. */
export interface BatchResult {
	errors: Array<{ itemIndex: number; error: ValidationError }>;
	hints: Array<{ itemIndex: number; hint: string }>;
}
