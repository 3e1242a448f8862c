import type { IDataObject } from 'n8n-workflow';

import type { InstructionInput } from '../shared/instructionRequest';

/** Sources of a value that the instruction itself does not set (API reference 5). */
const INHERITED_SOURCES = new Set([
	'NONE',
	'CUSTOMER_DEFAULT',
	'CUSTOMER',
	'TENANT',
	'SYSTEM_GENERATED',
]);

/**
 * The fields of an instruction that was read, as a request has them. Responses nest what requests
 * have flat (API reference 9, row 12), and have amounts as numbers and dates with a time. A scheme or
 * instrument that is inherited is left out, so that it stays inherited.
 */
export function toRequestFields(instruction: IDataObject): InstructionInput {
	const { customerRef, direction, amount, currency, country, settledByDate } = instruction;
	const fields: IDataObject = { customerRef, direction, amount, currency, country };
	if (typeof settledByDate === 'string') fields.settledByDate = settledByDate.slice(0, 10);
	const schemeId = ownId(instruction.scheme, 'schemeId');
	const financialInstrumentId = ownId(instruction.financialInstrument, 'financialInstrumentId');
	return {
		...fields,
		...(schemeId === undefined ? {} : { schemeId }),
		...(financialInstrumentId === undefined ? {} : { financialInstrumentId }),
	};
}

function ownId(nested: unknown, name: string): string | undefined {
	const { [name]: id, source } = (nested ?? {}) as IDataObject;
	if (typeof id !== 'string' || id === '' || INHERITED_SOURCES.has(String(source)))
		return undefined;
	return id;
}
