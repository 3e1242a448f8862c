import type { ApiResponse } from '../../api/client';
import type { CreatedPart, CreatedResource, ReadBack } from '../../operation';
import { compareFields } from '../../validation/compareFields';
import { terminalFailure } from '../../validation/terminalFailure';
import type { ItemClient } from '../client/itemClient';
import { combineStates, type CreateResponse, type ReadBackState } from './createDecision';
import type { Findings } from './createMessages';

/** What reading back has shown, of all that a create makes. */
export interface ReadBackResult extends Findings {
	state: ReadBackState;
	/** What else there is to say of it, for the user's eyes. */
	hints: string[];
	/** The response that shows most of it; undefined where nothing could be read. */
	response: ApiResponse | undefined;
	/** Whether reading failed in a way in which every further item would fail. */
	abortsRun: boolean;
}

/** What reading one thing has shown. */
interface ResourceState extends ReadBackResult {
	resource: CreatedResource;
	/** Whether reading it again may show something else. */
	mayChange: boolean;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;
/** For reads that fail, where nothing shows that there is anything to wait for. */
const UNREADABLE_LIMIT_MS = 1_000;

/**
 * Reads what a create makes until it can be told what became of it, or the user's time limit ends:
 * Imburse makes the instructions of an order after it has answered (API reference 4.1, inferred
 * from the 202).
 */
export async function readBack(
	client: ItemClient,
	expected: ReadBack,
	createResponse: CreateResponse,
): Promise<ReadBackResult> {
	const begun = client.elapsed();
	let states = await readAll(client, expected, createResponse);
	for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
		const result = combine(states);
		const takenIn = isTakenIn(states, createResponse);
		const timeLimit = takenIn
			? (expected.createdWithinMs ?? 0)
			: Math.min(expected.createdWithinMs ?? UNREADABLE_LIMIT_MS, UNREADABLE_LIMIT_MS);
		const left = timeLimit - (client.elapsed() - begun);
		if (left <= 0 || client.isStopped() || isFinal(result.state, states, createResponse)) {
			return result;
		}
		const wait = Math.min(pause, left);
		await (takenIn ? client.delay(wait) : client.delayHoldingSlot(wait));
		states = await readAgain(client, expected, createResponse, states);
	}
}

/** Only then is there something to wait for. */
function isTakenIn([first]: ResourceState[], createResponse: CreateResponse): boolean {
	return createResponse === 'accepted' || first?.response !== undefined;
}

/** Where nothing proves that it was ever taken in, there is nothing that could still appear. */
function isFinal(
	state: ReadBackState,
	states: ResourceState[],
	createResponse: CreateResponse,
): boolean {
	if (state === 'notFound') return createResponse === 'objected' || createResponse === 'unclear';
	return state === 'different' || !states.some(({ mayChange }) => mayChange);
}

/** An accepted order is there by Imburse's own word: only what it holds is in question. */
async function readAll(
	client: ItemClient,
	{ whole, parts, alsoHeld }: ReadBack,
	createResponse: CreateResponse,
): Promise<ResourceState[]> {
	if (createResponse === 'accepted' && parts.length > 0) {
		return await readParts(client, parts, undefined);
	}
	const state = await readResource(client, whole);
	if (!state.response) return [state];
	const hints = alsoHeld?.(state.response.value) ?? [];
	return [{ ...state, hints }, ...(await readParts(client, parts, state.response))];
}

/** What was seen as it is to be is not read again. */
async function readAgain(
	client: ItemClient,
	expected: ReadBack,
	createResponse: CreateResponse,
	before: ResourceState[],
): Promise<ResourceState[]> {
	const [first] = before;
	if (first?.resource === expected.whole && first.mayChange) {
		return await readAll(client, expected, createResponse);
	}
	const states: ResourceState[] = [];
	for (const state of before) {
		states.push(state.mayChange ? await readPart(client, state.resource) : state);
	}
	return states;
}

async function readParts(
	client: ItemClient,
	parts: CreatedPart[],
	whole: ApiResponse | undefined,
): Promise<ResourceState[]> {
	const states: ResourceState[] = [];
	for (const part of parts) {
		const value = whole && part.within(whole.value);
		states.push(
			value === undefined ? await readPart(client, part) : compareResource(part, value, whole),
		);
	}
	return states;
}

/** Without one part the whole is still there. */
async function readPart(client: ItemClient, part: CreatedResource): Promise<ResourceState> {
	const state = await readResource(client, part);
	if (state.state !== 'notFound') return state;
	return { ...state, state: 'incomplete', missing: [part.label] };
}

async function readResource(client: ItemClient, resource: CreatedResource): Promise<ResourceState> {
	const result = await client.request(resource.request);
	if (result.ok) return compareResource(resource, result.response.value, result.response);
	const { abortsRun, outcome, reason, responseClass, sentences } = result.failure;
	const blank = { ...NOTHING_AMISS, resource, response: undefined, abortsRun };
	if (responseClass === 'notFound') {
		const notes = [`Imburse has no ${resource.label}`];
		return { ...blank, state: 'notFound', notes, mayChange: true };
	}
	const obstacles = abortsRun ? sentences : [];
	const notes = [`${resource.label} could not be read back (${reason})`];
	const mayChange = outcome === 'unavailable' && !abortsRun;
	return { ...blank, state: 'unreadable', notes, obstacles, mayChange };
}

/** What a response shows of a thing; nothing that it shows will be otherwise a moment later. */
function compareResource(
	resource: CreatedResource,
	value: unknown,
	response: ApiResponse | undefined,
): ResourceState {
	const { label, sentFields } = resource;
	const { mismatched, missing } = compareFields(sentFields, value);
	const state: ResourceState = { ...NOTHING_AMISS, resource, state: 'identical', response };
	if (mismatched.length > 0) {
		return { ...state, state: 'different', mismatches: [{ label, fields: mismatched }] };
	}
	if (missing.length > 0) {
		const notes = [`Imburse's answer on ${label} does not tell: ${missing.join(', ')}`];
		return { ...state, state: 'unreadable', notes };
	}
	const end = terminalFailure(value);
	return end ? { ...state, state: 'failed', notes: [`${label} ${end}`] } : state;
}

const NOTHING_AMISS = {
	mismatches: [],
	missing: [],
	notes: [],
	obstacles: [],
	hints: [],
	mayChange: false,
	abortsRun: false,
};

function combine(states: ResourceState[]): ReadBackResult {
	return {
		state: combineStates(states.map(({ state }) => state)),
		mismatches: states.flatMap(({ mismatches }) => mismatches),
		missing: states.flatMap(({ missing }) => missing),
		notes: states.flatMap(({ notes }) => notes),
		obstacles: [...new Set(states.flatMap(({ obstacles }) => obstacles))],
		hints: states.flatMap(({ hints }) => hints),
		response: states.find(({ response }) => response)?.response,
		abortsRun: states.some(({ abortsRun }) => abortsRun),
	};
}
