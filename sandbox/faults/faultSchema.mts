import { z } from 'zod/v4';

/**
 * All faults that the sandbox can be set to. A fault is a plain object, so a JSON file can hold it:
 * `kind` says what happens; `route`, `method` and `reference` say to which requests; `calls` selects
 * some of those by their number. A part that is left out limits nothing. None of this is a fact about
 * Imburse: it is what networks, gateways and servers can do.
 *
 *     // The response to the second order is lost, although the order is created:
 *     { kind: 'reset', at: 'afterWrite', route: 'createOrder', calls: { from: 2, to: 2 } }
 *     // A gateway that answers 404 to every read of one order:
 *     { kind: 'answer', at: 'beforeWrite', status: 404, body: 'html', route: 'getOrder', reference: 'CLAIM-17' }
 *     // One request in ten gets a proxy's HTML page with 200, although it was carried out:
 *     { kind: 'answer', at: 'afterWrite', status: 200, body: 'html', calls: { probability: 0.1 } }
 *     // 50 requests a second; more get 429 with a Retry-After in seconds:
 *     { kind: 'rateLimit', perSecond: 50, burst: 50, retryAfter: 'seconds' }
 *
 * All faults that a request triggers take effect together, but only one of them can replace the
 * response: the first in the list before the write, otherwise the first after it.
 */

const count = z.int().min(1);
const milliseconds = z.int().min(0);

/**
 * `beforeWrite`: the request is never carried out. `afterWrite`: it is carried out (the order is
 * created), and then its response is lost, late or replaced, even when it is a refusal.
 */
const at = z.enum(['beforeWrite', 'afterWrite']);

/**
 * Which of the matching requests, counted from 1 in the order of their arrival since the fault was
 * set.
 */
const calls = z.union([
	/** From number `from` to number `to`, both included; without `to` all that follow. */
	z.strictObject({ from: count, to: count.optional() }),
	/** The first of them, up to this number. */
	z.strictObject({ next: count }),
	/**
	 * Each with this probability, 0 to 1. The seed decides: the n-th request has the same outcome in
	 * every run, whatever other requests and faults there are.
	 */
	z.strictObject({ probability: z.number().min(0).max(1) }),
]);

/** Limits a fault to certain requests. */
const filter = {
	/**
	 * A reference in the path, or `orderRef` or `instructionRef` of the body. With it a fault concerns
	 * one order even while several requests are in flight.
	 */
	reference: z.string().min(1).optional(),
	calls: calls.optional(),
};

const target = {
	...filter,
	/** Names as in the request log, such as `createOrder`. */
	route: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
	method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).optional(),
};

/** The format of a `Retry-After` header. A date has whole seconds and is never too early. */
const retryAfterForm = z.enum(['seconds', 'date']);

/**
 * `correlationId`, `errorCodes`, `errors` and `problem` are documented (API reference 6, shapes A, B, C
 * and D); `empty` has no body at all; `html` is a gateway's page. Or any text.
 */
const body = z.union([
	z.enum(['correlationId', 'errorCodes', 'errors', 'problem', 'empty', 'html']),
	z.strictObject({ text: z.string(), contentType: z.string().optional() }),
]);

/** The request or its response takes longer. A request is carried out even if the caller no longer waits. */
const delay = z.strictObject({ kind: z.literal('delay'), ...target, at, ms: milliseconds });

/** A token bucket of `burst` requests that refills at `perSecond`; while it is empty, requests are refused. */
const rateLimit = z.strictObject({
	kind: z.literal('rateLimit'),
	...target,
	perSecond: z.number().positive(),
	burst: count,
	/** Without it there is no `Retry-After`. Its value says when the bucket has a token again. */
	retryAfter: retryAfterForm.optional(),
	/** 429 when left out. */
	status: z.literal([429, 503]).optional(),
	/** `errors` when left out. */
	body: body.optional(),
});

/** Any status with any body: 5xx, HTML with 200, a gateway's 404. */
const answer = z.strictObject({
	kind: z.literal('answer'),
	...target,
	at,
	status: z.int().min(200).max(599),
	/** When left out: `errors`, or no body for a status that allows none. */
	body: body.optional(),
	/** The codes in `errorCodes` and `errors`; `SANDBOX_FAULT` when left out. */
	errorCodes: z.array(z.string()).optional(),
	retryAfter: z.strictObject({ seconds: z.int().min(0), as: retryAfterForm }).optional(),
	headers: z.record(z.string(), z.string()).optional(),
});

const redirect = z.strictObject({
	kind: z.literal('redirect'),
	...target,
	at,
	status: z.literal([301, 302, 303, 307, 308]),
	/** The `Location`: a path, or an absolute URL that may lead to another host. */
	to: z.string().min(1),
});

/** The connection is reset (TCP RST) without a byte of a response. */
const reset = z.strictObject({ kind: z.literal('reset'), ...target, at });

/** A response that never begins; the connection stays open. */
const silence = z.strictObject({ kind: z.literal('silence'), ...target, at });

/** A response that never ends: headers and half of the body, then nothing; the connection stays open. */
const unfinished = z.strictObject({ kind: z.literal('unfinished'), ...target, at });

/** Headers and half of the body, then the connection is closed. In these three faults no body counts as `{}`. */
const cutOff = z.strictObject({ kind: z.literal('cutOff'), ...target, at });

/** A whole HTTP response whose JSON stops half-way, as when a proxy has stored a broken one. */
const cutOffJson = z.strictObject({ kind: z.literal('cutOffJson'), ...target, at });

/** After this number of reads of the instruction or its order, or after this time. */
const after = z.union([
	z.strictObject({ reads: z.int().min(0) }),
	z.strictObject({ ms: milliseconds }),
]);

/** Limits a fault to certain of the instructions that createOrder or createInstruction has created. */
const instructionTarget = {
	...filter,
	/** All that the request created when left out. */
	instructionRef: z.string().min(1).optional(),
};

/** Accepted, but never created. */
const instructionMissing = z.strictObject({
	kind: z.literal('instructionMissing'),
	...instructionTarget,
});

/**
 * Created, but not found at first. A second create is refused from the beginning. The store shows
 * the instruction at once: the store is the truth.
 */
const instructionLate = z.strictObject({
	kind: z.literal('instructionLate'),
	...instructionTarget,
	after,
});

/** Created, and failed later: the status changes when the instruction is next looked for. */
const instructionFails = z.strictObject({
	kind: z.literal('instructionFails'),
	...instructionTarget,
	after,
	/** FAILED when left out. */
	status: z.string().min(1).optional(),
	errorCode: z.string(),
	reason: z.string(),
});

/** The access token works for this number of calls; its `expires` does not show it. */
const tokenUses = z.strictObject({ kind: z.literal('tokenUses'), ...filter, uses: count });

/** A new access token revokes all earlier ones. */
const newestTokenOnly = z.strictObject({ kind: z.literal('newestTokenOnly'), ...filter });

export const faultSchema = z.discriminatedUnion('kind', [
	delay,
	rateLimit,
	answer,
	redirect,
	reset,
	silence,
	unfinished,
	cutOff,
	cutOffJson,
	instructionMissing,
	instructionLate,
	instructionFails,
	tokenUses,
	newestTokenOnly,
]);

export type Fault = z.infer<typeof faultSchema>;
export type FaultOf<Kind extends Fault['kind']> = Extract<Fault, { kind: Kind }>;
export type Phase = z.infer<typeof at>;
export type CallSelection = z.infer<typeof calls>;
export type After = z.infer<typeof after>;
