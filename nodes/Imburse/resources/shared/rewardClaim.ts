import type { ImburseFailure } from '../../api/failure';
import type { ImburseRequest } from '../../api/request';
import { rewardTransactionIn } from '../../api/rewardLocation';
import type { Conversation, Success } from '../../operation';
import { isStatus, statusOf } from '../../rules/status';

/**
 * Claims a reward and waits for it. A claim has no reference of its own: only the instruction can
 * tell whether there was one before, and a lost answer can never be made up for by a second claim.
 */
export async function claimReward(
	imburse: Conversation,
	request: ImburseRequest,
): Promise<Success> {
	const { identifiers } = request;
	const before = await imburse.ask({ endpoint: 'getInstruction', identifiers });
	refuseClaimed(imburse, before.value);
	const claimed = await claimOnce(imburse, request);
	const transaction = rewardTransactionIn(claimed.headers.location);
	if (!transaction) return endClaimed(imburse, 'the answer does not say where its state stands');
	return await settled(imburse, { endpoint: 'getRewardTransaction', identifiers: transaction });
}

const DO_NOT_CLAIM_AGAIN =
	'Do not claim it again: a claim has no reference of its own, so a second one may pay a second time. Look the instruction up in the Tenant Portal.';

/** One POST, and never a second: whether a lost one was carried out nobody can find out here. */
async function claimOnce(imburse: Conversation, request: ImburseRequest): Promise<Success> {
	const claimed = await imburse.attempt(request);
	if (claimed.ok) return claimed.success;
	const { failure, reason } = claimed;
	if (failure.outcome !== 'unknown')
		return imburse.fail(failure.outcome, failure.message, failure.description, failure);
	const message = `It is not known whether the reward was claimed: ${reason}`;
	return imburse.fail('unknown', message, DO_NOT_CLAIM_AGAIN, {
		...factsOf(failure),
		retryable: false,
	});
}

/** The claim was accepted; only what became of it cannot be read. */
function endClaimed(imburse: Conversation, reason: string, facts: Facts = {}): never {
	const message = `The reward was claimed, but what became of it is not known: ${reason}`;
	return imburse.fail('unknown', message, DO_NOT_CLAIM_AGAIN, { ...facts, retryable: false });
}

type Facts = Partial<ImburseFailure>;

function factsOf({ httpStatus, statusMeaning, errorCodes, correlationId }: ImburseFailure): Facts {
	return { httpStatus, statusMeaning, errorCodes, correlationId };
}

/** Statuses in which money is moving or has moved (API reference 5). */
const TOO_LATE = ['PROCESSING', 'SETTLED', 'COMPLETED', 'FAILED', 'VOID'];

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
		if (!read.ok && read.failure.outcome !== 'unavailable') {
			return endClaimed(imburse, read.reason, factsOf(read.failure));
		}
		const status = read.ok ? statusOf(read.success.value) : '';
		if (read.ok && status === 'SETTLED') return read.success;
		if (status === 'FAILED') imburse.fail('failed', ...CLAIM_FAILED);
		if (imburse.elapsed() > LIMIT_MS) {
			imburse.fail('timeout', NOT_SETTLED, DO_NOT_CLAIM_AGAIN, { retryable: false });
		}
		await imburse.pause(PAUSE_MS);
	}
}

const CLAIM_FAILED: [string, string] = [
	'Imburse could not carry out the claim of the reward',
	'Look the instruction up in the Tenant Portal before you claim again.',
];

const NOT_SETTLED = 'The reward was claimed and had not settled when the wait ended';
