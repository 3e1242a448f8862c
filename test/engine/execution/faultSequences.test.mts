import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Fault } from '../../../sandbox/index.mts';
import {
	blindCreates,
	create,
	CREATIONS,
	liesIn,
	MODES,
	occupy,
	prepare,
	referencesFor,
	reportedBy,
	type Creation,
} from '../support/faultScenario.mts';
import { startImburse, type ImburseOnEngine } from '../support/imburse.mts';

/** A release is tried with 10,000 and a seed of its own. */
const SEQUENCES = Number(process.env.FAULT_SEQUENCES ?? 40);
const SEED = Number(process.env.FAULT_SEED ?? 20_190_528);

const WRITES = ['createOrder', 'createInstruction'];
const READS = ['getOrder', 'getInstruction'];

let imburse: ImburseOnEngine;

beforeAll(async () => {
	imburse = await startImburse();
});

afterAll(async () => {
	await imburse.stop();
});

const moment = fc.constantFrom('beforeWrite' as const, 'afterWrite' as const);
const calls = fc.oneof(
	fc.integer({ min: 1, max: 3 }).map((next) => ({ next })),
	fc.integer({ min: 1, max: 8 }).map((from) => ({ from, to: from + 1 })),
	fc.constantFrom(0.2, 0.5, 1).map((probability) => ({ probability })),
);
const status = fc.constantFrom(200, 201, 202, 204, 400, 402, 403, 404, 409, 429, 500, 502, 503);
const body = fc.constantFrom('html', 'empty', 'errors', 'problem', 'correlationId', 'errorCodes');

/** What takes the place of an answer. */
function broken(at: fc.Arbitrary<'beforeWrite' | 'afterWrite'>, route: string[]) {
	return fc.oneof(
		fc.record({
			kind: fc.constantFrom('reset', 'cutOff', 'cutOffJson'),
			at,
			calls,
			route: fc.constant(route),
		}),
		fc.record({
			kind: fc.constant('answer'),
			at,
			status,
			body,
			calls,
			route: fc.constant(route),
		}),
		fc.record({
			kind: fc.constant('redirect'),
			at,
			status: fc.constantFrom(302, 307),
			to: fc.constant('/elsewhere'),
			calls,
			route: fc.constant(route),
		}),
	) as fc.Arbitrary<Fault>;
}

const elsewhere = fc.oneof(
	broken(moment, WRITES),
	broken(moment, READS),
	fc.record({
		kind: fc.constant('answer' as const),
		at: moment,
		status: fc.constant(404),
		body: fc.constant('html' as const),
		calls,
		route: fc.constant(READS),
	}),
	fc.record({ kind: fc.constant('tokenUses' as const), uses: fc.integer({ min: 1, max: 9 }) }),
	fc.constant<Fault>({ kind: 'newestTokenOnly' }),
	fc.record({ kind: fc.constant('instructionMissing' as const), calls }),
	fc.record({
		kind: fc.constant('instructionLate' as const),
		after: fc.record({ reads: fc.integer({ min: 1, max: 2 }) }),
		calls,
	}),
) as fc.Arbitrary<Fault>;

const SCENARIO = fc.record({
	creation: fc.constantFrom(...CREATIONS),
	mode: fc.constantFrom(...Object.keys(MODES)),
	count: fc.integer({ min: 5, max: 7 }),
	/** Under which references somebody else has made something else before. */
	occupied: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
	faults: fc
		.tuple(broken(fc.constant('afterWrite'), WRITES), fc.array(elsewhere, { maxLength: 3 }))
		.map(([afterTheWrite, others]) => [afterTheWrite, ...others]),
	seed: fc.nat(),
});

/**
 * Answers that claim what is not so, such as a 201 to a create that was never carried out, or "not
 * found" in Imburse's own shape for what is there. No client can see through these; everything else
 * must not deceive it.
 */
function deceives(fault: Fault, creation: Creation): boolean {
	if (fault.kind === 'instructionMissing') return creation === 'instruction';
	if (fault.kind !== 'answer') return false;
	const isOwnShape = fault.body !== 'html' && fault.body !== 'empty';
	const claimsNotLetIn = [403, 429].includes(fault.status) && fault.at === 'afterWrite';
	const claimsMade = [201, 202].includes(fault.status) && fault.body !== 'html';
	const claimsAbsent = fault.status === 404 && isOwnShape;
	return claimsNotLetIn || claimsMade || claimsAbsent;
}

/**
 * An instruction that Imburse makes, objects to in its own words, and then says not to have: between
 * them these are two lies, and no client can see through that.
 */
function deceiveTogether(faults: Fault[], creation: Creation): boolean {
	const isObjection = (fault: Fault) =>
		fault.kind === 'answer' &&
		fault.at === 'afterWrite' &&
		fault.status >= 400 &&
		fault.status < 500 &&
		fault.body !== 'html';
	const isLate = faults.some(({ kind }) => kind === 'instructionLate');
	return creation === 'instruction' && isLate && faults.some(isObjection);
}

it('no sequence of faults makes a payment twice, loses one, or tells a lie about one', async () => {
	const scenarios = SCENARIO.filter(
		({ creation, faults }) =>
			faults.every((fault) => !deceives(fault, creation)) && !deceiveTogether(faults, creation),
	);
	await fc.assert(
		fc.asyncProperty(scenarios, async (scenario) => {
			const { creation, mode, faults, seed } = scenario;
			const refs = referencesFor(scenario.count);
			const occupied = refs.filter((_, index) => scenario.occupied[index]);
			const { sandbox } = imburse;
			sandbox.reset();
			await prepare(imburse, creation, refs);
			await occupy(imburse, creation, occupied);

			const since = sandbox.requests.length;
			sandbox.misbehave(faults, seed);
			const run = await create(imburse, creation, refs, MODES[mode] ?? {});
			expect(liesIn(reportedBy(run, refs), creation, { refs, occupied, faults }, sandbox)).toEqual(
				[],
			);
			if (mode !== 'Retry On Fail') {
				expect(blindCreates(creation, refs, sandbox.requests.slice(since))).toEqual([]);
			}

			sandbox.behave();
			const again = await create(imburse, creation, refs, { onError: 'continueErrorOutput' });
			const reported = reportedBy(again, refs);
			expect(liesIn(reported, creation, { refs, occupied, faults }, sandbox)).toEqual([]);
			// What is not there, or not there yet, stays unknown, or an order without it a conflict.
			if (faults.some(({ kind }) => kind.startsWith('instruction'))) return;
			const failed = refs.filter((ref) => reported.get(ref) === 'conflict');
			expect(failed).toEqual(occupied);
			expect(again.success).toHaveLength(refs.length - occupied.length);
		}),
		{ numRuns: SEQUENCES, seed: SEED, endOnFailure: true },
	);
}, 7_200_000);
