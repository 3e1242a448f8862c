import type { Fields } from '../body.mts';
import type { Problem } from '../failures.mts';
import type { SandboxOptions } from '../options.mts';
import { schemeIdsFor } from '../scheme-list.mts';
import type { InstructionRequest } from '../store.mts';
import { readAmount } from './amount.mts';
import { readCountry } from './country.mts';
import { readCurrency } from './currency.mts';
import { readDirection } from './direction.mts';
import { readFinancialInstrumentId } from './financial-instrument.mts';
import { readMetadata } from './metadata.mts';
import { readReference } from './references.mts';
import { readSchemeId } from './scheme.mts';
import { readSettledByDate } from './settled-by-date.mts';

/**
 * An instruction request (API reference 4.1, "Instruction request object"). Each problem found is
 * added to `problems`; the request may only be used when there is none.
 */
export function readInstruction(
	fields: Fields,
	options: SandboxOptions,
	problems: Problem[],
): InstructionRequest {
	const direction = readDirection(fields.direction, problems);
	return {
		instructionRef: readReference('INSTRUCTION_REF', fields.instructionRef, problems),
		customerRef: readReference('CUSTOMER_REF', fields.customerRef, problems),
		direction,
		amount: readAmount(fields.amount, problems),
		currency: readCurrency(fields.currency, problems),
		country: readCountry(fields.country, problems),
		schemeId: readSchemeId(fields.schemeId, schemeIdsFor(direction, options), problems),
		financialInstrumentId: readFinancialInstrumentId(fields.financialInstrumentId, problems),
		settledByDate: readSettledByDate(fields.settledByDate, problems),
		metadata: readMetadata(fields.metadata, options.metadataValueLimit, problems),
	};
}
