import { z } from 'zod/v4';

/**
 * Everything the sandbox can be told to do wrong. A fault is a plain object (so it can stand in a
 * JSON file): `kind` says what happens, `route`, `method` and `reference` to which calls, `calls` to
 * which of those. What is left out limits nothing. None of this is a fact about Imburse: it is what
 * networks, gateways and servers can do.
 *
 *     // The answer to the second order is lost, although the order is made:
 *     { kind: 'reset', at: 'afterWrite', route: 'createOrder', calls: { from: 2, to: 2 } }
 *     // A gateway that knows no such page, for every read of one order:
 *     { kind: 'answer', at: 'beforeWrite', status: 404, body: 'html', route: 'getOrder', reference: 'CLAIM-17' }
 *     // One call in ten meets a proxy's HTML page with 200, though the call was carried out:
 *     { kind: 'answer', at: 'afterWrite', status: 200, body: 'html', calls: { probability: 0.1 } }
 *     // 50 calls a second, and what is too much is told to come back in whole seconds:
 *     { kind: 'rateLimit', perSecond: 50, burst: 50, retryAfter: 'seconds' }
 *
 * All faults that strike a call take effect together, except that only one can be the answer: of
 * those that replace it, the first in the list before the write, otherwise the first after it.
 */

const count = z.int().min(1);
const milliseconds = z.int().min(0);

/**
 * `beforeWrite`: the call is never carried out. `afterWrite`: it is carried out (the order is made),
 * and then its answer is lost, late or replaced; so is the answer of a call that was refused.
 */
const at = z.enum(['beforeWrite', 'afterWrite']);

/**
 * Which of the calls that the fault is aimed at, counted from 1 in the order in which they arrived
 * since the fault was set.
 */
const calls = z.union([
	/** The `from`-th to the `to`-th, both included; without `to` all that follow. */
	z.strictObject({ from: count, to: count.optional() }),
	/** The next so many. */
	z.strictObject({ next: count }),
	/**
	 * Each with this probability, 0 to 1. The seed decides: the n-th call meets the same fate in every
	 * run, whatever other calls and faults there are.
	 */
	z.strictObject({ probability: z.number().min(0).max(1) }),
]);

/** Narrows any fault down to certain calls. */
const narrowed = {
	/**
	 * A reference in the path, or `orderRef` or `instructionRef` of the body. It ties a fault to one
	 * order even while several calls are under way at once.
	 */
	reference: z.string().min(1).optional(),
	calls: calls.optional(),
};

const aim = {
	...narrowed,
	/** Names as in the journal, such as `createOrder`. */
	route: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
	method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).optional(),
};

/** How a `Retry-After` header is written. A date has whole seconds and is never too early. */
const retryAfterForm = z.enum(['seconds', 'date']);

/**
 * `correlationId`, `errorCodes`, `errors` and `problem` are documented (API reference 6, shapes A, B, C
 * and D); `empty` has no body at all; `html` is a gateway's page. Or any text.
 */
const body = z.union([
	z.enum(['correlationId', 'errorCodes', 'errors', 'problem', 'empty', 'html']),
	z.strictObject({ text: z.string(), contentType: z.string().optional() }),
]);

/** The call takes longer, or its answer does. A call is carried out even if the caller gave up waiting. */
const delay = z.strictObject({ kind: z.literal('delay'), ...aim, at, ms: milliseconds });

/** A bucket of `burst` calls that fills up at `perSecond`; while it is empty calls are refused. */
const rateLimit = z.strictObject({
	kind: z.literal('rateLimit'),
	...aim,
	perSecond: z.number().positive(),
	burst: count,
	/** Without it there is no `Retry-After`. It says when the bucket has a call again. */
	retryAfter: retryAfterForm.optional(),
	/** 429 when left out. */
	status: z.literal([429, 503]).optional(),
	/** `errors` when left out. */
	body: body.optional(),
});

/** Any status with any body: 5xx, HTML with 200, a gateway's 404. */
const answer = z.strictObject({
	kind: z.literal('answer'),
	...aim,
	at,
	status: z.int().min(200).max(599),
	/** When left out `errors`, and nothing for a status that has no body. */
	body: body.optional(),
	/** The codes in `errorCodes` and `errors`; one that tells where it comes from when left out. */
	errorCodes: z.array(z.string()).optional(),
	retryAfter: z.strictObject({ seconds: z.int().min(0), as: retryAfterForm }).optional(),
	headers: z.record(z.string(), z.string()).optional(),
});

const redirect = z.strictObject({
	kind: z.literal('redirect'),
	...aim,
	at,
	status: z.literal([301, 302, 303, 307, 308]),
	/** The `Location`: a path, or an absolute URL that may lead to another host. */
	to: z.string().min(1),
});

/** The connection is reset (TCP RST) without a byte of an answer. */
const reset = z.strictObject({ kind: z.literal('reset'), ...aim, at });

/** An answer that never begins; the connection stays open. */
const silence = z.strictObject({ kind: z.literal('silence'), ...aim, at });

/** An answer that never ends: headers and half of the body, then nothing; the connection stays open. */
const unfinished = z.strictObject({ kind: z.literal('unfinished'), ...aim, at });

/** Headers and half of the body, then the connection is closed. No body counts as `{}`, here as above and below. */
const cutOff = z.strictObject({ kind: z.literal('cutOff'), ...aim, at });

/** A whole HTTP answer, but its JSON stops half-way, as when a proxy has stored a broken one. */
const cutOffJson = z.strictObject({ kind: z.literal('cutOffJson'), ...aim, at });

/** After so many calls that looked for the instruction (itself or its order), or so much time. */
const after = z.union([
	z.strictObject({ reads: z.int().min(0) }),
	z.strictObject({ ms: milliseconds }),
]);

/** What befalls the instructions that a createOrder or createInstruction made. */
const ofInstructions = {
	...narrowed,
	/** All that the call made when left out. */
	instructionRef: z.string().min(1).optional(),
};

/** Accepted, but never made. */
const instructionMissing = z.strictObject({
	kind: z.literal('instructionMissing'),
	...ofInstructions,
});

/**
 * Made, but not found at first. To make it once more is refused from the beginning. The store shows
 * it at once: the store is the truth.
 */
const instructionLate = z.strictObject({
	kind: z.literal('instructionLate'),
	...ofInstructions,
	after,
});

/** Made, and ended badly later: the status changes when the instruction is next looked for. */
const instructionFails = z.strictObject({
	kind: z.literal('instructionFails'),
	...ofInstructions,
	after,
	/** FAILED when left out. */
	status: z.string().min(1).optional(),
	errorCode: z.string(),
	reason: z.string(),
});

/** The token that the token call issues works for so many calls; its `expires` says nothing of it. */
const tokenUses = z.strictObject({ kind: z.literal('tokenUses'), ...narrowed, uses: count });

/** The token that the token call issues ends all earlier ones. */
const newestTokenOnly = z.strictObject({ kind: z.literal('newestTokenOnly'), ...narrowed });

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
export type Moment = z.infer<typeof at>;
export type Calls = z.infer<typeof calls>;
export type FaultBody = z.infer<typeof body>;
export type RetryAfterForm = z.infer<typeof retryAfterForm>;
export type After = z.infer<typeof after>;
