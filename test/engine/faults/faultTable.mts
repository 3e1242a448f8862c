import type { Fault, SandboxOptions } from '../../../sandbox/index.mts';
import { WRITE_ROUTES, type Write } from './writeTable.mts';

/** Which of the calls that a fault is aimed at it strikes. */
export type Calls = NonNullable<Extract<Fault, { kind: 'reset' }>['calls']>;

/** One thing that can go wrong. */
export interface FaultCase {
	/** What happens and what the node does about it, for somebody who pays and does not program. */
	sentence: string;
	/**
	 * @param seconds the time limit for an answer that the node is given
	 * @param items how many there are, so that a limit is one for few as well as for many
	 */
	faults: (calls: Calls, seconds: number, items: number) => Fault[];
	/** What else is not as it should be at the sandbox. */
	options?: Partial<SandboxOptions>;
	/** Set where reading back works too badly to tell for certain what became of every create. */
	isUnclear?: true;
	/** Set where the node is to give up waiting for an answer, and so must not wait for long. */
	waitsInVain?: true;
	/** Set where waiting helps, so that the node is to wait for long. */
	waitingHelps?: true;
	/** Set where it can befall only payments, or only those that Imburse makes after it has answered. */
	only?: 'payments' | 'accepted';
	/** Set where what was made is spoilt at Imburse itself, so that running it again cannot help. */
	spoils?: true;
}

type Moment = 'beforeWrite' | 'afterWrite';

const onWrites = (calls: Calls) => ({ route: [...WRITE_ROUTES], calls });

const answered =
	(at: Moment, status: number, body: 'html' | 'errors') =>
	(calls: Calls): Fault[] => [{ kind: 'answer', at, status, body, ...onWrites(calls) }];

const broken =
	(kind: 'reset' | 'silence' | 'unfinished' | 'cutOff' | 'cutOffJson', at: Moment) =>
	(calls: Calls): Fault[] => [{ kind, at, ...onWrites(calls) }];

const redirected =
	(at: Moment, status: 302 | 307) =>
	(calls: Calls): Fault[] => [
		{ kind: 'redirect', at, status, to: '/elsewhere', ...onWrites(calls) },
	];

/** So narrow that it is met on a slow machine, too, and so wide that all get through in half a minute. */
const limit = (items: number) =>
	({ kind: 'rateLimit', perSecond: Math.max(3, items / 10), burst: 1 }) as const;

