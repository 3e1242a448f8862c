import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { verifySignature } from '../../../../nodes/Imburse/webhook/verify/signature.ts';
import { NOW } from '../deliveries.mts';
import { forgeries, FORGERY_KINDS, genuine, type Attempt } from './forgeries.mts';
import { KEY, OTHER_KEY } from './signing.mts';

type Verifier = (attempt: Attempt) => boolean;

const trigger: Verifier = ({ call, scheme, now }) =>
	verifySignature(call, scheme, [KEY, OTHER_KEY], now).ok;

/** Which of the generated deliveries a verifier accepts, and how many there were of each kind. */
function trial(calls: fc.Arbitrary<Attempt>, numRuns: number, verifier: Verifier) {
	const made = new Map<string, number>();
	const accepted: string[] = [];
	fc.assert(
		fc.property(calls, (attempt) => {
			made.set(attempt.kind, (made.get(attempt.kind) ?? 0) + 1);
			if (verifier(attempt)) accepted.push(attempt.kind);
		}),
		{ numRuns },
	);
	return { made, accepted };
}

describe('10,000 forgeries', () => {
	it('are all rejected, more than a hundred of each kind', () => {
		const { made, accepted } = trial(forgeries, 10_000, trigger);
		expect(accepted).toEqual([]);
		expect([...made.values()].reduce((sum, count) => sum + count, 0)).toBe(10_000);
		expect([...made.keys()].sort()).toEqual([...FORGERY_KINDS].sort());
		expect(Math.min(...made.values())).toBeGreaterThan(100);
	});

	it('are made from deliveries that are all accepted', () => {
		expect(trial(genuine, 2_000, trigger).accepted).toHaveLength(2_000);
	});
});

/** Verifiers with the mistakes that are usually made. */
const CARELESS: ReadonlyArray<[mistake: string, verifier: Verifier]> = [
	['forgets the time', (attempt) => trigger({ ...attempt, now: timeOf(attempt) })],
	['looks for a part of the digest', (attempt) => digestOf(attempt).startsWith(textOf(attempt))],
	['looks for the digest anywhere', (attempt) => textOf(attempt).includes(digestOf(attempt))],
	[
		'takes the first of two headers',
		(attempt) => textOf(attempt).split(',')[0] === digestOf(attempt),
	],
	[
		'compares bytes that were read leniently',
		(attempt) => {
			const { digestEncoding } = attempt.scheme;
			const bytes = Buffer.from(textOf(attempt), digestEncoding);
			return bytes.equals(Buffer.from(digestOf(attempt), digestEncoding));
		},
	],
	[
		'signs what it has parsed',
		(attempt) => {
			try {
				const body = Buffer.from(JSON.stringify(JSON.parse(attempt.call.body.toString())));
				return digestOf({ ...attempt, call: { ...attempt.call, body } }) === textOf(attempt);
			} catch {
				return false;
			}
		},
	],
	['compares lengths only', (attempt) => digestOf(attempt).length === textOf(attempt).length],
	['accepts what has no signature', (attempt) => textOf(attempt) === '' || trigger(attempt)],
	[
		'takes the text of the key',
		(attempt) => trigger({ ...attempt, scheme: { ...attempt.scheme, keyEncoding: 'utf8' } }),
	],
];

describe('a verifier that', () => {
	it.each(CARELESS)('%s would be found by them', (_mistake, verifier) => {
		expect(trial(forgeries, 3_000, verifier).accepted.length).toBeGreaterThan(0);
	});
});

function timeOf({ call }: Attempt): number {
	const seconds = Number(call.headers['x-timestamp']);
	return Number.isNaN(seconds) ? NOW : seconds * 1000;
}

function textOf({ call, scheme }: Attempt): string {
	return String(call.headers['x-signature'] ?? '').slice(scheme.prefix.length);
}

/** What the signature would have to be. */
function digestOf({ call, scheme }: Attempt): string {
	const mac = createHmac(scheme.algorithm, Buffer.from(KEY, scheme.keyEncoding));
	if (scheme.separator !== undefined)
		mac.update(String(call.headers['x-timestamp']) + scheme.separator);
	return mac.update(call.body).digest(scheme.digestEncoding);
}
