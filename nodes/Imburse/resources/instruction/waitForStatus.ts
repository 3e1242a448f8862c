import type { IDataObject } from 'n8n-workflow';

import type { ImburseRequest } from '../../api/request';
import type { ApiResponse, ApiResult } from '../../api/client';
import type { Operation, OperationClient, Plan } from '../../operation';
import { terminalFailure } from '../../validation/terminalFailure';
import { formatValue } from '../../validation/format';
import {
	FAILURE_STATUSES,
	parseStatuses,
	isOneOfStatuses,
	statusOf,
	SETTLED_STATUSES,
} from '../../validation/status';
import { validateMinutes } from '../../validation/number';
import {
	valid,
	allOf,
	invalid,
	type ValidationResult,
	type ValidationError,
} from '../../validation/result';
import { parseInstructionIdentity, instructionLabel } from '../shared/instructionIdentity';
import { poll } from '../shared/poll';
import { INSTRUCTION_REFERENCE, ORDER_REFERENCE } from '../shared/referenceFields';
import { presentInstruction, SIMPLIFY } from './simplify';

/**
 * Reads an instruction until it has come to an end (API reference 4.1 and 5; Imburse names this as
 * the alternative to a webhook). Statuses are open lists: the first generation says SETTLED, samples
 * of the second say COMPLETED, and more may come.
 */
export const waitForStatus: Operation = {
	value: 'waitForStatus',
	name: 'Wait for Status',
	action: 'Wait for instruction status',
	description:
		'Read an instruction, which is one payment, again and again until it has settled or failed',
	fields: [
		ORDER_REFERENCE,
		INSTRUCTION_REFERENCE,
		{
			displayName: 'Reached When',
			name: 'reachedStatuses',
			type: 'string',
			default: SETTLED_STATUSES.join(', '),
			description: 'Statuses in which the item goes to the success output, separated by commas',
		},
		{
			displayName: 'Failed When',
			name: 'failedStatuses',
			type: 'string',
			default: FAILURE_STATUSES.join(', '),
			description: 'Statuses in which the item goes to the error output, separated by commas',
		},
		{
			displayName: 'Time Limit (Minutes)',
			name: 'timeLimit',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 30,
			description: 'After this time the item goes to the error output as a timeout',
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
	timeLimitMs: number;
}

const TIME_LIMIT_FIX =
	'Enter a number such as 30. For longer waits use a Schedule Trigger that reads the instruction again.';

function prepare(parameters: IDataObject): ValidationResult<Plan> {
	const inputs = allOf({
		identity: parseInstructionIdentity(parameters),
		reached: parseStatuses(parameters.reachedStatuses, 'Reached When'),
		failed: parseStatuses(parameters.failedStatuses, 'Failed When'),
		timeLimitMs: validateMinutes(parameters.timeLimit, 'Time Limit (Minutes)', TIME_LIMIT_FIX),
	});
	if (!inputs.ok) return inputs;
	const { identity, ...wait } = inputs.value;
	const both = wait.failed.filter((status) => isOneOfStatuses(status, wait.reached));
	if (both.length > 0) return invalid(...both.map(listedTwiceError));
	const label = instructionLabel(identity);
	const request: ImburseRequest = { endpoint: 'getInstruction', identifiers: { ...identity } };
	const plan: Plan = {
		label,
		request,
		execute: async (imburse) => await waitUntilReached(imburse, request, label, wait),
		echo: { ...identity },
		simplify: parameters.simplify !== false,
	};
	return valid(plan, inputs.hints);
}

function listedTwiceError(status: string): ValidationError {
	return {
		field: 'Failed When',
		reason: `${formatValue(status)} stands in Reached When, too`,
		fix: 'Take it out of one of the two.',
	};
}

const DELAY = { initialMs: 1_000, factor: 1.5, maxMs: 60_000 };

async function waitUntilReached(
	imburse: OperationClient,
	request: ImburseRequest,
	label: string,
	{ reached, failed, timeLimitMs }: Wait,
): Promise<ApiResponse> {
	return await poll(imburse, {
		request,
		timeLimitMs,
		delay: DELAY,
		isReached: ({ value: instruction }) => {
			const status = statusOf(instruction);
			if (isOneOfStatuses(status, reached)) return true;
			if (isOneOfStatuses(status, failed)) failWithStatus(imburse, label, instruction);
			return false;
		},
		failUnreadable: (failure) => imburse.failWith(failure),
		failTimedOut: (read) => failTimedOut(imburse, label, read),
	});
}

function failWithStatus(imburse: OperationClient, label: string, instruction: unknown): never {
	const failure = terminalFailure(instruction);
	return imburse.fail(
		'failed',
		`The ${label} ${failure ?? `has the status ${statusOf(instruction)}`}`,
		failure
			? 'The payment did not go through. Look it up in the Tenant Portal before you pay in another way.'
			: 'Failed When names this status. Look it up in the Tenant Portal before you pay in another way.',
	);
}

function failTimedOut(imburse: OperationClient, label: string, lastRead: ApiResult): never {
	const state = lastRead.ok
		? `its status is ${statusOf(lastRead.response.value) || 'not given'}`
		: lastRead.failure.reason;
	return imburse.fail(
		'timeout',
		`The ${label} was still running when the time limit ended: ${state}`,
		'Nothing is wrong yet. Run it again to go on waiting, or raise the Time Limit.',
	);
}
