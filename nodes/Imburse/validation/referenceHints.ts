import { withoutEmptyDecimals } from './emptyDecimals';

/** From 2020 to 2035, in seconds since 1970; the same with three digits more in milliseconds. */
const EARLIEST_SECONDS = 1_577_836_800;
const LATEST_SECONDS = 2_051_222_400;
const TIME_STAMP = /(?<!\d)\d{10}(?:\d{3})?(?!\d)/g;
/** A date with a time behind it, however it is squeezed together: `20261128-0017` is none. */
const DATE_AND_TIME =
	/(?<!\d)20[23]\d([-_.]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?:[-_.]?(?:[01]\d|2[0-3])([-_.]?)[0-5]\d\2[0-5]\d|T(?:[01]\d|2[0-3])[-_.]?[0-5]\d)/;
/** Any but those that are made from a name (versions 3 and 5), which stay the same. */
const UUID =
	/(?<![\da-f])[\da-f]{8}(-?)[\da-f]{4}\1[124678][\da-f]{3}\1[89ab][\da-f]{3}\1[\da-f]{12}(?![\da-f])/i;
const ULID = /(?<![\dA-Z])01[\dA-HJKMNP-TV-Z]{24}(?![\dA-Z])/i;
/** A shorter number is too often a claim's own. */
const EXECUTION_MIN_DIGITS = 4;

/**
 * What a reference looks like that is made anew on each run, or that may come in another spelling on
 * the next one, in sentences. It may be a payment's own all the same, so that these stop nothing.
 *
 * @param executionId the number of this run, where there is one
 */
export function referenceHints(reference: string, executionId = ''): string[] {
	const look = lookOf(reference, executionId);
	return [
		...(look === undefined
			? []
			: [`looks like ${look}. If it is made anew on each run, the same data is paid again.`]),
		...(withoutEmptyDecimals(reference) !== reference ? [LOOKS_DECIMAL] : []),
	];
}

const LOOKS_DECIMAL =
	'holds a number that a spreadsheet may have taken for a decimal. Without the point and zeros it is another payment.';

function lookOf(reference: string, executionId: string): string | undefined {
	if (UUID.test(reference) || ULID.test(reference)) return 'a random ID';
	if (DATE_AND_TIME.test(reference) || holdsTimeStamp(reference)) return 'a time stamp';
	return holdsExecution(reference, executionId) ? 'the number of this execution' : undefined;
}

function holdsTimeStamp(reference: string): boolean {
	const seconds = (reference.match(TIME_STAMP) ?? []).map((digits) => Number(digits.slice(0, 10)));
	return seconds.some((second) => second >= EARLIEST_SECONDS && second < LATEST_SECONDS);
}

function holdsExecution(reference: string, executionId: string): boolean {
	if (!/^\d+$/.test(executionId) || executionId.length < EXECUTION_MIN_DIGITS) return false;
	return reference.split(/\D+/).includes(executionId);
}
