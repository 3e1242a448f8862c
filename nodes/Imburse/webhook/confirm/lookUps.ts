import type { Connection } from '../../api/connection';
import type { JsonObject } from '../../validation/jsonObject';
import type { ImburseEvent } from '../events/event';
import { ownProperty } from '../jsonValues';
import { mapInSlices, type GiveWay } from '../../n8n/timeSlice';
import type { LookUp, LookUpResult } from './lookUp';
import type { LookUpShare } from './lookUpLane';
import type { LookUpQueue } from './lookUpQueue';
import { mapUntil } from './mapUntil';

/** How many look-ups of one delivery may wait or be under way at the same time. */
const CONCURRENCY = 4;

export interface InstructionIdentifiers {
	orderRef: string;
	instructionRef: string;
}

/** API reference 4.1, documented. "." and ".." are left out: they would change the path. */
const REFERENCE = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,50}$/;

/** The instruction that an event names; undefined where it names none, or none that can exist. */
export function instructionNamedBy(event: ImburseEvent): InstructionIdentifiers | undefined {
	const { orderRef, instructionRef } = event;
	if (orderRef === null || instructionRef === null) return undefined;
	const canExist = [orderRef, instructionRef].every((text) => REFERENCE.test(text));
	return canExist ? { orderRef, instructionRef } : undefined;
}

/** The look-ups that the events need. Each instruction and each order is read only once. */
export async function lookUpsFor(
	events: readonly ImburseEvent[],
	readsOrder: boolean,
	giveWay: GiveWay,
): Promise<LookUp[]> {
	const lookUps = new Map<string, LookUp>();
	await mapInSlices(events, giveWay, (event) => {
		const instruction = instructionNamedBy(event);
		if (!instruction) return;
		const needed = [instructionLookUp(instruction)];
		if (readsOrder) needed.push(orderLookUp(instruction));
		for (const each of needed) lookUps.set(each.key, each);
	});
	return [...lookUps.values()];
}

function instructionLookUp({ orderRef, instructionRef }: InstructionIdentifiers): LookUp {
	return {
		key: JSON.stringify([orderRef, instructionRef]),
		label: `instruction "${instructionRef}" of Payment Order "${orderRef}"`,
		request: { endpoint: 'getInstruction', identifiers: { orderRef, instructionRef } },
	};
}

function orderLookUp({ orderRef }: InstructionIdentifiers): LookUp {
	return {
		key: JSON.stringify([orderRef]),
		label: `Payment Order "${orderRef}"`,
		request: { endpoint: 'getOrder', identifiers: { orderRef } },
	};
}

/** Results by the key of their look-up. */
export type LookUpResults = ReadonlyMap<string, LookUpResult>;

/** Makes the look-ups, each in its turn, until one result decides about the whole delivery. */
export async function runLookUps(
	connection: Connection,
	queue: LookUpQueue,
	share: LookUpShare,
	lookUps: readonly LookUp[],
): Promise<LookUpResults> {
	const results = await mapUntil(
		lookUps,
		CONCURRENCY,
		async (each) => reviewed(each, await queue.read(share, connection, each)),
		(result) => result.kind !== 'found',
	);
	return new Map(
		lookUps.flatMap(({ key }, index) => {
			const result = results[index];
			return result ? [[key, result] as const] : [];
		}),
	);
}

/**
 * An instruction without a status confirms nothing, and neither does what Imburse itself calls by
 * another reference. An order that is gone has no metadata to add.
 */
function reviewed({ label, request }: LookUp, result: LookUpResult): LookUpResult {
	const isOrder = request.endpoint === 'getOrder';
	if (isOrder && result.kind === 'absent') return { kind: 'found', value: {} };
	if (result.kind !== 'found') return result;
	if (!isOrder && typeof ownProperty(result.value, 'status') !== 'string') {
		return { kind: 'unavailable', reason: `${label} was answered without a status` };
	}
	const isAnother = Object.entries(request.identifiers ?? {}).some(([name, requested]) => {
		const received = ownProperty(result.value, name);
		return typeof received === 'string' && received !== requested;
	});
	if (!isAnother) return result;
	return { kind: 'unavailable', reason: `${label} was answered with another reference` };
}

export function foundInstruction(
	results: LookUpResults,
	instruction: InstructionIdentifiers,
): JsonObject | undefined {
	return foundValue(results.get(instructionLookUp(instruction).key));
}

export function foundOrder(
	results: LookUpResults,
	instruction: InstructionIdentifiers,
): JsonObject | undefined {
	return foundValue(results.get(orderLookUp(instruction).key));
}

function foundValue(result: LookUpResult | undefined): JsonObject | undefined {
	return result?.kind === 'found' ? result.value : undefined;
}
