import type { Answer, Call } from '../route.mts';
import type { Sandbox } from '../sandbox.mts';
import type { Instruction } from '../store.mts';
import type { Effect } from './faults.mts';
import { orderRefOf } from './references.mts';

/** Carries a call out, and lets the faults loose on what it made. */
export function carryOut(
	effects: readonly Effect[],
	call: Call,
	sandbox: Sandbox,
	handle: () => Answer,
): Answer {
	if (effects.length === 0) return handle();
	const orderRef = orderRefOf(call) ?? '';
	const known = new Set(sandbox.store.order(orderRef)?.instructions);
	const answer = handle();
	const now = sandbox.store.order(orderRef)?.instructions ?? [];
	const made = now.filter((one) => !known.has(one));
	for (const effect of effects) {
		for (const instruction of made) afflictInstruction(effect, orderRef, instruction, sandbox);
		if (answer.status === 201) afflictToken(effect, sandbox);
	}
	return answer;
}

function afflictInstruction(
	effect: Effect,
	orderRef: string,
	instruction: Instruction,
	{ store, fates }: Sandbox,
): void {
	const meant = 'instructionRef' in effect ? effect.instructionRef : undefined;
	if (meant !== undefined && meant !== instruction.instructionRef) return;
	switch (effect.kind) {
		case 'instructionMissing':
			store.removeInstruction(orderRef, instruction);
			break;
		case 'instructionLate':
			fates.hide(instruction, effect.after);
			break;
		case 'instructionFails': {
			const { after, status = 'FAILED', errorCode, reason } = effect;
			fates.endBadly(instruction, after, { status, failure: { errorCode, reason } });
		}
	}
}

function afflictToken(effect: Effect, { tokens }: Sandbox): void {
	if (effect.kind === 'tokenUses') tokens.limitNewest(effect.uses);
	if (effect.kind === 'newestTokenOnly') tokens.expireAllButNewest();
}
