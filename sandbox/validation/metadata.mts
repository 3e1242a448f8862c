import { isObject } from '../requestBody.mts';
import type { ErrorEntry } from '../apiError.mts';
import type { Metadata } from '../store.mts';

/** The introduction's limits (API reference 8, documented). */
const maxKeys = 50;
const maxKeySize = 40;

/**
 * An object of texts with at most 50 keys of at most 40 characters (API reference 8, documented;
 * the limit of a value is an option). An empty key is refused (expected by a public test suite).
 * It is inferred that characters are counted as code points, that the limits hold for instructions
 * too, and that only texts are accepted. Metadata that was not sent is empty.
 */
export function parseMetadata(
	value: unknown,
	maxValueSize: number,
	errors: ErrorEntry[],
): Metadata {
	if (value === undefined || value === null) return {};
	if (!isObject(value) || !hasOnlyTexts(value)) {
		errors.push({ code: 'METADATA_FORMAT_NOT_RECOGNISED' });
		return {};
	}
	errors.push(...sizeErrors(value, maxValueSize));
	return value;
}

function hasOnlyTexts(fields: Readonly<Record<string, unknown>>): fields is Metadata {
	return Object.values(fields).every((value) => typeof value === 'string');
}

function sizeErrors(metadata: Metadata, maxValueSize: number): ErrorEntry[] {
	const errors: ErrorEntry[] = [];
	const keySizes = Object.keys(metadata).map(characterCount);
	if (keySizes.length > maxKeys) {
		errors.push({ code: 'METADATA_SIZE_OUT_OF_RANGE', values: { maxKeys } });
	}
	if (keySizes.some((size) => size === 0 || size > maxKeySize)) {
		errors.push({ code: 'METADATA_KEY_SIZE_OUT_OF_RANGE', values: { maxKeySize } });
	}
	if (Object.values(metadata).some((value) => characterCount(value) > maxValueSize)) {
		errors.push({ code: 'METADATA_VALUE_SIZE_OUT_OF_RANGE', values: { maxValueSize } });
	}
	return errors;
}

function characterCount(text: string): number {
	return [...text].length;
}
