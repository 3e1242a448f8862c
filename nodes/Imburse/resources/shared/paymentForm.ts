import type { IDataObject } from 'n8n-workflow';

import { parseMetadataEntries } from '../../validation/metadata';
import { fieldPath } from '../../validation/format';
import type { ValidationResult } from '../../validation/result';
import { parseInstruction, type InstructionRequest } from './instructionRequest';
import { locatorValue } from './locator';
import { withoutSensitiveData } from './metadataOptions';

/**
 * One instruction out of the fields of `paymentFields.ts`.
 *
 * @param parentField where they stand in the form, in front of each field's name; empty for the top level
 * @param parameters all that the user filled in, for the options that bear on metadata
 */
export function parsePayment(
	{ additionalFields, ...fields }: IDataObject,
	parentField: string,
	timeZone: string,
	parameters: IDataObject,
): ValidationResult<InstructionRequest> {
	const { metadata, ...additional } = (additionalFields ?? {}) as IDataObject;
	const { entry } = (metadata ?? {}) as { entry?: IDataObject[] };
	const input = { ...fields, ...additional, schemeId: locatorValue(fields.schemeId) as string };
	const field = parentField === '' ? 'Metadata' : fieldPath(parentField, 'Metadata');
	const own = withoutSensitiveData(parseMetadataEntries(entry ?? [], field), field, parameters);
	return parseInstruction(input, own, parentField, timeZone);
}
