import { z } from 'zod/v4';
import { maxDelayMs } from '../time.mts';

/**
 * All settings of a webhook destination. Only these are documented (API reference 7.1): a full URL, a
 * list of events, a maximum batch size, a maximum batch time delay, and that there is a verification
 * key. Every other setting, every default and every value is the sandbox's own (API reference 7.2), so
 * that a receiver can be tested with many.
 *
 *     // Single, signed events to a receiver on this machine:
 *     { url: 'http://127.0.0.1:5678/webhook/imburse' }
 *     // Up to ten events in one request, as `{ "events": [...] }`, each twice, without a retry:
 *     { url, maximumBatchSize: 10, envelope: { wrappedIn: 'events' }, copies: 2, redelivery: [] }
 *     // No signature, a secret in a header:
 *     { url, signature: null, headers: { 'X-Secret': 'tell-nobody' } }
 */

const milliseconds = z.int().min(0).max(maxDelayMs);
const count = z.int().min(1);

/** What Node accepts in a request. */
const headerName = z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'is not a valid header name');
const headerValue = z
	.string()
	.regex(/^[\t\x20-\x7e]*$/, 'holds characters that a header may not have');
const headerValues = z.union([headerValue, z.array(headerValue).min(1)], {
	error: 'must be a valid header value, or a list of them',
});

/** The signature is in one header; a second one may have the time. */
const signature = z.strictObject({
	header: headerName.default('X-Signature'),
	algorithm: z.enum(['sha256', 'sha512', 'sha1']).default('sha256'),
	/** How the text of the verification key becomes bytes. */
	keyEncoding: z.enum(['utf8', 'base64', 'hex']).default('utf8'),
	/** The API's own signature is Base64 (API reference 3.3); for this one it is a guess. */
	digestEncoding: z.enum(['base64', 'hex']).default('base64'),
	/** Text before the digest, such as `sha256=`. */
	prefix: headerValue.default(''),
	/** A header with the time of the attempt, from the sandbox's clock; null: none. */
	timestamp: z
		.strictObject({
			header: headerName.default('X-Timestamp'),
			unit: z.enum(['seconds', 'milliseconds']).default('seconds'),
		})
		.nullable()
		.default(null),
	/** What is signed. `timestampAndBody` needs a `timestamp`; the separator is between the two. */
	content: z.enum(['body', 'timestampAndBody']).default('body'),
	separator: z.string().default('.'),
});

/** The format of an event. The fields and their names are those of `event.mts`. */
const payload = z.strictObject({
	/** Only these; all when left out. */
	fields: z.array(z.string()).min(1).optional(),
	/** Other names, such as `{ orderRef: 'order_reference' }`. */
	names: z.record(z.string(), z.string().min(1)).default({}),
	/** All fields but `eventId`, `eventType` and `timestamp` are in an object of this name. */
	within: z.string().min(1).optional(),
	/** Imburse's responses have numbers, its requests have texts (API reference 4.1). */
	amount: z.enum(['number', 'text']).default('number'),
	timestamp: z.enum(['milliseconds', 'seconds', 'iso']).default('milliseconds'),
});

/** The body of a POST: one event, an array, or an object with the array in a property. */
const envelope = z.union([
	z.enum(['object', 'array']),
	z.strictObject({ wrappedIn: z.string().min(1) }),
]);

export const destinationSchema = z
	.strictObject({
		url: z.url({ protocol: /^https?$/, error: 'must be an absolute http or https URL' }),
		/** Only these types of events; all when left out. */
		eventTypes: z.array(z.string().min(1)).min(1).optional(),
		/** The most events in one request. */
		maximumBatchSize: count.default(1),
		/** How long the first event of a batch waits for others. */
		maximumBatchDelayMs: milliseconds.default(1000),
		/** When left out `object` for batches of one, otherwise `array`. */
		envelope: envelope.optional(),
		/** Sent with every request. A name that the sandbox sends too, or a list, repeats the header. */
		headers: z.record(headerName, headerValues).default({}),
		/** Random when left out. */
		verificationKey: z.string().min(1).optional(),
		/** Null: none. */
		signature: signature.nullable().prefault({}),
		payload: payload.prefault({}),
		/** Delays before each retry of a delivery that was not answered 2xx; an empty list: no retry. */
		redelivery: z.array(milliseconds).default([1000, 5000, 30_000]),
		/** Time limit for the whole response. */
		timeoutMs: count.max(maxDelayMs).default(10_000),
		/** How many requests are in flight at once; with 1 they arrive in their order. */
		concurrency: count.default(1),
		/** How many times every delivery is sent at the same moment. */
		copies: count.default(1),
		/** Deliveries are collected up to this number, and sent last first. */
		reverseEvery: z.int().min(2).optional(),
	})
	.refine(({ envelope, maximumBatchSize }) => envelope !== 'object' || maximumBatchSize === 1, {
		path: ['envelope'],
		error: 'must be array or wrapped when a batch may hold several events',
	})
	.refine(({ signature }) => signature?.content !== 'timestampAndBody' || signature.timestamp, {
		path: ['signature', 'timestamp'],
		error: 'is needed when it is signed',
	});

/** Settings before parsing: only the URL is required. */
export type DestinationSettings = z.input<typeof destinationSchema>;
/** Settings after parsing, with every default. */
export type ParsedSettings = z.output<typeof destinationSchema>;
export type SignatureScheme = z.output<typeof signature>;
export type PayloadShape = z.output<typeof payload>;
