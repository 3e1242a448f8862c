import { isFields } from '../body.mts';
import type { Problem } from '../failures.mts';
import type { Metadata } from '../store.mts';

/** The introduction's limits (API reference 8, documented). */
const maxKeys = 50;
const maxKeySize = 40;

/**
 * An object of texts with at most 50 keys of at most 40 characters (API reference 8, documented;
 * the limit of a value is an option). An empty key is refused (expected by a public test suite).
 * Characters are counted as code points, the limits hold for instructions too, and anything that
 * is no text is refused: inferred. Nothing sent is no metadata.
 */
export function readMetadata(value: unknown, maxValueSize: number, problems: Problem[]): Metadata {
	if (value === undefined || value === null) return {};
	if (!isFields(value) || !hasOnlyTexts(value)) {
		problems.push({ code: 'METADATA_FORMAT_NOT_RECOGNISED' });
		return {};
	}
	problems.push(...sizeProblems(value, maxValueSize));
	return value;
}

function hasOnlyTexts(fields: Readonly<Record<string, unknown>>): fields is Metadata {
	return Object.values(fields).every((value) => typeof value === 'string');
}

function sizeProblems(metadata: Metadata, maxValueSize: number): Problem[] {
	const problems: Problem[] = [];
	const keySizes = Object.keys(metadata).map(sizeOf);
	if (keySizes.length > maxKeys) {
		problems.push({ code: 'METADATA_SIZE_OUT_OF_RANGE', values: { maxKeys } });
	}
	if (keySizes.some((size) => size === 0 || size > maxKeySize)) {
		problems.push({ code: 'METADATA_KEY_SIZE_OUT_OF_RANGE', values: { maxKeySize } });
	}
	if (Object.values(metadata).some((value) => sizeOf(value) > maxValueSize)) {
		problems.push({ code: 'METADATA_VALUE_SIZE_OUT_OF_RANGE', values: { maxValueSize } });
	}
	return problems;
}

function sizeOf(text: string): number {
	return [...text].length;
}
