import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import type { Delivery } from '../../../../nodes/Imburse/webhook/delivery.ts';
import type { SignatureScheme } from '../../../../nodes/Imburse/webhook/verify/signature.ts';
import { delivery, NOW } from '../deliveries.mts';
import { BODY, KEY, PLAIN, TIMED } from './signing.mts';

/** A delivery, and the time at which it arrives. */
export interface Attempt {
	kind: string;
	scheme: SignatureScheme;
	call: Delivery;
	/** Milliseconds since 1970. */
	now: number;
}

interface Parts {
	signature: Buffer;
	body: Buffer;
	timestamp: string;
}

export const schemes: fc.Arbitrary<SignatureScheme> = fc
	.record({
		usual: fc.constantFrom(PLAIN, TIMED),
		algorithm: fc.constantFrom('sha1' as const, 'sha256' as const, 'sha512' as const),
		keyEncoding: fc.constantFrom('utf8' as const, 'base64' as const, 'hex' as const),
		digestEncoding: fc.constantFrom('hex' as const, 'base64' as const),
	})
	.map(({ usual, ...encodings }) => ({ ...usual, ...encodings }));

const bodies = fc.oneof(
	fc.constant(BODY),
	fc.json({ maxDepth: 2 }).filter((json) => json !== ''),
	fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify([value], null, 2)),
);

export const genuine: fc.Arbitrary<Attempt> = fc
	.record({ scheme: schemes, body: bodies, seconds: fc.integer({ min: -299, max: 299 }) })
	.map(({ scheme, body, seconds }) => {
		const parts = signed(scheme, Buffer.from(KEY, scheme.keyEncoding), Buffer.from(body));
		return { kind: 'genuine', scheme, call: sent(scheme, parts), now: NOW + seconds * 1000 };
	});

function signed(scheme: SignatureScheme, key: Buffer, body: Buffer): Parts {
	const timestamp = String(NOW / 1000);
	const mac = createHmac(scheme.algorithm, key);
	if (scheme.separator !== undefined) mac.update(timestamp + scheme.separator);
	return { signature: mac.update(body).digest(), body, timestamp };
}

function sent(scheme: SignatureScheme, { signature, body, timestamp }: Parts): Delivery {
	const value = scheme.prefix + signature.toString(scheme.digestEncoding);
	const headers = { 'x-signature': value, 'x-timestamp': timestamp };
	return delivery(body, { headers });
}

/** Forges a genuine delivery; returns the same delivery if there is nothing to change. */
type Forger = (genuine: Attempt, chance: Chance) => Partial<Attempt>;

/** Random values for what a forger has to choose; the numbers are from 0 up to 1. */
interface Chance {
	first: number;
	second: number;
	text: string;
}

