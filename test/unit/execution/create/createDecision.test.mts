import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	combineStates,
	decideCreate,
	type CreateResponse,
	type ReadBackState,
} from '../../../../nodes/Imburse/execution/create/createDecision.ts';

const ANSWERED: CreateResponse[] = ['accepted', 'exists', 'objected', 'unclear'];
const FOUND: ReadBackState[] = [
	'identical',
	'different',
	'endedBadly',
	'absent',
	'incomplete',
	'unreadable',
];

function inShort(answers: CreateResponse[], found: ReadBackState, sentBefore = false): string {
	const next = decideCreate({ responses: answers, sentBefore }, found);
	if (next.then === 'succeed') return next.result;
	return next.then === 'fail' ? next.outcome : next.then;
}

describe('whatFollows', () => {
	it.each<[CreateResponse, ReadBackState, string]>([
		['accepted', 'identical', 'created'],
		['exists', 'identical', 'alreadyExisted'],
		['objected', 'identical', 'alreadyExisted'],
		['unclear', 'identical', 'created'],
		['accepted', 'incomplete', 'unknown'],
		['unclear', 'incomplete', 'unknown'],
		['exists', 'incomplete', 'conflict'],
		['objected', 'incomplete', 'conflict'],
		['accepted', 'absent', 'unknown'],
		['exists', 'absent', 'unknown'],
		['objected', 'absent', 'createAgain'],
		['unclear', 'absent', 'createAgain'],
	])('after the first create, %s and found %s is %s', (answered, found, next) => {
		expect(inShort([answered], found)).toBe(next);
	});

	it.each(ANSWERED)('after %s it does not matter for what was found and is amiss', (answered) => {
		expect(inShort([answered], 'different')).toBe('conflict');
		expect(inShort([answered], 'endedBadly')).toBe('failed');
		expect(inShort([answered], 'unreadable')).toBe('unknown');
	});

	it.each<[CreateResponse, CreateResponse, string]>([
		['objected', 'objected', 'rejected'],
		['objected', 'unclear', 'unknown'],
		['unclear', 'objected', 'unknown'],
		['unclear', 'unclear', 'unknown'],
		['unclear', 'exists', 'unknown'],
		['unclear', 'accepted', 'unknown'],
	])('after %s and then %s, what is absent is %s', (first, second, next) => {
		expect(inShort([first, second], 'absent')).toBe(next);
	});

	it.each<[CreateResponse, CreateResponse, string]>([
		['unclear', 'exists', 'created'],
		['unclear', 'objected', 'created'],
		['objected', 'unclear', 'created'],
		['objected', 'accepted', 'created'],
		['objected', 'objected', 'alreadyExisted'],
		['objected', 'exists', 'alreadyExisted'],
	])('after %s and then %s, what is there as asked is %s', (first, second, result) => {
		expect(inShort([first, second], 'identical')).toBe(result);
	});

	it('leaves open what an earlier try of the run may have made', () => {
		expect(inShort(['exists'], 'incomplete', true)).toBe('unknown');
		expect(inShort(['objected', 'objected'], 'absent', true)).toBe('unknown');
		expect(inShort(['exists'], 'identical', true)).toBe('alreadyExisted');
	});

	it('creates again once at the most, and only what is certainly absent', () => {
		const answers = fc.array(fc.constantFrom(...ANSWERED), { minLength: 1, maxLength: 2 });
		fc.assert(
			fc.property(answers, fc.constantFrom(...FOUND), (given, found) => {
				if (inShort(given, found) !== 'createAgain') return;
				expect(given).toHaveLength(1);
				expect(found).toBe('absent');
				expect(['objected', 'unclear']).toContain(given[0]);
			}),
		);
	});

	it('succeeds only on what is identical', () => {
		const answers = fc.array(fc.constantFrom(...ANSWERED), { minLength: 1, maxLength: 2 });
		fc.assert(
			fc.property(answers, fc.constantFrom(...FOUND), (given, found) => {
				const { then } = decideCreate({ responses: given, sentBefore: false }, found);
				expect(then === 'succeed').toBe(found === 'identical');
			}),
		);
	});
});

describe('foundOf', () => {
	it.each<[ReadBackState[], ReadBackState]>([
		[['identical', 'identical'], 'identical'],
		[['identical', 'endedBadly'], 'endedBadly'],
		[['endedBadly', 'incomplete'], 'incomplete'],
		[['incomplete', 'unreadable'], 'unreadable'],
		[['unreadable', 'different', 'incomplete'], 'different'],
		[['absent'], 'absent'],
		[[], 'unreadable'],
	])('%j are, taken together, %s', (all, found) => {
		expect(combineStates(all)).toBe(found);
	});

	it('is identical only if everything is', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...FOUND), { minLength: 1 }), (all) => {
				const identical = all.every((found) => found === 'identical');
				expect(combineStates(all) === 'identical').toBe(identical);
			}),
		);
	});
});
