import type { IDataObject } from 'n8n-workflow';

import type { BodyFormat } from '../../api/credential';
import type { ImburseRequest } from '../../api/request';
import { encodeBody } from '../../api/requestBody';
import type { ApiResponse } from '../../api/client';
import type {
	ItemResponse,
	Operation,
	OperationClient,
	Plan,
	PrepareContext,
} from '../../operation';
import { unconfirmedFields } from '../../validation/compareFields';
import type { Metadata } from '../../validation/metadataPairs';
import {
	isOneOfStatuses,
	statusOf,
	PROCESSED_STATUSES,
	UNBEGUN_STATUSES,
} from '../../validation/status';
import {
	allOf,
	describeError,
	invalid,
	valid,
	type ValidationResult,
} from '../../validation/result';
import {
	parseChanges,
	parseInstruction,
	type InstructionInput,
	type InstructionRequest,
} from '../shared/instructionRequest';
import {
	parseInstructionIdentity,
	instructionLabel,
	type InstructionIdentity,
} from '../shared/instructionIdentity';
import { toRequestFields } from './requestFields';
import { locatorValue } from '../shared/resourceLocators';
import { parseMetadataCollection } from '../shared/metadataFields';
import { SENSITIVE_DATA } from '../shared/metadataOptions';
import { CHANGEABLE_FIELDS } from '../shared/paymentFields';
import { refuseUnwritable } from '../shared/metadataUpdate';
import {
	presentConcurrentChange,
	readModifyWrite,
	type UpdateResult,
} from '../shared/readModifyWrite';
import { INSTRUCTION_REFERENCE, ORDER_REFERENCE } from '../shared/referenceFields';
import { AMOUNT_FORM, DATE_FORM, writtenForms } from '../shared/writtenForms';

/**
 * Changes an instruction: `PUT
 * /{version}/order-management/{orderRef}/instruction/{instructionRef}` (API reference 4.1: the
 * function is documented, the method inferred). Whether Imburse takes a part of an instruction is
 * unknown, so the whole is sent: what is there, with the changes.
 */
export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update instruction',
	description:
		"Change an instruction, which is one payment, before it has begun. The method is inferred: Imburse's public pages do not name it.",
	fields: [
		ORDER_REFERENCE,
		INSTRUCTION_REFERENCE,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: CHANGEABLE_FIELDS,
		},
	],
	options: [SENSITIVE_DATA, AMOUNT_FORM, DATE_FORM],
	calls: ['updateInstruction', 'getInstruction'],
	effect: 'movesMoney',
	prepare,
	present,
};

interface Changes {
	identity: InstructionIdentity;
	fields: InstructionInput;
	metadata: Metadata;
	/** Whether the payment counts with what it comes to once it was read. */
	isCountedLater: boolean;
	timeZone: string;
	bodyFormat: BodyFormat;
}

/**
 * A change counts with the amount that the payment has afterwards. Only metadata move nothing: who is
 * paid, by which way and when (the country and the date, too) decides whether money reaches anybody.
 */
function moneyOf({ amount, currency, ...others }: IDataObject): Plan['money'] {
	if (amount !== undefined && currency !== undefined) {
		return [{ amount: String(amount), currency: String(currency) }];
	}
	const isOfMetadata =
		amount === undefined && currency === undefined && Object.keys(others).length === 0;
	return isOfMetadata ? 'nothing' : 'afterRead';
}

