import type { Destination } from './destination.mts';
import type { DeliveryHeaders } from './delivery.mts';
import { signatureHeaders, type Header } from './signature.mts';

/**
 * All headers of an attempt. One that the destination adds under a name that stands there already
 * is sent as well, so that a receiver meets the header twice.
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
	return grouped([...own, ...signed, ...added]);
}

function grouped(headers: readonly Header[]): DeliveryHeaders {
	const valuesByName = new Map<string, string[]>();
	for (const [name, value] of headers) {
		const key = name.toLowerCase();
		valuesByName.set(key, [...(valuesByName.get(key) ?? []), value]);
	}
	return Object.fromEntries(
		[...valuesByName].map(([name, values]) => [name, values.length > 1 ? values : values[0]!]),
	);
}