/** Every fault of the sandbox, each at the moment or moments where it matters, by its short name. */
export const FAULTS: Readonly<Record<string, FaultCase>> = {
	'nothing goes wrong': {
		sentence: 'Imburse answers every call at once and as it should.',
		faults: () => [],
	},
	'a slow answer': {
		sentence: 'Some answers take longer than usual, but come in time. The node waits for them.',
		faults: (calls) => [{ kind: 'delay', at: 'afterWrite', ms: 20, ...onWrites(calls) }],
	},
	'an answer after the time limit': {
		sentence:
			'Imburse does what it was asked, but answers so late that the node has given up waiting. The node reads whether it was done.',
		faults: (calls, seconds) => [
			{ kind: 'delay', at: 'afterWrite', ms: seconds * 2_000, ...onWrites(calls) },
		],
		waitsInVain: true,
	},
	'too many calls, and told when to come back': {
		sentence:
			'Imburse takes only so many calls a second and says when it will take more (429 with Retry-After). The node slows down and sends the refused ones again.',
		faults: (_calls, _seconds, items) => [{ ...limit(items), retryAfter: 'seconds' }],
	},
	'too many calls': {
		sentence:
			'Imburse takes only so many calls a second and does not say when it will take more (429). The node slows down by itself.',
		faults: (_calls, _seconds, items) => [limit(items)],
	},
	'503 instead of the work': {
		sentence: 'A gateway says that Imburse is out of service (503). Nothing was done.',
		faults: answered('beforeWrite', 503, 'html'),
	},
	'500 instead of the work': {
		sentence: 'Imburse itself fails before it has done anything (500).',
		faults: answered('beforeWrite', 500, 'errors'),
	},
	'500 after the work': {
		sentence: 'Imburse does what it was asked, and then fails with an error (500).',
		faults: answered('afterWrite', 500, 'errors'),
	},
	'502 after the work': {
		sentence: 'Imburse does what it was asked, but a gateway loses its answer (502).',
		faults: answered('afterWrite', 502, 'html'),
	},
	'a lost connection before the work': {
		sentence: 'The connection breaks before Imburse has done anything.',
		faults: broken('reset', 'beforeWrite'),
	},
	'a lost connection after the work': {
		sentence: 'Imburse does what it was asked, and the connection breaks before it can say so.',
		faults: broken('reset', 'afterWrite'),
	},
	'silence before the work': {
		sentence: 'The call gets stuck on its way, and no answer ever comes.',
		faults: broken('silence', 'beforeWrite'),
		waitsInVain: true,
	},
	'silence after the work': {
		sentence: 'Imburse does what it was asked, and no answer ever comes.',
		faults: broken('silence', 'afterWrite'),
		waitsInVain: true,
	},
	'an answer that never ends': {
		sentence: 'Imburse does what it was asked, and half of its answer never arrives.',
		faults: broken('unfinished', 'afterWrite'),
		waitsInVain: true,
	},
	'an answer that is cut off': {
		sentence:
			'Imburse does what it was asked, and the connection breaks in the middle of its answer.',
		faults: broken('cutOff', 'afterWrite'),
	},
	'half of the text of an answer': {
		sentence: 'Imburse does what it was asked, and something on the way drops half of its answer.',
		faults: broken('cutOffJson', 'afterWrite'),
	},
	'a web page with 200': {
		sentence:
			'Imburse does what it was asked, but a web page arrives in place of its answer, such as the login page of a network.',
		faults: answered('afterWrite', 200, 'html'),
	},
	'a web page with 201': {
		sentence: 'A web page with the status of success arrives, and Imburse has never seen the call.',
		faults: answered('beforeWrite', 201, 'html'),
	},
	"a gateway's 404": {
		sentence:
			'A gateway says that there is no such page (404). It does not come from Imburse, and proves nothing.',
		faults: answered('beforeWrite', 404, 'html'),
	},
	"a gateway's 404 on every kind of call": {
		sentence: 'The same, also for calls that read, and even though Imburse has done its work.',
		faults: (calls) => [{ kind: 'answer', at: 'afterWrite', status: 404, body: 'html', calls }],
		isUnclear: true,
	},
	'sent elsewhere before the work': {
		sentence:
			'The call is redirected (302). The node does not follow, because its keys are for Imburse alone.',
		faults: redirected('beforeWrite', 302),
	},
	'sent elsewhere after the work': {
		sentence: 'Imburse does what it was asked, and the answer is a redirect (307).',
		faults: redirected('afterWrite', 307),
	},
	'a payment that never appears': {
		sentence: 'Imburse accepts an order with a payment (202), and the payment is never made.',
		faults: (calls) => [{ kind: 'instructionMissing', calls }],
		isUnclear: true,
		only: 'accepted',
		spoils: true,
	},
	'a payment that appears late': {
		sentence:
			'Imburse accepts an order with a payment (202), and makes the payment a moment later.',
		faults: (calls) => [{ kind: 'instructionLate', after: { reads: 1 }, calls }],
		waitingHelps: true,
		only: 'accepted',
	},
	'a payment that fails': {
		sentence: 'Imburse makes the payment, and it fails at once.',
		faults: (calls) => [
			{
				kind: 'instructionFails',
				after: { reads: 0 },
				errorCode: 'CLOSED',
				reason: 'Closed',
				calls,
			},
		],
		only: 'payments',
		spoils: true,
	},
	'a token that ends on the way': {
		sentence: 'The access token stops working after a few calls. The node fetches a new one.',
		faults: () => [{ kind: 'tokenUses', uses: 3 }],
	},
	'only the newest token works': {
		sentence: 'Each new access token ends the one before.',
		faults: () => [{ kind: 'newestTokenOnly' }],
	},
	'a clock that is wrong': {
		sentence:
			'The clocks of the two sides are too far apart, so that Imburse gives out no token. Nothing is sent.',
		faults: () => [],
		options: { clockOffsetSeconds: 900 },
	},
	'lost connections on every kind of call': {
		sentence: 'Connections break again and again, also while the node reads what was done.',
		faults: (calls) => [{ kind: 'reset', at: 'afterWrite', calls }],
		isUnclear: true,
	},
};

/** Whether a fault can befall what this operation does. */
export function canBefall({ only }: FaultCase, { makesPayment }: Write): boolean {
	if (only === undefined) return true;
	return only === 'accepted' ? makesPayment === 'afterAnswer' : makesPayment !== undefined;
}
