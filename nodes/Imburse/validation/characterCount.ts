/** How many characters (code points) a text has, as Imburse is taken to count them. */
export function countCharacters(text: string): number {
	if (!HIGH_SURROGATE.test(text)) return text.length;
	let pairs = 0;
	for (let at = 1; at < text.length; at++) {
		if (isLowSurrogate(text.charCodeAt(at)) && isHighSurrogate(text.charCodeAt(at - 1))) pairs++;
	}
	return text.length - pairs;
}

/** Whether a text has more characters than that; most texts are not even looked into. */
export function isLongerThan(text: string, maxLength: number): boolean {
	if (text.length <= maxLength) return false;
	return text.length > 2 * maxLength || countCharacters(text) > maxLength;
}

/** The first half of a character of two code units: most texts have none, which a pattern sees soonest. */
const HIGH_SURROGATE = /[\ud800-\udbff]/;

function isHighSurrogate(code: number): boolean {
	return code >= 0xd800 && code <= 0xdbff;
}

function isLowSurrogate(code: number): boolean {
	return code >= 0xdc00 && code <= 0xdfff;
}