const FORGERS: Readonly<Record<string, Forger>> = {
	'a digit of the signature is another': onSignature((value, { first, second }) => {
		const at = Math.floor(first * value.length);
		const digits = '0123456789abcdefABCDEFGHIJXYZghijxyz+/=';
		const digit = digits[Math.floor(second * digits.length)] ?? '0';
		return value.slice(0, at) + digit + value.slice(at + 1);
	}),
	'the signature is cut off': onSignature((value, { first }) =>
		value.slice(0, Math.floor(first * value.length)),
	),
	'the signature is longer': onSignature((value, { text }) => value + text),
	'something stands before the signature': onSignature((value, { text }) => text + value),
	'the signature is in another encoding': ({ scheme, call }) => {
		const other = scheme.digestEncoding === 'hex' ? 'base64' : 'hex';
		const bytes = Buffer.from(signatureIn(scheme, call), scheme.digestEncoding);
		return withSignature(scheme, call, bytes.toString(other));
	},
	'the signature is made up': ({ scheme, call }, { text }) => {
		const bytes = createHmac(scheme.algorithm, 'no key').update(text).digest();
		return withSignature(scheme, call, bytes.toString(scheme.digestEncoding));
	},
	'the header came twice': ({ call }, { text }) => {
		const value = String(call.headers['x-signature']);
		return withHeader(call, 'x-signature', text === '' ? [value, value] : `${value}, ${text}`);
	},
	'the header is missing': ({ call }) => withHeader(call, 'x-signature', undefined),
	'a bit of the body is another': ({ call }, { first, second }) => {
		const body = Buffer.from(call.body);
		const at = Math.floor(first * body.length);
		body[at] = (body[at] ?? 0) ^ (1 << Math.floor(second * 8));
		return { call: { ...call, body } };
	},
	'the body is shorter': ({ call }, { first }) => ({
		call: { ...call, body: call.body.subarray(0, Math.floor(first * call.body.length)) },
	}),
	'the body is longer': ({ call }, { text }) => ({
		call: { ...call, body: Buffer.concat([call.body, Buffer.from(text)]) },
	}),
	'the body is written anew': ({ call }) => ({
		call: { ...call, body: Buffer.from(JSON.stringify(JSON.parse(call.body.toString()))) },
	}),
	'the body is another': ({ call }, { text }) => ({
		call: { ...call, body: Buffer.from(text) },
	}),
	'the time is another': ({ call }, { first }) =>
		withHeader(call, 'x-timestamp', String(NOW / 1000 + Math.floor(first * 200) - 100)),
	'the time is written otherwise': ({ call }) =>
		withHeader(call, 'x-timestamp', new Date(NOW).toISOString()),
	'it comes too late': ({ call, scheme }, { first }) => ({
		now: NOW + (scheme.tolerance + 1 + Math.floor(first * 1e6)) * 1000,
		call,
	}),
	'it comes from the future': ({ call, scheme }, { first }) => ({
		now: NOW - (scheme.tolerance + 1 + Math.floor(first * 1e6)) * 1000,
		call,
	}),
	'it is signed with another key': ({ scheme, call }, { text }) => {
		const parts = signed(scheme, Buffer.from(text), call.body);
		return { call: sent(scheme, parts) };
	},
	'it is signed with the key in another encoding': ({ scheme, call }) => {
		const other = scheme.keyEncoding === 'utf8' ? 'base64' : 'utf8';
		return { call: sent(scheme, signed(scheme, Buffer.from(KEY, other), call.body)) };
	},
	'it is signed with another algorithm': ({ scheme, call }) => {
		const algorithm = scheme.algorithm === 'sha256' ? 'sha1' : 'sha256';
		const key = Buffer.from(KEY, scheme.keyEncoding);
		return { call: sent(scheme, signed({ ...scheme, algorithm }, key, call.body)) };
	},
};

export const FORGERY_KINDS = Object.keys(FORGERS);

const chances: fc.Arbitrary<Chance> = fc.record({
	first: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
	second: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
	text: fc.string({ maxLength: 20 }),
});

/** Deliveries that must all be rejected: each differs from a genuine one in something that counts. */
export const forgeries: fc.Arbitrary<Attempt> = fc
	.record({ base: genuine, kind: fc.constantFrom(...FORGERY_KINDS), chance: chances })
	.map(({ base, kind, chance }) => ({
		base,
		forged: { ...base, ...FORGERS[kind]?.(base, chance), kind },
	}))
	.filter(({ base, forged }) => isForged(base, forged))
	.map(({ forged }) => forged);

function isForged(base: Attempt, forged: Attempt): boolean {
	const isTimed = base.scheme.timestampHeader !== '';
	const isLate = isTimed && Math.abs(forged.now - NOW) > base.scheme.tolerance * 1000;
	const otherTime = isTimed && forged.call.headers['x-timestamp'] !== String(NOW / 1000);
	return isLate || otherTime || isOtherCall(base, forged);
}

function isOtherCall({ scheme, call }: Attempt, forged: Attempt): boolean {
	// Capitals in hex change nothing.
	const spelt = (value: unknown) => {
		const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
		return scheme.digestEncoding === 'hex' ? text.toLowerCase() : text;
	};
	const [ours, theirs] = [call, forged.call].map(({ headers }) => spelt(headers['x-signature']));
	return ours !== theirs || !call.body.equals(forged.call.body);
}

function onSignature(change: (value: string, chance: Chance) => string): Forger {
	return ({ scheme, call }, chance) =>
		withSignature(scheme, call, change(signatureIn(scheme, call), chance));
}

function signatureIn({ prefix }: SignatureScheme, { headers }: Delivery): string {
	return String(headers['x-signature']).slice(prefix.length);
}

function withSignature({ prefix }: SignatureScheme, call: Delivery, text: string) {
	return withHeader(call, 'x-signature', prefix + text);
}

function withHeader(call: Delivery, name: string, value: string | string[] | undefined) {
	return { call: { ...call, headers: { ...call.headers, [name]: value } } };
}
