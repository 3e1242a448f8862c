import { setTimeout } from 'node:timers/promises';
import type { ApiResponse, ApiRequest } from '../route.mts';
import type { Sandbox } from '../sandbox.mts';
import type { Instruction } from '../store.mts';
import type { Effect } from './faults.mts';
import type { Phase } from './faultSchema.mts';
import { orderRefOf } from './matching.mts';

/** Handles a request, and applies the faults to what it has created. */
export function handleWithEffects(
	effects: readonly Effect[],
	request: ApiRequest,
	sandbox: Sandbox,
	handle: () => ApiResponse,
): ApiResponse {
	if (effects.length === 0) return handle();
	const orderRef = orderRefOf(request) ?? '';
	const before = new Set(sandbox.store.order(orderRef)?.instructions);
	const response = handle();
	const created = (sandbox.store.order(orderRef)?.instructions ?? []).filter(
		(one) => !before.has(one),
	);
	for (const effect of effects) {
		for (const instruction of created) applyToInstruction(effect, orderRef, instruction, sandbox);
		if (response.status === 201) applyToToken(effect, sandbox);
	}
	return response;
}

function applyToInstruction(
	effect: Effect,
	orderRef: string,
	instruction: Instruction,
	{ store, delayedEffects }: Sandbox,
): void {
	const targetRef = 'instructionRef' in effect ? effect.instructionRef : undefined;
	if (targetRef !== undefined && targetRef !== instruction.instructionRef) return;
	switch (effect.kind) {
		case 'instructionMissing':
			store.removeInstruction(orderRef, instruction);
			break;
		case 'instructionLate':
			delayedEffects.hide(instruction, effect.after);
			break;
		case 'instructionFails': {
			const { after, status = 'FAILED', errorCode, reason } = effect;
			delayedEffects.failLater(instruction, after, { status, failure: { errorCode, reason } });
		}
	}
}

function applyToToken(effect: Effect, { tokens }: Sandbox): void {
	if (effect.kind === 'tokenUses') tokens.limitUsesOfNewest(effect.uses);
	if (effect.kind === 'newestTokenOnly') tokens.expireAllButNewest();
}

/** Waits for the sum of all delays in this phase. False when the sandbox has stopped meanwhile. */
export async function waitForDelays(
	effects: readonly Effect[],
	phase: Phase,
	stopSignal: AbortSignal,
): Promise<boolean> {
	const milliseconds = effects.reduce(
		(sum, effect) => (effect.kind === 'delay' && effect.at === phase ? sum + effect.ms : sum),
		0,
	);
	if (milliseconds === 0) return true;
	await setTimeout(milliseconds, undefined, { signal: stopSignal }).catch(() => undefined);
	return !stopSignal.aborted;
}
