import type { IDataObject } from 'n8n-workflow';

import type { ImburseRequest } from '../../api/request';
import { encodeBody } from '../../api/requestBody';
import type { ItemResponse, Operation, Plan, PrepareContext } from '../../operation';
import { validateIdentifier } from '../../validation/identifier';
import { valid, allOf, type ValidationResult } from '../../validation/result';
import { parseInstructionIdentity, instructionLabel } from '../shared/instructionIdentity';
import { INSTRUCTION_REFERENCE, ORDER_REFERENCE } from '../shared/referenceFields';
import { claimReward } from './claimReward';

/**
 * Claims a reward for an instruction: `POST
 * /v1/order-management/{orderRef}/instruction/{instructionRef}/claim-reward`, then reads the
 * transaction that the header `location` names until it has settled (API reference 4.1,
 * documented for v1 only).
 */
export const claim: Operation = {
	value: 'claim',
	name: 'Claim',
	action: 'Claim reward',
	description:
		'Pay an instruction out as a reward such as a gift card. Always uses API version V1. Never claim for one instruction in two runs at once: Imburse has no reference for claims that would stop the second one.',
	fields: [
		ORDER_REFERENCE,
		INSTRUCTION_REFERENCE,
		{
			displayName: 'Reward ID',
			name: 'rewardId',
			type: 'string',
			required: true,
			default: '',
			description:
				'The reward to claim, as found with "Search", or with "Get Payout Options" of a scheme',
		},
	],
	options: [
		{
			displayName: 'Include Codes',
			name: 'includeCodes',
			type: 'boolean',
			default: false,
			description:
				'Whether to output the codes of the reward, and the instructions for redeeming it, which may hold codes, too. Codes are as good as money, and n8n stores what a node outputs.',
		},
	],
	calls: ['claimReward', 'getInstruction', 'getRewardTransaction'],
	sendsOnce: true,
	effect: 'movesMoney',
	prepare,
	present,
};

function prepare(parameters: IDataObject, { bodyFormat }: PrepareContext): ValidationResult<Plan> {
	const inputs = allOf({
		identity: parseInstructionIdentity(parameters),
		rewardId: validateIdentifier(parameters.rewardId, 'Reward ID'),
	});
	if (!inputs.ok) return inputs;
	const { identity, rewardId } = inputs.value;
	const body = encodeBody({ rewardId }, bodyFormat);
	const identifiers = { ...identity };
	const request: ImburseRequest = { endpoint: 'claimReward', identifiers, body };
	const { includeCodes } = (parameters.options ?? {}) as IDataObject;
	const label = instructionLabel(identity);
	const plan: Plan = {
		label,
		request,
		execute: async (imburse) => await claimReward(imburse, request, label),
		echo: { ...identity, rewardId },
		includeCodes: includeCodes === true,
		serialKey: `${identity.orderRef}/${identity.instructionRef}`,
	};
	return valid(plan, inputs.hints);
}

function present({ value, environment }: ItemResponse, { echo, includeCodes }: Plan): IDataObject {
	const { status, data } = (value ?? {}) as { status?: string; data?: IDataObject };
	const { credentialList, redemptionInstructions } = data ?? {};
	return {
		...echo,
		result: 'claimed',
		environment,
		status,
		...(includeCodes ? { redemptionInstructions, credentialList } : {}),
	};
}
