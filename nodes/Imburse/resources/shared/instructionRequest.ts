import type { IDataObject } from 'n8n-workflow';

import type { CreatedResource, PrepareContext } from '../../operation';
import { validateCountry } from '../../validation/country';
import { validateCurrency } from '../../validation/currency';
import { validateDirection, type Direction } from '../../validation/direction';
import { validateIdentifier } from '../../validation/identifier';
import type { Metadata } from '../../validation/metadataPairs';
import { fieldPath } from '../../validation/format';
import { validateNewReference, validatePaymentReference } from '../../validation/paymentReference';
import { validateReference } from '../../validation/reference';
import { unusualDayHints } from '../../validation/unusualDay';
import { valid, allOf, optional, type ValidationResult } from '../../validation/result';
import { instructionLabel } from './instructionIdentity';
import {
	PLAIN_FORMS,
	validateWrittenAmount,
	validateWrittenDate,
	type WrittenForms,
} from './writtenForms';

/** An instruction as Imburse takes it (API reference 4.1, "Instruction request object"). */
export interface InstructionRequest {
	instructionRef: string;
	customerRef: string;
	direction: Direction;
	/** Decimal text. */
	amount: string;
	currency: string;
	country: string;
	schemeId?: string;
	financialInstrumentId?: string;
	/** `YYYY-MM-DD`. */
	settledByDate?: string;
	metadata?: Metadata;
}

/** What a form or JSON gives for one instruction, under Imburse's own names. */
export type InstructionInput = Omit<IDataObject, 'metadata'>;

/**
 * Checks an instruction that is to be made. Optional fields that are empty are left out, so that
 * Imburse's customer defaults can take their place.
 *
 * @param parentField where the instruction stands, in front of each field's name; empty for none
 * @param metadata the verdict on its metadata, which each form reads in its own way
 */
export function parseNewInstruction(
	input: InstructionInput,
	metadata: ValidationResult<Metadata>,
	parentField: string,
	context: NewInstructionContext,
): ValidationResult<InstructionRequest> {
	const field = fieldPath(parentField, 'Instruction Reference');
	const { executionId } = context.run;
	return checkedInstruction(input, metadata, {
		...changeChecks(input, parentField, context),
		instructionRef: () =>
			validateNewReference(input.instructionRef, field, 'instruction', executionId),
	});
}

/** How the values of an instruction are to be read. */
interface ReadingContext extends Pick<PrepareContext, 'timeZone'> {
	forms: WrittenForms;
}

/** What bears on values that a person gives. */
type ChangeContext = ReadingContext & Pick<PrepareContext, 'today'>;

/** What bears on an instruction that is to be made. */
export type NewInstructionContext = ChangeContext & Pick<PrepareContext, 'run'>;

/** Checks an instruction that is there, as Imburse writes it: its references go by Imburse's own rules alone. */
export function parseInstruction(
	input: InstructionInput,
	metadata: ValidationResult<Metadata>,
	parentField: string,
	timeZone: string,
): ValidationResult<InstructionRequest> {
	const context = { timeZone, forms: PLAIN_FORMS };
	return checkedInstruction(input, metadata, fieldChecks(input, parentField, context));
}

function checkedInstruction(
	input: InstructionInput,
	metadata: ValidationResult<Metadata>,
	checks: FieldChecks,
): ValidationResult<InstructionRequest> {
	const result = allOf({
		instructionRef: checks.instructionRef(),
		customerRef: checks.customerRef(),
		direction: checks.direction(),
		currency: checks.currency(),
		amount: checks.amount(),
		country: checks.country(),
		schemeId: optional(input.schemeId, checks.schemeId),
		financialInstrumentId: optional(input.financialInstrumentId, checks.financialInstrumentId),
		settledByDate: optional(input.settledByDate, checks.settledByDate),
		metadata,
	});
	return result.ok ? valid(withoutEmpty(result.value), result.hints) : result;
}

/**
 * Checks the fields of an instruction that are to change, each by itself, and gives them as Imburse
 * takes them. None may be empty: it would take away what the instruction has.
 *
 * @param parentField where they stand, in front of each field's name
 */
export function parseChanges(
	changes: InstructionInput,
	parentField: string,
	context: ChangeContext,
): ValidationResult<InstructionInput> {
	const checks = changeChecks(changes, parentField, context);
	const changed = Object.entries(checks).filter(([name]) => name in changes);
	return allOf(Object.fromEntries(changed.map(([name, check]) => [name, check()])));
}

type FieldChecks = ReturnType<typeof fieldChecks>;

/** The same for what changes a payment: who it goes to, and when, is looked at more closely. */
function changeChecks(
	input: InstructionInput,
	parentField: string,
	context: ChangeContext,
): FieldChecks {
	const checks = fieldChecks(input, parentField, context);
	const payee = fieldPath(parentField, 'Customer Reference');
	const day = fieldPath(parentField, 'Settled By Date');
	return {
		...checks,
		customerRef: () => validatePaymentReference(input.customerRef, payee, 'customer'),
		settledByDate: () => {
			const date = checks.settledByDate();
			return date.ok ? valid(date.value, unusualDayHints(date.value, day, context.today)) : date;
		},
	};
}

function fieldChecks(
	input: InstructionInput,
	parentField: string,
	{ timeZone, forms }: ReadingContext,
) {
	const pathOf = (name: string) => fieldPath(parentField, name);
	const currency = validateCurrency(input.currency, pathOf('Currency'));
	const code = currency.ok ? currency.value : '';
	return {
		instructionRef: () =>
			validateReference(input.instructionRef, pathOf('Instruction Reference'), 'instruction'),
		customerRef: () =>
			validateReference(input.customerRef, pathOf('Customer Reference'), 'customer'),
		direction: () => validateDirection(input.direction, pathOf('Direction')),
		currency: () => currency,
		amount: () => validateWrittenAmount(input.amount, forms.amounts, code, pathOf('Amount')),
		country: () => validateCountry(input.country, pathOf('Country')),
		schemeId: () => validateIdentifier(input.schemeId, pathOf('Scheme')),
		financialInstrumentId: () =>
			validateIdentifier(input.financialInstrumentId, pathOf('Financial Instrument ID')),
		settledByDate: () =>
			validateWrittenDate(input.settledByDate, forms.dates, pathOf('Settled By Date'), timeZone),
	} satisfies Record<string, () => ValidationResult<string>>;
}

function withoutEmpty(
	values: Omit<InstructionRequest, 'metadata'> & { metadata: Metadata },
): InstructionRequest {
	const { metadata, ...fields } = values;
	const given = Object.entries(fields).filter(([, value]) => value !== undefined);
	return {
		...(Object.fromEntries(given) as unknown as InstructionRequest),
		...(Object.keys(metadata).length === 0 ? {} : { metadata }),
	};
}

/** How to find out what became of an instruction: `GET .../instruction/{instructionRef}`. */
export function createdInstruction(
	orderRef: string,
	instruction: InstructionRequest,
): CreatedResource {
	const identity = { orderRef, instructionRef: instruction.instructionRef };
	return {
		label: instructionLabel(identity),
		request: { endpoint: 'getInstruction', identifiers: identity },
		sentFields: instruction,
		changedWith: 'Instruction: Update',
	};
}
