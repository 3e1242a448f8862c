/**
 * How long a server asks to be left alone: the header `Retry-After` in seconds or as a date (RFC
 * 9110, 10.2.3). Imburse documents none; its gateway may send one in seconds (API reference 4.9,
 * inferred).
 *
 * @param serverNow the server's clock, by which a date counts. Milliseconds
 * @returns milliseconds, or undefined where nothing is asked for that can be understood
 */
export function retryAfter(value: string | undefined, serverNow: number): number | undefined {
	const text = value?.trim() ?? '';
	if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
	const until = /^[A-Z]/i.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(until) ? undefined : Math.max(0, until - serverNow);
}
