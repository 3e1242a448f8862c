import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	combineStates,
	decideCreate,
	type CreateResponse,
	type ReadBackState,
} from '../../../../nodes/Imburse/execution/create/createDecision.ts';
import type { EarlierCreate } from '../../../../nodes/Imburse/execution/items.ts';

const RESPONSES: CreateResponse[] = ['accepted', 'alreadyExists', 'objected', 'unclear'];
const STATES: ReadBackState[] = [
	'identical',
	'different',
	'samePayment',
	'failed',
	'notFound',
	'incomplete',
	'unreadable',
];

function inShort(responses: CreateResponse[], found: ReadBackState, wasSentBefore = false): string {
	const decision = decideCreate({ responses, wasSentBefore }, found);
	if (decision.action === 'succeed') return decision.result;
	return decision.action === 'fail' ? decision.outcome : decision.action;
}

describe('decideCreate', () => {
	it.each<[CreateResponse, ReadBackState, string]>([
		['accepted', 'identical', 'created'],
		['alreadyExists', 'identical', 'alreadyExisted'],
		['objected', 'identical', 'alreadyExisted'],
		['unclear', 'identical', 'created'],
		['accepted', 'incomplete', 'unknown'],
		['unclear', 'incomplete', 'unknown'],
		['alreadyExists', 'incomplete', 'conflict'],
		['objected', 'incomplete', 'conflict'],
		['accepted', 'notFound', 'unknown'],
		['alreadyExists', 'notFound', 'unknown'],
		['objected', 'notFound', 'createAgain'],
		['unclear', 'notFound', 'createAgain'],
	])('after the first create, %s and found %s is %s', (response, found, expected) => {
		expect(inShort([response], found)).toBe(expected);
	});

	it.each(RESPONSES)('after %s it does not matter for what was found and is amiss', (response) => {
		expect(inShort([response], 'different')).toBe('conflict');
		expect(inShort([response], 'failed')).toBe('failed');
		expect(inShort([response], 'unreadable')).toBe('unknown');
	});

	it.each<[CreateResponse[]]>([[['cancelled']], [['unclear', 'cancelled']]])(
		'after %j it has failed, unless it is shown as a payment that goes on',
		(responses) => {
			for (const state of STATES) {
				const goesOn = state === 'identical' || state === 'samePayment';
				expect(inShort(responses, state)).toBe(goesOn ? 'unknown' : 'failed');
			}
		},
	);

	it.each<[CreateResponse, CreateResponse, string]>([
		['objected', 'objected', 'rejected'],
		['objected', 'unclear', 'unknown'],
		['unclear', 'objected', 'unknown'],
		['unclear', 'unclear', 'unknown'],
		['unclear', 'alreadyExists', 'unknown'],
		['unclear', 'accepted', 'unknown'],
	])('after %s and then %s, what is absent is %s', (first, second, expected) => {
		expect(inShort([first, second], 'notFound')).toBe(expected);
	});

	it.each<[CreateResponse, CreateResponse, string]>([
		['unclear', 'alreadyExists', 'created'],
		['unclear', 'objected', 'created'],
		['objected', 'unclear', 'created'],
		['objected', 'accepted', 'created'],
		['objected', 'objected', 'alreadyExisted'],
		['objected', 'alreadyExists', 'alreadyExisted'],
		['cancelled', 'alreadyExists', 'alreadyExisted'],
	])('after %s and then %s, what is there as asked is %s', (first, second, result) => {
		expect(inShort([first, second], 'identical')).toBe(result);
	});

	it('leaves open what an earlier try of the run may have made', () => {
		expect(inShort(['alreadyExists'], 'incomplete', true)).toBe('unknown');
		expect(inShort(['objected', 'objected'], 'notFound', true)).toBe('unknown');
		expect(inShort(['alreadyExists'], 'identical', true)).toBe('alreadyExisted');
	});

	it.each<[CreateResponse, EarlierCreate | undefined, string, string]>([
		['alreadyExists', 'made', 'created', 'created'],
		['alreadyExists', 'unclear', 'created', 'created'],
		['alreadyExists', 'reported', 'alreadyExisted', 'alreadyExisted'],
		['unclear', 'reported', 'alreadyExisted', 'alreadyExisted'],
		['alreadyExists', undefined, 'alreadyExisted', 'alreadyExisted'],
		['unclear', undefined, 'created', 'alreadyExisted'],
		['unclear', 'made', 'created', 'created'],
	])('after %s of what was %s before, it is %s, with other metadata %s', (...row) => {
		const [response, earlier, identical, samePayment] = row;
		const attempts = { responses: [response], wasSentBefore: true, earlier };
		expect(decideCreate(attempts, 'identical')).toMatchObject({ result: identical });
		expect(decideCreate(attempts, 'samePayment')).toMatchObject({ result: samePayment });
	});

	it('creates again once at the most, and only what is certainly absent', () => {
		const answers = fc.array(fc.constantFrom(...RESPONSES), { minLength: 1, maxLength: 2 });
		fc.assert(
			fc.property(answers, fc.constantFrom(...STATES), (given, found) => {
				if (inShort(given, found) !== 'createAgain') return;
				expect(given).toHaveLength(1);
				expect(found).toBe('notFound');
				expect(['objected', 'unclear']).toContain(given[0]);
			}),
		);
	});

	it('succeeds only on what is identical, or the same payment', () => {
		const answers = fc.array(fc.constantFrom(...RESPONSES), { minLength: 1, maxLength: 2 });
		fc.assert(
			fc.property(answers, fc.constantFrom(...STATES), (given, found) => {
				const { action } = decideCreate({ responses: given, wasSentBefore: false }, found);
				expect(action === 'succeed').toBe(['identical', 'samePayment'].includes(found));
			}),
		);
	});
});

describe('combineStates', () => {
	it.each<[ReadBackState[], ReadBackState]>([
		[['identical', 'identical'], 'identical'],
		[['identical', 'failed'], 'failed'],
		[['identical', 'samePayment'], 'samePayment'],
		[['samePayment', 'failed'], 'failed'],
		[['samePayment', 'different'], 'different'],
		[['failed', 'incomplete'], 'incomplete'],
		[['incomplete', 'unreadable'], 'unreadable'],
		[['unreadable', 'different', 'incomplete'], 'different'],
		[['notFound'], 'notFound'],
		[[], 'unreadable'],
	])('%j are, taken together, %s', (all, found) => {
		expect(combineStates(all)).toBe(found);
	});

	it('is identical only if everything is', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...STATES), { minLength: 1 }), (all) => {
				const identical = all.every((found) => found === 'identical');
				expect(combineStates(all) === 'identical').toBe(identical);
			}),
		);
	});
});
