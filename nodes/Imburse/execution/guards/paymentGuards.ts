import type { IExecuteFunctions } from 'n8n-workflow';

import type { Operation } from '../../operation';
import type { ValidationError } from '../../validation/result';
import type { GuardSettings } from './guardOptions';
import { executionMemory } from './executionMemory';
import { isProductionSession, type Session } from '../session';
import { isToolNode, toolCaller, type ToolCaller } from '../../n8n/toolRun';
import { formatValue } from '../../validation/format';

const ALLOW_PAYMENTS = 'Allow Payments When Used as a Tool';

/** Why an AI agent may not move money now; nothing where a person runs the node. */
export function toolPaymentErrors(
	context: IExecuteFunctions,
	{ effect }: Operation,
	{ allowToolPayments, maxPayments }: GuardSettings,
): ValidationError[] {
	if (effect !== 'movesMoney' || !isToolNode(context.getNode())) return [];
	const caller = callerErrors(toolCaller(context));
	if (caller.length > 0) return caller;
	const field = ALLOW_PAYMENTS;
	if (!allowToolPayments) {
		const fix = 'A person can switch the option on, and set limits beside it.';
		return [{ field, reason: 'an AI agent may not move money with this node', fix }];
	}
	if (!(maxPayments > 0)) {
		const reason = 'an AI agent may move money only within limits';
		return [{ field: 'Max Payments per Execution', reason, fix: 'Set how many are allowed.' }];
	}
	if (executionMemory(context).hasUnknownOutcome) {
		const reason = 'it is not known what became of an earlier payment of this execution';
		const fix = 'Stop here. A person has to look it up in the Tenant Portal first.';
		return [{ field, reason, fix }];
	}
	return [];
}

/**
 * A limit per execution holds nobody whose calls are executions of their own. Only an agent's are
 * known to belong to one; other callers are refused, also those that n8n has yet to invent.
 */
function callerErrors(caller: ToolCaller): ValidationError[] {
	if (caller.kind === 'agent') return [];
	const fix =
		'Let a workflow be called in which a person approves the payment, or make the node a tool of an AI Agent node.';
	return [{ field: ALLOW_PAYMENTS, reason: callerReason(caller), fix }];
}

function callerReason(caller: Exclude<ToolCaller, { kind: 'agent' }>): string {
	switch (caller.kind) {
		case 'mcpTrigger':
			return 'under the MCP Server Trigger each call is an execution of its own, so no limit would hold';
		case 'other':
			return `${formatValue(caller.type)} calls the tool, and the limits are known to hold for an AI Agent node only`;
		case 'unknown':
			return 'n8n does not say which node calls the tool, as under the MCP Server Trigger in queue mode, so no limit would hold';
	}
}

/** Why a click on Execute may not move real money, where the user wants it so. */
export function manualProductionErrors(
	context: IExecuteFunctions,
	{ effect }: Operation,
	session: Session,
	{ refuseManualProduction }: GuardSettings,
): ValidationError[] {
	const isManual = context.getMode() === 'manual';
	if (effect !== 'movesMoney' || !refuseManualProduction || !isManual) return [];
	if (!isProductionSession(session)) return [];
	return [
		{
			field: 'Refuse Production in Manual Runs',
			reason: 'this is a manual run, and the credential is for production',
			fix: 'Choose a sandbox credential to try things out, or switch the option off.',
		},
	];
}
