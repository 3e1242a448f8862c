import type { Seen } from '../../api/errors/createMessages';
import type { CreatedResource, CreatedPart, ReadBack, ApiSuccess } from '../../operation';
import { compareFields } from '../../validation/compareFields';
import { terminalFailure } from '../../validation/terminalFailure';
import type { ItemClient } from '../client/itemClient';
import { combineStates, type CreateResponse, type ReadBackState } from './createDecision';

/** What reading back has shown, of all that a create makes. */
export interface ReadBackResult extends Seen {
	found: ReadBackState;
	/** What else there is to say of it, for the user's eyes. */
	remarks: string[];
	/** The answer that shows most of it; undefined where nothing could be read. */
	success: ApiSuccess | undefined;
	/** Whether reading failed in a way in which every further item would fail. */
	endsRun: boolean;
}

/** What became of one thing. */
interface ResourceState extends ReadBackResult {
	made: CreatedResource;
	/** Whether looking again may show something else. */
	mayChange: boolean;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;
/** For reads that fail, where nothing shows that there is anything to wait for. */
const READ_PATIENCE_MS = 1_000;

/**
 * Reads what a create makes until it can be told what became of it, or the user's patience ends:
 * Imburse makes the instructions of an order after it has answered (API reference 4.1, inferred
 * from the 202).
 */
export async function readBack(
	line: ItemClient,
	made: ReadBack,
	answered: CreateResponse,
): Promise<ReadBackResult> {
	const begun = line.elapsed();
	let looks = await lookAtAll(line, made, answered);
	for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
		const looked = together(looks);
		const takenIn = isTakenIn(looks, answered);
		const patience = takenIn
			? (made.timeout ?? 0)
			: Math.min(made.timeout ?? READ_PATIENCE_MS, READ_PATIENCE_MS);
		const left = patience - (line.elapsed() - begun);
		if (left <= 0 || line.isStopped() || isSettled(looked.found, looks, answered)) return looked;
		const wait = Math.min(pause, left);
		await (takenIn ? line.delay(wait) : line.delayHoldingSlot(wait));
		looks = await lookAgain(line, made, answered, looks);
	}
}

/** Only then is there something to wait for. */
function isTakenIn([first]: ResourceState[], answered: CreateResponse): boolean {
	return answered === 'accepted' || first?.success !== undefined;
}

/** Where nothing proves that it was ever taken in, there is nothing that could still appear. */
function isSettled(
	found: ReadBackState,
	looks: ResourceState[],
	answered: CreateResponse,
): boolean {
	if (found === 'absent') return answered === 'objected' || answered === 'unclear';
	return found === 'different' || !looks.some(({ mayChange }) => mayChange);
}

/** An accepted order is there by Imburse's own word: only what it holds is in question. */
async function lookAtAll(
	line: ItemClient,
	made: ReadBack,
	answered: CreateResponse,
): Promise<ResourceState[]> {
	const { whole, parts } = made;
	if (answered === 'accepted' && parts.length > 0) return await lookAtParts(line, parts, undefined);
	const look = await lookAt(line, whole);
	if (!look.success) return [look];
	const remarks = made.alsoHeld?.(look.success.value) ?? [];
	return [{ ...look, remarks }, ...(await lookAtParts(line, parts, look.success))];
}

/** What was seen as it is to be is not read again. */
async function lookAgain(
	line: ItemClient,
	made: ReadBack,
	answered: CreateResponse,
	before: ResourceState[],
): Promise<ResourceState[]> {
	const [first] = before;
	if (first?.made === made.whole && first.mayChange) return await lookAtAll(line, made, answered);
	const looks: ResourceState[] = [];
	for (const look of before) looks.push(look.mayChange ? await lookAtPart(line, look.made) : look);
	return looks;
}

async function lookAtParts(
	line: ItemClient,
	parts: CreatedPart[],
	whole: ApiSuccess | undefined,
): Promise<ResourceState[]> {
	const looks: ResourceState[] = [];
	for (const part of parts) {
		const value = whole && part.within(whole.value);
		looks.push(value === undefined ? await lookAtPart(line, part) : judged(part, value, whole));
	}
	return looks;
}

/** Without one part the whole is still there. */
async function lookAtPart(line: ItemClient, part: CreatedResource): Promise<ResourceState> {
	const look = await lookAt(line, part);
	if (look.found !== 'absent') return look;
	return { ...look, found: 'incomplete', missing: [part.label] };
}

async function lookAt(line: ItemClient, made: CreatedResource): Promise<ResourceState> {
	const reply = await line.call(made.request);
	if (reply.ok) return judged(made, reply.success.value, reply.success);
	const { endsRun } = reply;
	const obstacles = endsRun ? reply.facts.lines : [];
	const blank = { ...NOTHING_AMISS, made, success: undefined, endsRun, obstacles };
	if (reply.evidence === 'absent') {
		const notes = [`Imburse has no ${made.label}`];
		return { ...blank, found: 'absent', notes, mayChange: true };
	}
	const notes = [`${made.label} could not be read back (${reply.reason})`];
	const mayChange = reply.failure.outcome === 'unavailable' && !reply.endsRun;
	return { ...blank, found: 'unreadable', notes, mayChange };
}

/** What an answer shows of a thing; nothing that it shows will be otherwise a moment later. */
function judged(
	made: CreatedResource,
	value: unknown,
	success: ApiSuccess | undefined,
): ResourceState {
	const { label: label, sentFields: sent } = made;
	const { mismatched: differences, missing: lacking } = compareFields(sent, value);
	const end = terminalFailure(value);
	const look: ResourceState = { ...NOTHING_AMISS, made, found: 'identical', success };
	if (differences.length > 0) {
		return { ...look, found: 'different', differing: [{ label, differences }] };
	}
	if (lacking.length > 0) {
		const notes = [`Imburse's answer on ${label} does not tell: ${lacking.join(', ')}`];
		return { ...look, found: 'unreadable', notes };
	}
	return end ? { ...look, found: 'endedBadly', notes: [`${label} ${end}`] } : look;
}

const NOTHING_AMISS = {
	differing: [],
	missing: [],
	notes: [],
	obstacles: [],
	remarks: [],
	mayChange: false,
	endsRun: false,
};

function together(looks: ResourceState[]): ReadBackResult {
	return {
		found: combineStates(looks.map(({ found }) => found)),
		differing: looks.flatMap(({ differing }) => differing),
		missing: looks.flatMap(({ missing }) => missing),
		notes: looks.flatMap(({ notes }) => notes),
		obstacles: [...new Set(looks.flatMap(({ obstacles }) => obstacles))],
		remarks: looks.flatMap(({ remarks }) => remarks),
		success: looks.find(({ success }) => success)?.success,
		endsRun: looks.some(({ endsRun }) => endsRun),
	};
}
