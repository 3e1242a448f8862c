import type { IExecuteFunctions } from 'n8n-workflow';

import type { Operation } from '../../operation';
import type { ValidationError } from '../../validation/result';
import type { GuardSettings } from './guardOptions';
import { executionMemory } from './executionMemory';
import { isProductionSession, type Session } from '../session';
import { isToolNode } from '../../n8n/toolRun';

/** Why an AI agent may not move money now; nothing where a person runs the node. */
export function toolPaymentErrors(
	context: IExecuteFunctions,
	{ effect }: Operation,
	{ allowToolPayments, maxPayments }: GuardSettings,
): ValidationError[] {
	if (effect !== 'movesMoney' || !isToolNode(context.getNode())) return [];
	const field = 'Allow Payments When Used as a Tool';
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
