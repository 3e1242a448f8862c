import type { IDataObject } from 'n8n-workflow';

import { checkAmount } from '../../rules/amount';
import { readCalendarDate } from '../../rules/calendarDate';
import { checkCountry } from '../../rules/country';
import { checkCurrency } from '../../rules/currency';
import { checkDirection, type Direction } from '../../rules/direction';
import { checkIdentifier } from '../../rules/identifier';
import type { Metadata } from '../../rules/metadataPairs';
import { fieldPath } from '../../rules/quoted';
import { checkReference } from '../../rules/reference';
import { accepted, allIn, allOf, type Checked } from '../../rules/violation';

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
 * Checks one instruction. Optional fields that are empty are left out, so that Imburse's customer
 * defaults can take their place.
 *
 * @param place where the instruction stands, in front of each field's name; empty for none
 * @param metadata the verdict on its metadata, which each form reads in its own way
 * @param timeZone of the workflow, for dates that carry a time
 */
export function readInstruction(
	input: InstructionInput,
	metadata: Checked<Metadata>,
	place: string,
	timeZone: string,
): Checked<InstructionRequest> {
	const checks = fieldChecks(input, place, timeZone);
	const checked = allOf({
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
	return checked.ok ? accepted(withoutEmpty(checked.value), checked.hints) : checked;
}

/**
 * Checks the fields of an instruction that are to change, each by itself. None may be empty: it
 * would take away what the instruction has.
 *
 * @param place where they stand, in front of each field's name
 */
export function checkChanges(
	changes: InstructionInput,
	place: string,
	timeZone: string,
): Checked<string[]> {
	const checks = fieldChecks(changes, place, timeZone);
	const changed = Object.entries(checks).filter(([name]) => name in changes);
	return allIn(changed.map(([, check]) => check()));
}

function fieldChecks(input: InstructionInput, place: string, timeZone: string) {
	const named = (name: string) => (place === '' ? name : fieldPath(place, name));
	const currency = checkCurrency(input.currency, named('Currency'));
	const code = currency.ok ? currency.value : '';
	return {
		instructionRef: () => checkReference(input.instructionRef, named('Instruction Reference')),
		customerRef: () => checkReference(input.customerRef, named('Customer Reference')),
		direction: () => checkDirection(input.direction, named('Direction')),
		currency: () => currency,
		amount: () => checkAmount(input.amount, code, named('Amount')),
		country: () => checkCountry(input.country, named('Country')),
		schemeId: () => checkIdentifier(input.schemeId, named('Scheme')),
		financialInstrumentId: () =>
			checkIdentifier(input.financialInstrumentId, named('Financial Instrument ID')),
		settledByDate: () => readCalendarDate(input.settledByDate, named('Settled By Date'), timeZone),
	} satisfies Record<string, () => Checked<string>>;
}

function optional(value: unknown, check: () => Checked<string>): Checked<string | undefined> {
	return value === undefined || value === null || value === '' ? accepted(undefined) : check();
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
