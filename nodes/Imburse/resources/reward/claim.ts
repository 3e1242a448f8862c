import type { IDataObject } from 'n8n-workflow';

import type { ImburseRequest } from '../../api/request';
import { encodeBody } from '../../api/requestBody';
import { rewardTransactionIn } from '../../api/rewardLocation';
import type { Conversation, Operation, Plan, Setting, Success } from '../../operation';
import { checkIdentifier } from '../../rules/identifier';
import { isStatus, statusOf } from '../../rules/status';
import { accepted, allOf, type Checked } from '../../rules/violation';
import { instructionIdentity, instructionSubject } from '../shared/instructionSubject';
import { INSTRUCTION_REFERENCE, ORDER_REFERENCE } from '../shared/references';

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
				'Whether to output the codes of the reward. They are as good as money, and n8n stores what a node outputs.',
		},
	],
	calls: ['claimReward', 'getInstruction', 'getRewardTransaction'],
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
	const plan: Plan = {
		subject: instructionSubject(identity),
		request,
		converse: async (imburse) => await claimAndWait(imburse, request),
		echo: { ...identity, rewardId },
		includeCodes: includeCodes === true,
		inTurnWith: `${identity.orderRef}/${identity.instructionRef}`,
	};
	return accepted(plan, inputs.hints);
}

async function claimAndWait(imburse: Conversation, request: ImburseRequest): Promise<Success> {
	const { identifiers } = request;
	const before = await imburse.ask({ endpoint: 'getInstruction', identifiers });
	refuseClaimed(imburse, before.value);
	const claimed = await imburse.ask(request);
	const transaction = rewardTransactionIn(claimed.headers.location);
	if (!transaction) return imburse.fail('unknown', ...NO_LOCATION);
	return await settled(imburse, { endpoint: 'getRewardTransaction', identifiers: transaction });
}

const NO_LOCATION: [string, string] = [
	'The reward was claimed, but the answer does not say where its state can be read',
	'Do not claim it again. Look the instruction up in the Tenant Portal.',
];

/** Statuses in which money is moving or has moved (API reference 5). */
const TOO_LATE = ['PROCESSING', 'SETTLED', 'COMPLETED', 'FAILED', 'VOID'];

/** A claim has no reference of its own: only the instruction can tell that there was one before. */
function refuseClaimed(imburse: Conversation, instruction: unknown): void {
	const { transaction, _links } = (instruction ?? {}) as {
		transaction?: unknown;
		_links?: { transactions?: unknown[] };
	};
	const status = statusOf(instruction);
	const hasTransaction = Boolean(transaction) || (_links?.transactions ?? []).length > 0;
	if (!hasTransaction && !isStatus(status, TOO_LATE)) return;
	imburse.fail(
		'conflict',
		hasTransaction
			? 'The instruction has a transaction already: a reward may have been claimed for it'
			: `No reward can be claimed for the instruction: its status is ${status}`,
		'Nothing was sent. Read the instruction with Get, or look it up in the Tenant Portal.',
	);
}

/** API reference 4.1: read about once a second until SETTLED or FAILED. */
const PAUSE_MS = 1_000;
const LIMIT_MS = 60_000;

async function settled(imburse: Conversation, request: ImburseRequest): Promise<Success> {
	for (;;) {
		const read = await imburse.attempt(request);
		const status = read.ok ? statusOf(read.success.value) : '';
		if (read.ok && status === 'SETTLED') return read.success;
		if (status === 'FAILED') imburse.fail('failed', ...CLAIM_FAILED);
		if (imburse.elapsed() > LIMIT_MS) imburse.fail('timeout', ...NOT_SETTLED);
		await imburse.pause(PAUSE_MS);
	}
}

const CLAIM_FAILED: [string, string] = [
	'Imburse could not carry out the claim of the reward',
	'Look the instruction up in the Tenant Portal before you claim again.',
];

const NOT_SETTLED: [string, string] = [
	'The reward was claimed and had not settled when the wait ended',
	'Do not claim it again. Read the instruction with Wait for Status.',
];

function present({ value, environment }: Success, { echo, includeCodes }: Plan): IDataObject {
	const { status, data } = (value ?? {}) as { status?: string; data?: IDataObject };
	const { credentialList, redemptionInstructions } = data ?? {};
	return {
		...echo,
		result: 'claimed',
		environment,
		status,
		redemptionInstructions,
		...(includeCodes ? { credentialList } : {}),
	};
}
