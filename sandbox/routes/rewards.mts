import { parseBody } from '../requestBody.mts';
import { apiError } from '../apiError.mts';
import { findInstruction } from '../findByPath.mts';
import { rewards } from '../rewards.mts';
import { pathParameter, type ApiRequest, type Route } from '../route.mts';
import type { Sandbox } from '../sandbox.mts';
import type { Instruction } from '../store.mts';

/**
 * 202 with the URL of the transaction in `location`, absolute as in the tutorial (API reference
 * 4.1, documented under v1 only). That the instruction must be a READY payout, and every refusal's
 * code, are inferred.
 */
const claimReward: Route = {
	name: 'claimReward',
	method: 'POST',
	paths: ['/v1/order-management/:orderRef/instruction/:instructionRef/claim-reward'],
	area: 'transaction',
	permission: 'anyTenantRole',
	handle(request, sandbox) {
		const { rewardId } = parseBody(request);
		if (typeof rewardId !== 'string' || rewardId === '') {
			throw apiError(400, 'REWARD_ID_IS_REQUIRED');
		}
		const { order, instruction } = findInstruction(request, sandbox);
		if (!rewards.some((reward) => reward.rewardId === rewardId && reward.isActive)) {
			throw apiError(400, 'REWARD_ID_NOT_RECOGNISED');
		}
		if (instruction.direction !== 'CREDIT' || instruction.status !== 'READY') {
			throw apiError(400, 'REWARD_CANNOT_BE_CLAIMED');
		}
		const transaction = sandbox.store.beginTransaction(order, instruction);
		transaction.reward = { rewardId, settlingReads: 0 };
		sandbox.store.setStatus(instruction, 'PROCESSING');
		return { status: 202, headers: { location: locationOf(request, instruction) } };
	},
};

/**
 * SETTLING, then SETTLED or FAILED (API reference 4.1, documented). It follows the instruction's
 * status and settles after as many reads as the options say. That there are no codes before SETTLED is inferred.
 */
const getRewardTransaction: Route = {
	name: 'getRewardTransaction',
	method: 'GET',
	paths: [
		'/v1/customer-vault/:customerRef/reward/:financialInstrumentId/transaction/:transactionId',
	],
	area: 'transaction',
	permission: 'anyTenantRole',
	handle(request, sandbox) {
		const instruction = findClaimedInstruction(request, sandbox);
		settleWhenDue(instruction, sandbox);
		const status = rewardStatus(instruction);
		const data = {
			credentialList: status === 'SETTLED' ? [credentialOf(instruction)] : [],
			redemptionInstructions: 'Show the code at the till.',
		};
		return { status: 200, body: { status, data } };
	},
};

/** Both answer 410 by now (API reference 4.2, documented). */
const deprecatedReward: Route = {
	name: 'deprecatedReward',
	method: 'POST',
	paths: [
		'/v2/customer-vault/:customerRef/reward/authorize',
		'/v2/customer-vault/:customerRef/reward/claim',
	],
	area: 'transaction',
	permission: 'transactionWrite',
	handle() {
		throw apiError(410, 'ENDPOINT_DEPRECATED');
	},
};

function locationOf(request: ApiRequest, { customerRef, transaction }: Instruction): string {
	return `${request.origin}/v1/customer-vault/${customerRef}/reward/${transaction?.financialInstrumentId}/transaction/${transaction?.transactionId}`;
}

function findClaimedInstruction(request: ApiRequest, { options, store }: Sandbox): Instruction {
	const instruction = store.orders
		.flatMap((order) => order.instructions)
		.find(
			({ customerRef, transaction }) =>
				transaction?.reward &&
				customerRef === pathParameter(request, 'customerRef') &&
				transaction.transactionId === pathParameter(request, 'transactionId') &&
				transaction.financialInstrumentId === pathParameter(request, 'financialInstrumentId'),
		);
	if (!instruction) throw apiError(options.notFoundStatus, 'REWARD_TRANSACTION_NOT_FOUND');
	return instruction;
}

function settleWhenDue(instruction: Instruction, { options, store }: Sandbox): void {
	const reward = instruction.transaction?.reward;
	if (!reward || instruction.status !== 'PROCESSING') return;
	if (reward.settlingReads >= options.rewardSettlingReads) {
		store.setStatus(instruction, 'SETTLED');
	} else reward.settlingReads += 1;
}

function rewardStatus({ status }: Instruction): 'SETTLING' | 'SETTLED' | 'FAILED' {
	if (status === 'SETTLED' || status === 'FAILED') return status;
	return 'SETTLING';
}

/** The four fields are documented (API reference 4.1), the texts in them are made up. */
function credentialOf({ transaction }: Instruction): object {
	return {
		label: 'Gift card code',
		value: `FAKE-CODE-${transaction?.transactionId}`,
		rewardType: 'GIFT_CARD',
		credentialType: 'CODE',
	};
}

export const rewardRoutes: readonly Route[] = [claimReward, getRewardTransaction, deprecatedReward];
