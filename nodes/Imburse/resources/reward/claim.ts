import type { IDataObject } from 'n8n-workflow';

import type { ImburseRequest } from '../../api/request';
import { encodeBody } from '../../api/requestBody';
import type { Operation, Plan, Setting, Success } from '../../operation';
import { checkIdentifier } from '../../rules/identifier';
import { accepted, allOf, type Checked } from '../../rules/violation';
import { instructionIdentity, instructionSubject } from '../shared/instructionSubject';
import { INSTRUCTION_REFERENCE, ORDER_REFERENCE } from '../shared/references';
import { claimReward } from '../shared/rewardClaim';

/**
 * Claims a reward for an instruction: `POST
 * /v1/order-management/{orderRef}/instruction/{instructionRef}/claim-reward`, then reads the
 * transaction that the answer's `location` names until it has settled (API reference 4.1,
 * documented for v1 only).
 */
export const claim: Operation = {
	value: 'claim',
	name: 'Claim',
	action: 'Claim a reward',
	description:
		'Pay an instruction out as a reward such as a gift card. Always uses API version V1.',
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
				'The reward to claim, as found with Search or with the payout options of a scheme',
		},
	],
	options: [
		{
			displayName: 'Include Codes',
			name: 'includeCodes',
			type: 'boolean',
			default: false,
			description:
				'Whether to output the codes of the reward, and the instructions for redeeming it, which may hold codes, too. They are as good as money, and n8n stores what a node outputs.',
		},
	],
	calls: ['claimReward', 'getInstruction', 'getRewardTransaction'],
	sendsOnce: true,
	effect: 'movesMoney',
	prepare,
	present,
};

function prepare(parameters: IDataObject, { bodyFormat }: Setting): Checked<Plan> {
	const inputs = allOf({
		identity: instructionIdentity(parameters),
		rewardId: checkIdentifier(parameters.rewardId, 'Reward ID'),
	});
	if (!inputs.ok) return inputs;
	const { identity, rewardId } = inputs.value;
	const body = encodeBody({ rewardId }, bodyFormat);
	if (!body.ok) return body;
	const identifiers = { ...identity };
	const request: ImburseRequest = { endpoint: 'claimReward', identifiers, body: body.value };
	const { includeCodes } = (parameters.options ?? {}) as IDataObject;
	const subject = instructionSubject(identity);
	const plan: Plan = {
		subject,
		request,
		converse: async (imburse) => await claimReward(imburse, request, subject),
		echo: { ...identity, rewardId },
		includeCodes: includeCodes === true,
		inTurnWith: `${identity.orderRef}/${identity.instructionRef}`,
	};
	return accepted(plan, inputs.hints);
}

function present({ value, environment }: Success, { echo, includeCodes }: Plan): IDataObject {
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
