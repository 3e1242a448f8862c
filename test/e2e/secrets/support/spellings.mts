/**
 * Every form that a secret may have in a log, a database or a file: as it is, escaped for JSON
 * or a URL, in hexadecimal and in both kinds of Base64, where it may be a part of something longer.
 * A key that is Base64 itself stands for its bytes too. What Base64 is padded with is left away: it
 * may be missing.
 */
export function spellings(secret: string): string[] {
	const text = secret.replace(/=+$/, '');
	const json = JSON.stringify(text).slice(1, -1);
	const asText = [text, json, encodeURIComponent(text)];
	const binary = [Buffer.from(secret), ...bytesOf(secret)].flatMap((bytes) => [
		...hexadecimal(bytes),
		...base64(bytes),
	]);
	return [...new Set([...asText, ...binary])];
}

/** The bytes of a Base64 text of some length. */
function bytesOf(secret: string): Buffer[] {
	return /^[\w+/-]{20,}={0,2}$/.test(secret) ? [Buffer.from(secret, 'base64')] : [];
}

function hexadecimal(bytes: Buffer): string[] {
	const hex = bytes.toString('hex');
	return [hex, hex.toUpperCase()];
}

/** Behind so many bytes of something else; only those letters in which nothing else has a part. */
function base64(bytes: Buffer): string[] {
	const whole = [0, 1, 2].map((before) => {
		const after = (3 - ((before + bytes.length) % 3)) % 3;
		const padded = Buffer.concat([Buffer.alloc(before), bytes, Buffer.alloc(after)]);
		const letters = padded.toString('base64');
		return letters.slice(lettersFor(before), letters.length - lettersFor(after));
	});
	return whole.flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')]);
}

/** How many letters hold something of the bytes added at one end. */
const lettersFor = (bytes: number): number => (bytes === 0 ? 0 : bytes + 1);
