import { z } from 'zod/v4';
import { longestWaitMs } from '../timers.mts';

/**
 * Everything that can be set about a destination of webhooks. Of a real one only this is documented
 * (API reference 7.1): a full URL, a list of events, a maximum batch size, a maximum batch time
 * delay, and that a verification key is given. Every other setting, every default and every value
 * is the sandbox's own (API reference 7.2), so that a receiver can be tried with many.
 *
 *     // Signed single events to a receiver on this machine:
 *     { url: 'http://127.0.0.1:5678/webhook/imburse' }
 *     // Up to ten events in one call, as `{ "events": [...] }`, each twice, tried once only:
 *     { url, maximumBatchSize: 10, envelope: { wrappedIn: 'events' }, copies: 2, redelivery: [] }
 *     // No signature, a secret in a header:
 *     { url, signature: null, headers: { 'X-Secret': 'tell-nobody' } }
 */

const milliseconds = z.int().min(0).max(longestWaitMs);
const count = z.int().min(1);

/** What Node writes into a request without complaint. */
const headerName = z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'is no name of a header');
const headerValue = z.string().regex(/^[\t\x20-\x7e]*$/, 'holds what no header may');
const headerValues = z.union([headerValue, z.array(headerValue).min(1)], {
	error: 'must be a text that a header may hold, or a list of such',
});

/** The signature is one header, and perhaps a second for the time. */
const signature = z.strictObject({
	header: headerName.default('X-Signature'),
	algorithm: z.enum(['sha256', 'sha512', 'sha1']).default('sha256'),
	/** How the bytes of the key come from the text of the verification key. */
	keyEncoding: z.enum(['utf8', 'base64', 'hex']).default('utf8'),
	/** Base64 is what the API's own signature has (API reference 3.3); that this one has it too is a guess. */
	digestEncoding: z.enum(['base64', 'hex']).default('base64'),
	/** Before the digest, such as `sha256=`. */
	prefix: headerValue.default(''),
	/** A header with the time of the attempt, by the sandbox's clock; null: none. */
	timestamp: z
		.strictObject({
			header: headerName.default('X-Timestamp'),
			unit: z.enum(['seconds', 'milliseconds']).default('seconds'),
		})
		.nullable()
		.default(null),
	/** `timestampAndBody` needs a `timestamp`; the separator stands between the two. */
	content: z.enum(['body', 'timestampAndBody']).default('body'),
	separator: z.string().default('.'),
});

/** How an event is written. The fields and their names are those of `event.mts`. */
const payload = z.strictObject({
	/** Only these; all when left out. */
	fields: z.array(z.string()).min(1).optional(),
	/** Other spellings, such as `{ orderRef: 'order_reference' }`. */
	names: z.record(z.string(), z.string().min(1)).default({}),
	/** All but `eventId`, `eventType` and `timestamp` stand in an object of this name. */
	within: z.string().min(1).optional(),
	/** Imburse's answers have numbers, its requests texts (API reference 4.1). */
	amount: z.enum(['number', 'text']).default('number'),
	timestamp: z.enum(['milliseconds', 'seconds', 'iso']).default('milliseconds'),
});

/** What a POST holds: one event, an array, or an object with the array in a property. */
const envelope = z.union([
	z.enum(['object', 'array']),
	z.strictObject({ wrappedIn: z.string().min(1) }),
]);

export const destinationSchema = z
	.strictObject({
		url: z.url({ protocol: /^https?$/, error: 'must be an absolute http or https URL' }),
		/** Only these types of events; all when left out. */
		eventTypes: z.array(z.string().min(1)).min(1).optional(),
		/** Events in one call at most. */
		maximumBatchSize: count.default(1),
		/** How long the first event of a batch waits for others. */
		maximumBatchDelayMs: milliseconds.default(1000),
		/** When left out `object` for batches of one, otherwise `array`. */
		envelope: envelope.optional(),
		/** On every call. A name that the sandbox sends too, or a list, makes the header stand there twice. */
		headers: z.record(headerName, headerValues).default({}),
		/** Made up when left out. */
		verificationKey: z.string().min(1).optional(),
		/** Null: none. */
		signature: signature.nullable().prefault({}),
		payload: payload.prefault({}),
		/** Waits before a delivery is tried again, unless it was answered 2xx; an empty list: no second try. */
		redelivery: z.array(milliseconds).default([1000, 5000, 30_000]),
		/** Until the whole answer is there. */
		timeoutMs: count.max(longestWaitMs).default(10_000),
		/** How many calls are under way at once; with 1 they arrive in their order. */
		concurrency: count.default(1),
		/** Every delivery goes out so many times at the same moment. */
		copies: count.default(1),
		/** Deliveries wait until there are so many, and go out last first. */
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

/** As it is given: only the URL is needed. */
export type DestinationSettings = z.input<typeof destinationSchema>;
/** With every default in place. */
export type CompleteSettings = z.output<typeof destinationSchema>;
export type SignatureScheme = z.output<typeof signature>;
export type PayloadShape = z.output<typeof payload>;
export type Envelope = z.output<typeof envelope>;
