import type { CreateResult } from '../../operation';
import type { EarlierCreate } from '../items';

/** What a create was answered with, where the response alone does not decide. */
export type CreateResponse =
	/** 202: taken in, not yet made. So is any other success that does not say that it was made. */
	| 'accepted'
	/** Imburse says that it has it already. */
	| 'alreadyExists'
	/** Imburse says that it has it already, and that it was cancelled. */
	| 'cancelled'
	/** Imburse rejected it, but not for a rule of a field. It may exist. */
	| 'objected'
	/** No response, or none that says anything. */
	| 'unclear';

/** What reading it back has shown. */
export type ReadBackState =
	/** All of it is there, as it was sent. */
	| 'identical'
	/** It is there, and some of it is not as it was sent. */
	| 'different'
	/** It is there; what differs is only what may. */
	| 'samePayment'
	/** It is there as it was sent, and Imburse ended it without a payment. */
	| 'failed'
	/** Certainly nothing is there. */
	| 'notFound'
	/** Some of it is there, some is certainly not. */
	| 'incomplete'
	/** Some of it could not be read, or does not say enough. */
	| 'unreadable';

export type CreateDecision =
	| { action: 'succeed'; result: CreateResult }
	/** Once, and with the same references. */
	| { action: 'createAgain' }
	| { action: 'fail'; outcome: 'conflict' | 'failed' | 'rejected' | 'unknown' };

const UNKNOWN: CreateDecision = { action: 'fail', outcome: 'unknown' };
const CONFLICT: CreateDecision = { action: 'fail', outcome: 'conflict' };
const REJECTED: CreateDecision = { action: 'fail', outcome: 'rejected' };
const FAILED: CreateDecision = { action: 'fail', outcome: 'failed' };
const CREATED: CreateDecision = { action: 'succeed', result: 'created' };
const ALREADY_EXISTED: CreateDecision = { action: 'succeed', result: 'alreadyExisted' };
const CREATE_AGAIN: CreateDecision = { action: 'createAgain' };

type DecidedByReading = Exclude<CreateResponse, 'cancelled'>;

/** The decision where nothing at all is there. */
const WHEN_ABSENT: Readonly<Record<'first' | 'second', Record<DecidedByReading, CreateDecision>>> =
	{
		first: {
			accepted: UNKNOWN,
			alreadyExists: UNKNOWN,
			objected: CREATE_AGAIN,
			unclear: CREATE_AGAIN,
		},
		second: {
			accepted: UNKNOWN,
			alreadyExists: UNKNOWN,
			objected: REJECTED,
			unclear: UNKNOWN,
		},
	};

/** The creates of one item. */
export interface CreateAttempts {
	/** One for each time that it was sent, the latest last: two at the most. */
	responses: readonly CreateResponse[];
	/** Whether an earlier try of the run sent it, too: what that one made may still appear. */
	wasSentBefore: boolean;
	/** What an earlier sending of the same payment in this execution came to. */
	earlier?: EarlierCreate;
}

/** Decides from what a create was answered and what was then found. */
export function decideCreate(attempts: CreateAttempts, found: ReadBackState): CreateDecision {
	const latest = attempts.responses[attempts.responses.length - 1] ?? 'unclear';
	if (latest === 'cancelled') return LIVES.has(found) ? UNKNOWN : FAILED;
	switch (found) {
		case 'identical':
			return isOwn(attempts) || wasTakenIn(attempts) ? CREATED : ALREADY_EXISTED;
		case 'samePayment':
			return isOwn(attempts) ? CREATED : ALREADY_EXISTED;
		case 'different':
			return CONFLICT;
		case 'failed':
			return FAILED;
		case 'notFound':
			return whenAbsent(attempts, latest);
		case 'incomplete':
			return mayStillBeCompleted(attempts) ? UNKNOWN : CONFLICT;
		case 'unreadable':
			return UNKNOWN;
	}
}

/** Imburse says that it was cancelled, and yet shows it as a payment that goes on. */
const LIVES: ReadonlySet<ReadBackState> = new Set(['identical', 'samePayment']);

/** Something else would be there if this execution had not sent it first. */
function isOwn({ earlier }: CreateAttempts): boolean {
	return earlier !== undefined && earlier !== 'reported';
}

/** Otherwise what is there, something else has made, or this execution has told of it before. */
function wasTakenIn({ responses, earlier }: CreateAttempts): boolean {
	return earlier !== 'reported' && !responses.every(isRefusal);
}

/** Imburse has not made what it refused: what is there, something else has made. */
function isRefusal(response: CreateResponse): boolean {
	return response !== 'accepted' && response !== 'unclear';
}

/** Imburse makes an order's instructions after its response, and the response may have been lost. */
function mayStillBeCompleted({ responses, wasSentBefore }: CreateAttempts): boolean {
	return wasSentBefore || !responses.every(isRefusal);
}

/** A create that got no clear response may still be on its way, whatever the next one is told. */
function whenAbsent(
	{ responses, wasSentBefore }: CreateAttempts,
	latest: DecidedByReading,
): CreateDecision {
	const decision = WHEN_ABSENT[responses.length > 1 ? 'second' : 'first'][latest];
	const mayStillArrive = wasSentBefore || responses.slice(0, -1).includes('unclear');
	return decision === REJECTED && mayStillArrive ? UNKNOWN : decision;
}

/** What reading back has shown of all the things that one create makes, taken together. */
export function combineStates(states: readonly ReadBackState[]): ReadBackState {
	return BY_WEIGHT.find((state) => states.includes(state)) ?? 'unreadable';
}

/** A difference is certain whatever the rest is like; `identical` takes all of them. */
const BY_WEIGHT: readonly ReadBackState[] = [
	'different',
	'notFound',
	'unreadable',
	'incomplete',
	'failed',
	'samePayment',
	'identical',
];
