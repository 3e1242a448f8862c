import fc from 'fast-check';
import type { Fault } from '../../../sandbox/index.mts';
import type { ImburseOnEngine } from '../support/imburse.mts';
import { carryOut, MODES, type Findings } from './trial.mts';
import { WRITES, WRITE_ROUTES, type Write } from './writeTable.mts';

/** What goes wrong in the course of one run. */
export interface Sequence {
	write: Write;
	mode: string;
	items: number;
	/** Under which references somebody else has done something before. */
	occupied: boolean[];
	faults: Fault[];
	seed: number;
}

const READ_ROUTES = ['getOrder', 'getInstruction', 'getCustomer'];
/** Seconds; where nothing is ever answered the node must not wait for long. */
const TIMEOUT = 6;

const moment = fc.constantFrom('beforeWrite' as const, 'afterWrite' as const);
const calls = fc.oneof(
	fc.integer({ min: 1, max: 3 }).map((next) => ({ next })),
	fc.integer({ min: 1, max: 8 }).map((from) => ({ from, to: from + 1 })),
	fc.constantFrom(0.2, 0.5, 1).map((probability) => ({ probability })),
);
const status = fc.constantFrom(200, 201, 202, 204, 400, 402, 403, 404, 409, 429, 500, 502, 503);
const body = fc.constantFrom('html', 'empty', 'errors', 'problem', 'correlationId', 'errorCodes');

/** What takes the place of an answer. */
function broken(at: fc.Arbitrary<'beforeWrite' | 'afterWrite'>, routes: readonly string[]) {
	const aim = { at, calls, route: fc.constant([...routes]) };
	return fc.oneof(
		{
			weight: 8,
			arbitrary: fc.record({ kind: fc.constantFrom('reset', 'cutOff', 'cutOffJson'), ...aim }),
		},
		{ weight: 8, arbitrary: fc.record({ kind: fc.constant('answer'), status, body, ...aim }) },
		{
			weight: 8,
			arbitrary: fc.record({
				kind: fc.constant('redirect'),
				status: fc.constantFrom(302, 307),
				to: fc.constant('/elsewhere'),
				...aim,
			}),
		},
		{ weight: 1, arbitrary: fc.record({ kind: fc.constant('silence'), ...aim }) },
	) as fc.Arbitrary<Fault>;
}

const writes = [...WRITE_ROUTES];

const anything = fc.oneof(
	broken(moment, writes),
	broken(moment, READ_ROUTES),
	fc.record({
		kind: fc.constant('answer' as const),
		at: moment,
		status: fc.constant(404),
		body: fc.constant('html' as const),
		calls,
		route: fc.constant(READ_ROUTES),
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

/** At least five items and at least one fault after the write each. */
export const SEQUENCES: fc.Arbitrary<Sequence> = fc
	.record({
		write: fc.constantFrom(...WRITES),
		mode: fc.constantFrom(...Object.keys(MODES)),
		items: fc.integer({ min: 5, max: 7 }),
		occupied: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
		faults: fc
			.tuple(
				broken(fc.constant('afterWrite' as const), writes),
				fc.array(anything, { maxLength: 3 }),
			)
			.map(([afterTheWrite, others]) => [afterTheWrite, ...others]),
		seed: fc.nat(),
	})
	.filter(
		({ write, faults }) =>
			faults.every((fault) => !deceives(fault, write)) && !deceiveTogether(faults, write),
	);

/** How a counter-example is printed. */
export function inWords({ write, mode, items, occupied, faults, seed }: Sequence): string {
	const taken = occupied.slice(0, items).map(Number).join('');
	return [
		`${write.title}, ${mode}, ${items} items (done by somebody else before: ${taken}), seed ${seed}`,
		...faults.map((fault) => `  ${JSON.stringify(fault)}`),
	].join('\n');
}

export async function tryOut(imburse: ImburseOnEngine, sequence: Sequence): Promise<Findings> {
	const { faults } = sequence;
	return await carryOut(imburse, {
		...sequence,
		timeout: TIMEOUT,
		// What is not there, or not there yet, stays unknown.
		isSpoilt: faults.some(({ kind }) => kind.startsWith('instruction')),
	});
}

/**
 * Answers that claim what is not so, such as a 201 to a create that was never carried out, or "not
 * found" in Imburse's own shape for what is there, or its gateway's word that a call did not get past it
 * when it did. No client can see through these; everything else must not deceive it.
 */
function deceives(fault: Fault, write: Write): boolean {
	if (fault.kind === 'instructionMissing') return write.makesPayment === 'atOnce';
	if (fault.kind !== 'answer') return false;
	const isOwnShape = fault.body !== 'html' && fault.body !== 'empty';
	const isRefusal = fault.status >= 400 && fault.status < 500;
	const claimsNotLetIn = [403, 429].includes(fault.status) && fault.at === 'afterWrite';
	const claimsAbsent = fault.status === 404 && isOwnShape;
	const claimsHeldBack = isRefusal && fault.body === 'problem' && fault.at === 'afterWrite';
	if (claimsNotLetIn || claimsAbsent || claimsHeldBack) return true;
	if (write.kind === 'creates') {
		return [201, 202].includes(fault.status) && fault.body !== 'html';
	}
	const claimsRefused = isRefusal && isOwnShape && fault.at === 'afterWrite';
	const claimsDone = fault.status < 300 && fault.body !== 'html' && fault.at === 'beforeWrite';
	return claimsRefused || claimsDone;
}

/**
 * Faults that deceive only between them. An instruction that Imburse makes, objects to in its own
 * words, and then says not to have, is two lies; so is a call that is not let in, as its token has
 * ended, and is answered with success. No client can see through that.
 */
function deceiveTogether(faults: Fault[], write: Write): boolean {
	const isObjection = (fault: Fault) =>
		fault.kind === 'answer' &&
		fault.at === 'afterWrite' &&
		fault.status >= 400 &&
		fault.status < 500 &&
		fault.body !== 'html';
	const isSuccess = (fault: Fault) =>
		fault.kind === 'answer' && fault.status < 300 && fault.body !== 'html';
	const isLate = faults.some(({ kind }) => kind === 'instructionLate');
	const tokensEnd = faults.some(({ kind }) => kind === 'tokenUses' || kind === 'newestTokenOnly');
	return (
		(write.makesPayment === 'atOnce' && isLate && faults.some(isObjection)) ||
		(tokensEnd && faults.some(isSuccess))
	);
}
