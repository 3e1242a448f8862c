import type { IDataObject } from 'n8n-workflow';

import { readMetadataEntries } from '../../rules/metadata';
import { fieldPath } from '../../rules/quoted';
import type { Checked } from '../../rules/violation';
import { readInstruction, type InstructionRequest } from './instructionRequest';
import { idOf } from './locator';

/**
 * One instruction out of the fields of `paymentFields.ts`.
 *
 * @param place where they stand in the form, in front of each field's name; empty for the top level
 */
export function paymentFrom(
	{ additionalFields, ...fields }: IDataObject,
	place: string,
	timeZone: string,
): Checked<InstructionRequest> {
	const { metadata, ...additional } = (additionalFields ?? {}) as IDataObject;
	const { entry } = (metadata ?? {}) as { entry?: IDataObject[] };
	const input = { ...fields, ...additional, schemeId: idOf(fields.schemeId) as string };
	const field = place === '' ? 'Metadata' : fieldPath(place, 'Metadata');
	return readInstruction(input, readMetadataEntries(entry ?? [], field), place, timeZone);
}
