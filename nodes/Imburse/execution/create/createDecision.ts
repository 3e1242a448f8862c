import type { CreateResult } from '../../operation';

/** What a create was answered with, where the answer alone does not settle it. */
export type CreateResponse =
	/** 202: taken in, not yet made. */
	| 'accepted'
	/** Imburse says that it has it already. */
	| 'exists'
	/** Imburse objects in words that rule nothing out. */
	| 'objected'
	/** No answer, or none that says anything. */
	| 'unclear';

/** What reading it back has shown. */
export type ReadBackState =
	/** All of it is there, as it was sent. */
	| 'identical'
	/** It is there, and some of it is not as it was sent. */
	| 'different'
	/** It is there as it was sent, and Imburse has given it up. */
	| 'endedBadly'
	/** Certainly nothing is there. */
	| 'absent'
	/** Some of it is there, some is certainly not. */
	| 'incomplete'
	/** Some of it could not be read, or does not say enough. */
	| 'unreadable';

export type CreateDecision =
	| { then: 'succeed'; result: CreateResult }
	/** Once, and with the same references. */
	| { then: 'createAgain' }
	| { then: 'fail'; outcome: 'conflict' | 'failed' | 'rejected' | 'unknown' };

const UNKNOWN: CreateDecision = { then: 'fail', outcome: 'unknown' };
const CONFLICT: CreateDecision = { then: 'fail', outcome: 'conflict' };
const REJECTED: CreateDecision = { then: 'fail', outcome: 'rejected' };
const CREATED: CreateDecision = { then: 'succeed', result: 'created' };
const ALREADY_EXISTED: CreateDecision = { then: 'succeed', result: 'alreadyExisted' };
const CREATE_AGAIN: CreateDecision = { then: 'createAgain' };

/** What follows where nothing at all is there. */
const WHEN_ABSENT: Readonly<Record<'first' | 'second', Record<CreateResponse, CreateDecision>>> = {
	first: {
		accepted: UNKNOWN,
		exists: UNKNOWN,
		objected: CREATE_AGAIN,
		unclear: CREATE_AGAIN,
	},
	second: {
		accepted: UNKNOWN,
		exists: UNKNOWN,
		objected: REJECTED,
		unclear: UNKNOWN,
	},
};

/** The creates of one item. */
export interface CreateAttempts {
	/** One for each time that it was sent, the latest last: two at the most. */
	responses: readonly CreateResponse[];
	/** Whether an earlier try of the run sent it, too: what that one made may still appear. */
	sentBefore: boolean;
}

/** What follows from what a create was answered and what was then found. */
export function decideCreate(creates: CreateAttempts, found: ReadBackState): CreateDecision {
	switch (found) {
		case 'identical':
			return creates.responses.every(isRefusal) ? ALREADY_EXISTED : CREATED;
		case 'different':
			return CONFLICT;
		case 'endedBadly':
			return { then: 'fail', outcome: 'failed' };
		case 'absent':
			return whenAbsent(creates);
		case 'incomplete':
			return mayBeMadeYet(creates) ? UNKNOWN : CONFLICT;
		case 'unreadable':
			return UNKNOWN;
	}
}

/** What Imburse refused it has not made: what is there, something else has made. */
function isRefusal(answered: CreateResponse): boolean {
	return answered === 'exists' || answered === 'objected';
}

/** Imburse makes an order's instructions after its answer, and the answer may have been lost. */
function mayBeMadeYet({ responses: answers, sentBefore }: CreateAttempts): boolean {
	return sentBefore || !answers.every(isRefusal);
}

/** A create that got no clear answer may still be on its way, whatever the next one is told. */
function whenAbsent({ responses: answers, sentBefore }: CreateAttempts): CreateDecision {
	const latest = answers[answers.length - 1] ?? 'unclear';
	const next = WHEN_ABSENT[answers.length > 1 ? 'second' : 'first'][latest];
	const mayStillArrive = sentBefore || answers.slice(0, -1).includes('unclear');
	return next === REJECTED && mayStillArrive ? UNKNOWN : next;
}

/** What reading back has shown of all the things that one create makes, taken together. */
export function combineStates(all: readonly ReadBackState[]): ReadBackState {
	const worst = BY_WEIGHT.find((found) => all.includes(found));
	return worst ?? 'unreadable';
}

/** A difference is certain whatever the rest is like; only where nothing is amiss is all well. */
const BY_WEIGHT: readonly ReadBackState[] = [
	'different',
	'absent',
	'unreadable',
	'incomplete',
	'endedBadly',
	'identical',
];
