import type { ApiResponse } from '../../api/client';
import type { CreatedPart, CreatedResource, ReadBack } from '../../operation';
import {
	compareFields,
	metadataIn,
	type FieldKind,
	type Mismatch,
} from '../../validation/compareFields';
import type { Metadata } from '../../validation/metadataPairs';
import { terminalFailure } from '../../validation/terminalFailure';
import type { ItemClient } from '../client/itemClient';
import { combineStates, type CreateResponse, type ReadBackState } from './createDecision';
import type { Findings } from './createMessages';

/** What reading back has shown, of all that a create makes. */
export interface ReadBackResult extends Findings {
	state: ReadBackState;
	/** What differs only in what may. */
	tolerated: Findings['mismatches'];
	/** The metadata of the whole, where something of it differs only in what may. */
	metadata?: Metadata;
	/** What else there is to say of it, for the user's eyes. */
	hints: string[];
	/** The response that shows most of it; undefined where nothing could be read. */
	response: ApiResponse | undefined;
	/** Whether reading failed in a way in which every further item would fail. */
	abortsRun: boolean;
}

/** What reading one thing has shown. */
interface ResourceState extends ReadBackResult {
	resource: CheckedResource;
	/** Whether reading it again may show something else. */
	mayChange: boolean;
}

/** A thing to read, and the kinds of its fields that may differ. */
type CheckedResource = CreatedResource & { mayDiffer: readonly FieldKind[] };
type CheckedPart = CreatedPart & CheckedResource;
type Expected = ReadBack & { whole: CheckedResource; parts: CheckedPart[] };

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
	wanted: ReadBack,
	createResponse: CreateResponse,
): Promise<ReadBackResult> {
	const expected = expectedOf(wanted, fieldsThatMayDiffer(client, wanted, createResponse));
	const begun = client.elapsed();
	let states = await readAll(client, expected, createResponse);
	for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
		const result = combine(states, expected);
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

const METADATA: readonly FieldKind[] = ['metadata', 'customerMetadata'];

/**
 * A payment that this execution has made stays as it was made. What Imburse has just accepted of this
 * very create is held to all of it.
 */
function fieldsThatMayDiffer(
	{ item: { earlier } }: ItemClient,
	{ ifExists }: ReadBack,
	createResponse: CreateResponse,
): readonly FieldKind[] {
	if (earlier === 'madeOtherwise') return [...METADATA, 'date', 'payment'];
	if (earlier === 'made' || earlier === 'reported') return [...METADATA, 'date'];
	return ifExists === 'returnSamePayment' && createResponse !== 'accepted' ? METADATA : [];
}

function expectedOf(wanted: ReadBack, mayDiffer: readonly FieldKind[]): Expected {
	return {
		...wanted,
		whole: { ...wanted.whole, mayDiffer },
		parts: wanted.parts.map((part) => ({ ...part, mayDiffer })),
	};
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
	if (state === 'notFound') return NOTHING_TO_WAIT_FOR.has(createResponse);
	return state === 'different' || !states.some(({ mayChange }) => mayChange);
}

const NOTHING_TO_WAIT_FOR: ReadonlySet<CreateResponse> = new Set([
	'objected',
	'unclear',
	'cancelled',
]);

/** An accepted order is there by Imburse's own word: only what it holds is in question. */
async function readAll(
	client: ItemClient,
	{ whole, parts, alsoHeld }: Expected,
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
	expected: Expected,
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
	parts: CheckedPart[],
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
async function readPart(client: ItemClient, part: CheckedResource): Promise<ResourceState> {
	const state = await readResource(client, part);
	if (state.state !== 'notFound') return state;
	return { ...state, state: 'incomplete', missing: [part.label] };
}

async function readResource(client: ItemClient, resource: CheckedResource): Promise<ResourceState> {
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
	resource: CheckedResource,
	value: unknown,
	response: ApiResponse | undefined,
): ResourceState {
	const { sentFields, mayDiffer } = resource;
	const { mismatched, missing, tolerated } = compareFields(sentFields, value, mayDiffer);
	const state: ResourceState = { ...NOTHING_AMISS, resource, state: 'identical', response };
	if (mismatched.length > 0) {
		return { ...state, state: 'different', mismatches: [mismatchesOf(resource, mismatched)] };
	}
	if (missing.length > 0) {
		const notes = [`Imburse's answer on ${resource.label} does not tell: ${missing.join(', ')}`];
		return { ...state, state: 'unreadable', notes };
	}
	const end = terminalFailure(value);
	if (end) return { ...state, state: 'failed', notes: [`${resource.label} ${end}`] };
	if (tolerated.length === 0) return state;
	const differs = [mismatchesOf(resource, tolerated)];
	return { ...state, state: 'samePayment', tolerated: differs, metadata: metadataIn(value) };
}

function mismatchesOf(
	{ label, changedWith }: CreatedResource,
	fields: Mismatch[],
): Findings['mismatches'][number] {
	return { label, changedWith, fields };
}

const NOTHING_AMISS = {
	mismatches: [],
	tolerated: [],
	missing: [],
	notes: [],
	obstacles: [],
	hints: [],
	mayChange: false,
	abortsRun: false,
};

function combine(states: ResourceState[], { whole }: Expected): ReadBackResult {
	return {
		metadata: states.find(({ resource }) => resource === whole)?.metadata,
		tolerated: states.flatMap(({ tolerated }) => tolerated),
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