function prepare(
	parameters: IDataObject,
	{ bodyFormat, timeZone, today }: PrepareContext,
): ValidationResult<Plan> {
	const { metadata, schemeId, ...rest } = (parameters.updateFields ?? {}) as IDataObject;
	const written =
		schemeId === undefined ? rest : { ...rest, schemeId: locatorValue(schemeId) as string };
	const reading = { timeZone, today, forms: writtenForms(parameters) };
	const inputs = allOf({
		identity: parseInstructionIdentity(parameters),
		metadata: parseMetadataCollection(metadata, 'Update Fields > Metadata', parameters),
		fields: parseChanges(written, 'Update Fields', reading),
		something: changesSomething(written, metadata),
	});
	if (!inputs.ok) return inputs;
	const { identity, fields, metadata: added } = inputs.value;
	const hasMetadata = Object.keys(added).length > 0;
	const money = moneyOf(fields);
	const isCountedLater = money === 'afterRead';
	const changes = { identity, fields, metadata: added, isCountedLater, timeZone, bodyFormat };
	const plan: Plan = {
		label: instructionLabel(identity),
		request: { endpoint: 'updateInstruction', identifiers: { ...identity } },
		execute: async (imburse) => await updateInstruction(imburse, changes),
		changes: { ...fields, ...(hasMetadata ? { metadata: added } : {}) },
		echo: { ...identity },
		money,
		changeKey: JSON.stringify(fields),
		serialKey: `${identity.orderRef}/${identity.instructionRef}`,
	};
	return valid(plan, inputs.hints);
}

function changesSomething(fields: IDataObject, metadata: unknown): ValidationResult<null> {
	const { entry = [] } = (metadata ?? {}) as { entry?: unknown[] };
	if (Object.keys(fields).length > 0 || entry.length > 0) return valid(null);
	const fix = 'Add at least one field to change.';
	return invalid({ field: 'Update Fields', reason: 'there is nothing to change', fix });
}

async function updateInstruction(imburse: OperationClient, changes: Changes): Promise<ApiResponse> {
	const { identity, bodyFormat } = changes;
	const identifiers = { ...identity };
	const read: ImburseRequest = { endpoint: 'getInstruction', identifiers };
	return await readModifyWrite(imburse, {
		read,
		label: instructionLabel(identity),
		// Every documented instruction has a status (API reference 5); not all repeat the reference.
		shows: (body) => statusOf(body) !== '',
		write: (before) => {
			refuseBegun(imburse, before, instructionLabel(identity));
			const { instructionRef, ...sent } = mergeChanges(imburse, before, changes);
			if (changes.isCountedLater) imburse.countMoney(sent);
			const body = encodeBody({ instructionRef, ...sent }, bodyFormat);
			return {
				request: { endpoint: 'updateInstruction', identifiers, body },
				unconfirmed: (after) => unconfirmedFields(sent, after),
			};
		},
	});
}

/** The statuses in which Imburse takes no update (API reference 5). Imburse decides about any other. */
const BEGUN_STATUSES = ['LATE', ...PROCESSED_STATUSES];

function refuseBegun(imburse: OperationClient, before: IDataObject, label: string): void {
	const status = statusOf(before);
	if (!isOneOfStatuses(status, BEGUN_STATUSES)) return;
	imburse.fail(
		'rejected',
		`The ${label} cannot be changed any more: its status is ${status}`,
		`Imburse takes changes only while it is ${UNBEGUN_STATUSES.join(' or ')}. Nothing was changed. Look it up in the Tenant Portal.`,
	);
}

function mergeChanges(
	imburse: OperationClient,
	before: IDataObject,
	{ identity, fields, metadata, timeZone, bodyFormat }: Changes,
): InstructionRequest {
	const input = { ...toRequestFields(before), ...fields, instructionRef: identity.instructionRef };
	const merged = { ...(before.metadata as Metadata | undefined), ...metadata };
	refuseUnwritable(imburse, merged, instructionLabel(identity), bodyFormat);
	const whole = parseInstruction(input, valid(merged), 'Update Fields', timeZone);
	if (whole.ok) return whole.value;
	const reasons = whole.errors.map(describeError);
	return imburse.fail(
		'invalid',
		`The ${instructionLabel(identity)} would not be one that Imburse takes`,
		`Nothing was changed. ${reasons.join(' ')}`,
	);
}

function present({ value }: ItemResponse, { echo }: Plan): IDataObject {
	const updated = value as UpdateResult;
	return {
		...echo,
		...updated.after,
		previous: updated.before,
		...presentConcurrentChange(updated),
	};
}
