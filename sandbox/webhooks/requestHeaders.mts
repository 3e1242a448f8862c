import { createHmac } from 'node:crypto';
import type { Destination } from './destination.mts';
import type { DeliveryHeaders } from './delivery.mts';
import type { SignatureScheme } from './destinationSchema.mts';

/** Name and value of a header. */
type Header = readonly [name: string, value: string];

/**
 * All headers of an attempt. When the destination adds a header that the sandbox sends too, both are
 * sent, so that a receiver gets the header twice.
 * @param now epoch milliseconds
 */
export function requestHeaders(
	{ headers, signature, verificationKey }: Destination,
	body: string,
	now: number,
): DeliveryHeaders {
	const own: Header[] = [
		['content-type', 'application/json; charset=utf-8'],
		['user-agent', 'Imburse-Sandbox'],
	];
	const signed = signature ? signatureHeaders(signature, verificationKey, body, now) : [];
	const added = Object.entries(headers).flatMap(([name, values]) =>
		[values].flat().map((value): Header => [name, value]),
	);
	return groupByName([...own, ...signed, ...added]);
}

/**
 * The headers that sign a body. How Imburse signs is not known (API reference 7.2); an HMAC of the
 * body under the verification key is the sandbox's guess.
 * @param now epoch milliseconds
 */
function signatureHeaders(
	scheme: SignatureScheme,
	verificationKey: string,
	body: string,
	now: number,
): Header[] {
	const { algorithm, keyEncoding, digestEncoding, prefix, timestamp, content, separator } = scheme;
	const time = timestamp?.unit === 'milliseconds' ? String(now) : String(Math.floor(now / 1000));
	const digest = createHmac(algorithm, Buffer.from(verificationKey, keyEncoding))
		.update(content === 'body' ? body : `${time}${separator}${body}`)
		.digest(digestEncoding);
	const signed: Header = [scheme.header, `${prefix}${digest}`];
	return timestamp ? [signed, [timestamp.header, time]] : [signed];
}

function groupByName(headers: readonly Header[]): DeliveryHeaders {
	const valuesByName = new Map<string, string[]>();
	for (const [name, value] of headers) {
		const key = name.toLowerCase();
		valuesByName.set(key, [...(valuesByName.get(key) ?? []), value]);
	}
	return Object.fromEntries(
		[...valuesByName].map(([name, values]) => [name, values.length > 1 ? values : values[0]!]),
	);
}
