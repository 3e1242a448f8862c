import type { IDataObject } from 'n8n-workflow';

import type { ImburseRequest } from '../../api/request';
import type { Conversation, Operation, Plan, Success } from '../../operation';
import { accepted, allOf, type Checked } from '../../rules/violation';
import { checkStatuses, isStatus, statusOf } from '../../rules/status';
import { checkTimeLimit } from '../../rules/timeLimit';
import { instructionIdentity, instructionSubject } from '../shared/instructionSubject';
import { INSTRUCTION_REFERENCE, ORDER_REFERENCE } from '../shared/references';
import { presentInstruction, SIMPLIFY } from '../shared/simplify';

/**
 * Reads an instruction until it has come to an end (API reference 4.1 and 5; Imburse names this as
 * the alternative to a webhook). Statuses are open lists: the first generation says SETTLED, samples
 * of the second say COMPLETED, and more may come.
 */
export const waitForStatus: Operation = {
	value: 'waitForStatus',
	name: 'Wait for Status',
	action: 'Wait for the status of an instruction',
	description: 'Read a payment again and again until it has settled or failed',
	fields: [
		ORDER_REFERENCE,
		INSTRUCTION_REFERENCE,
		{
			displayName: 'Reached When',
			name: 'reachedStatuses',
			type: 'string',
			default: 'SETTLED, COMPLETED',
			description: 'Statuses with which the item goes on, separated by commas',
		},
		{
			displayName: 'Failed When',
			name: 'failedStatuses',
			type: 'string',
			default: 'FAILED, VOID, CANCELLED',
			description: 'Statuses with which the item goes to the error output, separated by commas',
		},
		{
			displayName: 'Time Limit (Minutes)',
			name: 'timeLimit',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 30,
			description: 'After so many minutes the item goes to the error output as a timeout',
		},
		SIMPLIFY,
	],
	calls: ['getInstruction'],
	effect: 'reads',
	prepare,
	present: presentInstruction,
};

interface Wait {
	reached: string[];
	failed: string[];
	limitMs: number;
}

function prepare(parameters: IDataObject): Checked<Plan> {
	const inputs = allOf({
		identity: instructionIdentity(parameters),
		reached: checkStatuses(parameters.reachedStatuses, 'Reached When'),
		failed: checkStatuses(parameters.failedStatuses, 'Failed When'),
		limitMs: checkTimeLimit(parameters.timeLimit, 'Time Limit (Minutes)'),
	});
	if (!inputs.ok) return inputs;
	const { identity, ...wait } = inputs.value;
	const subject = instructionSubject(identity);
	const request: ImburseRequest = { endpoint: 'getInstruction', identifiers: { ...identity } };
	const plan: Plan = {
		subject,
		request,
		converse: async (imburse) => await waitUntil(imburse, request, subject, wait),
		echo: { ...identity },
		simplify: parameters.simplify !== false,
	};
	return accepted(plan, inputs.hints);
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const GROWTH = 1.5;

async function waitUntil(
	imburse: Conversation,
	request: ImburseRequest,
	subject: string,
	{ reached, failed, limitMs }: Wait,
): Promise<Success> {
	let last = 'nothing was read yet';
	for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * GROWTH, LONGEST_PAUSE_MS)) {
		const read = await imburse.attempt(request);
		if (read.ok) {
			const status = statusOf(read.success.value);
			if (isStatus(status, reached)) return read.success;
			if (isStatus(status, failed)) endFailed(imburse, subject, status, read.success);
			last = `its status is ${status || 'not given'}`;
		} else if (read.failure.outcome === 'unavailable') last = read.failure.message;
		else return await imburse.ask(request);
		const left = limitMs - imburse.elapsed();
		if (left <= 0) endLate(imburse, subject, last);
		await imburse.pause(Math.min(pause, left));
	}
}

function endFailed(imburse: Conversation, subject: string, status: string, read: Success): never {
	const { failed } = (read.value ?? {}) as { failed?: { reason?: unknown } };
	const reason = typeof failed?.reason === 'string' ? ` Imburse's reason: ${failed.reason}.` : '';
	return imburse.fail(
		'failed',
		`The ${subject} ended as ${status}`,
		`The payment did not go through.${reason} Look it up in the Tenant Portal before you pay in another way.`,
	);
}

function endLate(imburse: Conversation, subject: string, last: string): never {
	return imburse.fail(
		'timeout',
		`The ${subject} was still running when the time limit ended: ${last}`,
		'Nothing is wrong yet. Run it again to go on waiting, or raise the Time Limit.',
	);
}
