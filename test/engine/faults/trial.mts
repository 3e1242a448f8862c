import type { Fault, ReceivedRequest, SandboxOptions } from '../../../sandbox/index.mts';
import { ImburseClient } from '../../sandbox/client.mts';
import type { ImburseOnEngine, RunSettings } from '../support/imburse.mts';
import {
	isSuccess,
	reportedBy,
	saysNothingWasDone,
	SENT_BEFORE,
	type Reported,
	type Said,
} from './reported.mts';
import type { State, Write } from './writeTable.mts';

export const MODES: Readonly<Record<string, RunSettings>> = {
	plain: {},
	'Continue On Fail': { onError: 'continueRegularOutput' },
	'error output': { onError: 'continueErrorOutput' },
	'Retry On Fail': { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
};

/** What is tried: one operation, for so many items, while these things go wrong. */
export interface Trial {
	write: Write;
	/** One of `MODES`. */
	mode: string;
	items: number;
	faults: readonly Fault[];
	seed: number;
	/** What else is not as it should be while the node runs. */
	options?: Partial<SandboxOptions>;
	/** The items under whose references somebody else has done something before. */
	occupied?: readonly boolean[];
	/** Seconds that the node waits for an answer. */
	timeout: number;
	/** Seconds until what was accepted must be there, or be cancelled; short when left out. */
	createdWithin?: number;
	/** Most calls at the same time; the node's own default when left out. */
	maxConcurrency?: number;
	/** Whether what was made is spoilt at Imburse, so that running it again cannot help. */
	isSpoilt?: boolean;
	/** Whether the node can find out for certain what became of a create. */
	isClear?: boolean;
}

/** What came of it. */
export interface Findings {
	/** How often each word was said, of the run in which things went wrong. */
	said: Record<string, number>;
	/** The same, of the run after it, in which nothing goes wrong. */
	saidAgain: Record<string, number>;
	/** Items that Imburse has carried out. */
	carriedOut: number;
	/** Items that Imburse was told twice without need, or has carried out twice. */
	duplicates: number;
	/** Items that are not there as asked after everything was run once more. */
	lost: number;
	/** How many calls the faults struck. */
	struck: number;
	/** What is wrong with all this: empty where every promise is kept. */
	broken: string[];
}

const CREATED_WITHIN = 0.5;
/** In the run in which nothing goes wrong, only the machine can be slow. */
const AMPLE_TIMEOUT = 60;

/** Runs an operation while things go wrong, then again while nothing does, and holds both against the truth. */
export async function carryOut(imburse: ImburseOnEngine, trial: Trial): Promise<Findings> {
	const { sandbox } = imburse;
	const { write, items, mode, timeout, maxConcurrency, createdWithin } = trial;
	const refs = referencesFor(items);
	const occupied = refs.filter((_, index) => trial.occupied?.[index] && write.occupy);
	await prepare(imburse, write, refs, occupied);

	const before = statesOf(write, refs, imburse);
	const since = sandbox.requests.length;
	const usual = { ...sandbox.options };
	sandbox.setFaults(trial.faults, trial.seed);
	Object.assign(sandbox.options, trial.options);
	const reported = await run(imburse, write, refs, {
		...MODES[mode],
		timeout,
		maxConcurrency,
		createdWithin,
	});
	const struck = sandbox.faults.reduce((sum, fault) => sum + fault.triggered, 0);
	const calls = sandbox.requests.slice(since);
	const after = statesOf(write, refs, imburse);
	const observed = { trial, refs, occupied, calls, before, after, reported };
	const broken = [...lies(observed, imburse), ...unclear(observed)];

	sandbox.clearFaults();
	Object.assign(sandbox.options, usual);
	const again = await run(imburse, write, refs, {
		onError: 'continueErrorOutput',
		timeout: AMPLE_TIMEOUT,
	});
	const atLast = statesOf(write, refs, imburse);
	const allCalls = sandbox.requests.slice(since);
	const second = { ...observed, calls: allCalls, before: after, after: atLast, reported: again };
	broken.push(...lies(second, imburse).map((lie) => `run again: ${lie}`));

	const mayRepeat = write.kind === 'changes';
	const doubled = refs.filter(
		(ref) => !mayRepeat && (isDoubled(observed, ref) || timesDone(second, ref) > 1),
	);
	const lost = refs.filter((ref) => isLost(second, ref));
	broken.push(...doubled.map((ref) => `${ref} was sent twice without need`));
	broken.push(...lost.map((ref) => `${ref} is lost: ${again.get(ref)?.word}`));
	return {
		said: tally(reported),
		saidAgain: tally(again),
		carriedOut: refs.filter((ref) => timesDone(observed, ref) > 0).length,
		duplicates: doubled.length,
		lost: lost.length,
		struck,
		broken,
	};
}

function referencesFor(count: number): string[] {
	return Array.from({ length: count }, (_, index) => `CLAIM-${String(index).padStart(4, '0')}`);
}

async function prepare(
	{ sandbox, changeCredential }: ImburseOnEngine,
	write: Write,
	refs: readonly string[],
	occupied: readonly string[],
): Promise<void> {
	sandbox.reset();
	sandbox.options.rewardSettlingReads = 0;
	changeCredential({ accessToken: '' });
	const client = await ImburseClient.signIn(sandbox);
	for (const ref of refs) await write.prepare?.(client, ref);
	for (const ref of occupied) await write.occupy?.(client, ref);
}

async function run(
	imburse: ImburseOnEngine,
	write: Write,
	refs: readonly string[],
	{
		timeout,
		maxConcurrency,
		createdWithin = CREATED_WITHIN,
		...settings
	}: RunSettings & Pick<Trial, 'timeout' | 'maxConcurrency' | 'createdWithin'>,
): Promise<Reported> {
	const options = {
		timeout,
		...(write.kind === 'creates' && { createdWithin }),
		...(write.kind === 'cancels' && { cancelledWithin: createdWithin }),
		...(maxConcurrency !== undefined && { maxConcurrency }),
	};
	const parameters = { ...write.parameters(imburse.sandbox), options };
	const items = refs.map((ref) => ({ ref }));
	return reportedBy(await imburse.run(parameters, { items, ...settings }), refs);
}

type States = ReadonlyMap<string, State>;

const statesOf = (write: Write, refs: readonly string[], { sandbox }: ImburseOnEngine): States =>
	new Map(refs.map((ref) => [ref, write.state(ref, sandbox)]));

interface Observed {
	trial: Trial;
	refs: readonly string[];
	occupied: readonly string[];
	calls: readonly ReceivedRequest[];
	before: States;
	after: States;
	reported: Reported;
}

/** What the node says that is not so. */
function lies(observed: Observed, imburse: ImburseOnEngine): string[] {
	return observed.refs.flatMap((ref) => {
		const said = observed.reported.get(ref);
		if (!said) return [`${ref} is not spoken of`];
		return liesAbout(ref, said, observed, imburse).map(
			(lie) => `${ref} is ${said.word}, but ${lie}`,
		);
	});
}

function liesAbout(ref: string, said: Said, observed: Observed, { sandbox }: ImburseOnEngine) {
	const { trial, occupied, before, after } = observed;
	const { write } = trial;
	const [was, is] = [before.get(ref), after.get(ref)];
	const found: string[] = [];
	if (isSuccess(said) && is !== 'asAsked') found.push(`it is ${is}`);
	if (said.word === 'claimed' && timesDone(observed, ref) === 0)
		found.push('nobody claimed it now');
	if (saysNothingWasDone(said) && is !== was) found.push(`it was ${was} and is ${is}`);
	if (said.word === SENT_BEFORE && attempts(observed, ref) === 0) found.push('nothing was sent');
	if (said.word === 'failed' && is !== 'endedBadly') found.push(`it is ${is}`);
	const mayConflict =
		occupied.includes(ref) ||
		(write.kind === 'claims' && was === 'asAsked') ||
		mayLackPayments(trial);
	if (said.word === 'conflict' && !mayConflict) found.push('nothing is in its way');
	if (said.json && write.showsTruth?.(said.json, ref, sandbox) === false) {
		found.push('its output shows something else than what is there');
	}
	return found;
}

/** An order that is there without its payment is not what was asked for. */
function mayLackPayments({ write, faults }: Trial): boolean {
	return (
		write.makesPayment === 'afterAnswer' &&
		faults.some(({ kind }) => kind.startsWith('instruction'))
	);
}

/** Items that are called unknown though the node could have found out, or though nothing befell them. */
function unclear({ trial, refs, reported, calls }: Observed): string[] {
	const { write, isClear } = trial;
	if (!isClear) return [];
	const least = write.kind === 'creates' ? 2 : 1;
	return refs
		.filter((ref) => reported.get(ref)?.word === 'unknown')
		.filter((ref) => struckOf(ref, calls, write).length < least)
		.map((ref) => `${ref} is unknown without need`);
}

/** The calls about an item that write, and that a fault struck. */
function struckOf(ref: string, calls: readonly ReceivedRequest[], { route }: Write) {
	return callsAbout(ref, calls).filter(({ name, faults }) => name === route && faults.length > 0);
}

function callsAbout(ref: string, calls: readonly ReceivedRequest[]): ReceivedRequest[] {
	return calls.filter(({ path, body }) => `${path}/${body}`.includes(ref));
}

function attempts({ trial: { write }, calls }: Observed, ref: string): number {
	return callsAbout(ref, calls).filter(({ name }) => name === write.route).length;
}

/** How often Imburse has carried out what may be done only once. */
function timesDone({ trial: { write }, calls }: Observed, ref: string): number {
	return callsAbout(ref, calls).filter(
		({ name, ownStatus }) => name === write.route && (ownStatus ?? 500) < 300,
	).length;
}

/** After these answers nothing was done. */
const NOT_LET_IN = [401, 403, 429];
const NOT_FOUND = [400, 404];

/**
 * Whether one try of the node sends again what may be done only once, with nothing to justify it: a
 * second time is allowed only after an answer that did not let the first one in, or, for a create,
 * after Imburse itself has said that nothing is there.
 */
function isDoubled({ trial, calls }: Observed, ref: string): boolean {
	const { write, mode } = trial;
	// Every try of Retry On Fail may create again: Imburse takes a reference only once. It may also cancel
	// again what it reads as not cancelled.
	const mayTryAgain = write.kind === 'creates' || write.kind === 'cancels';
	if (mayTryAgain && mode === 'Retry On Fail') return false;
	let isJustified = true;
	for (const call of callsAbout(ref, calls)) {
		if (call.name === write.route) {
			if (!isJustified) return true;
			isJustified = NOT_LET_IN.includes(call.status ?? 0);
		} else if (write.kind === 'creates' && call.method === 'GET') {
			const isOwn = call.status === call.ownStatus;
			isJustified ||= isOwn && NOT_FOUND.includes(call.status ?? 0);
		}
	}
	return false;
}

/** After a run in which nothing goes wrong everything is there, and the node says so. */
function isLost({ trial, occupied, before, after, reported }: Observed, ref: string): boolean {
	const { write, isSpoilt } = trial;
	if (isSpoilt) return false;
	const word = reported.get(ref)?.word;
	if (occupied.includes(ref)) return word !== 'conflict';
	if (after.get(ref) !== 'asAsked') return true;
	const wasClaimed = write.kind === 'claims' && before.get(ref) === 'asAsked';
	return wasClaimed ? word !== 'conflict' : !isSuccess({ word: word ?? '' });
}

function tally(reported: Reported): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { word } of reported.values()) counts[word] = (counts[word] ?? 0) + 1;
	return counts;
}
