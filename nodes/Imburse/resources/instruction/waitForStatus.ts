import type { IDataObject } from 'n8n-workflow';

import type { ImburseFailure } from '../../api/errors/failure';
import type { ImburseRequest } from '../../api/request';
import type { OperationClient, Operation, Plan, ApiSuccess } from '../../operation';
import { terminalFailure } from '../../validation/terminalFailure';
import { formatValue } from '../../validation/format';
import { parseStatuses, isOneOfStatuses, statusOf } from '../../validation/status';
import { validateMinutes } from '../../validation/number';
import {
	valid,
	allOf,
	invalid,
	type ValidationResult,
	type ValidationError,
} from '../../validation/result';
import { parseInstructionIdentity, instructionLabel } from '../shared/instructionIdentity';
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

const TIME_LIMIT_FIX =
	'Enter a number such as 30. For longer waits use a Schedule Trigger that reads the instruction again.';

function prepare(parameters: IDataObject): ValidationResult<Plan> {
	const inputs = allOf({
		identity: parseInstructionIdentity(parameters),
		reached: parseStatuses(parameters.reachedStatuses, 'Reached When'),
		failed: parseStatuses(parameters.failedStatuses, 'Failed When'),
		limitMs: validateMinutes(parameters.timeLimit, 'Time Limit (Minutes)', TIME_LIMIT_FIX),
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

const INITIAL_DELAY_MS = 1_000;
const MAX_DELAY_MS = 60_000;
const BACKOFF_FACTOR = 1.5;

async function waitUntilReached(
	imburse: OperationClient,
	request: ImburseRequest,
	label: string,
	{ reached, failed, limitMs }: Wait,
): Promise<ApiSuccess> {
	for (let pause = INITIAL_DELAY_MS; ; pause = Math.min(pause * BACKOFF_FACTOR, MAX_DELAY_MS)) {
		const read = await imburse.attempt(request);
		const status = read.ok ? statusOf(read.success.value) : '';
		if (read.ok && isOneOfStatuses(status, reached)) return read.success;
		if (read.ok && isOneOfStatuses(status, failed))
			failWithStatus(imburse, label, status, read.success);
		if (!read.ok && !read.failure.retryable) endUnread(imburse, read.failure);
		const left = limitMs - imburse.elapsed();
		const seen = read.ok ? `its status is ${status || 'not given'}` : read.reason;
		if (left <= 0) failTimedOut(imburse, label, seen);
		await imburse.delay(Math.min(pause, left));
	}
}

function failWithStatus(
	imburse: OperationClient,
	label: string,
	status: string,
	read: ApiSuccess,
): never {
	const failure = terminalFailure(read.value);
	return imburse.fail(
		'failed',
		`The ${label} ${failure ?? `has the status ${status}`}`,
		failure
			? 'The payment did not go through. Look it up in the Tenant Portal before you pay in another way.'
			: 'Failed When names this status. Look it up in the Tenant Portal before you pay in another way.',
	);
}

/** What a further read would be answered with, too. */
function endUnread(imburse: OperationClient, failure: ImburseFailure): never {
	return imburse.fail(failure.outcome, failure.message, failure.description, failure);
}

function failTimedOut(imburse: OperationClient, label: string, seen: string): never {
	return imburse.fail(
		'timeout',
		`The ${label} was still running when the time limit ended: ${seen}`,
		'Nothing is wrong yet. Run it again to go on waiting, or raise the Time Limit.',
	);
}
