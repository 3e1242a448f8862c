/** How many characters (code points) a text has, as Imburse is taken to count them. */
export function countCharacters(text: string): number {
	if (!HIGH_SURROGATE.test(text)) return text.length;
	let count = 0;
	for (let at = 0; at < text.length; count++) at += text.codePointAt(at)! > 0xffff ? 2 : 1;
	return count;
}

/** Whether a text has more characters than that; most texts are not even looked into. */
export function isLongerThan(text: string, maxLength: number): boolean {
	if (text.length <= maxLength) return false;
	return text.length > 2 * maxLength || countCharacters(text) > maxLength;
}

/** The first half of a character of two code units: most texts have none, which a pattern sees soonest. */
const HIGH_SURROGATE = /[\ud800-\udbff]/;
