import type { IDataObject } from 'n8n-workflow';

import type { ImburseCredential } from '../api/credential';
import { isJsonObject } from '../api/jsonObject';
import { validateCount } from '../validation/number';
import { fieldPath, formatValue } from '../validation/format';
import { splitList } from '../validation/splitList';
import { valid, allOf, invalid, type ValidationResult } from '../validation/result';
import type { FieldPaths } from './events/eventFields';
import type { EventFilters } from './events/filters';
import { DEFAULT_BODY_KB, DEFAULT_LOOKUPS, DEFAULT_WINDOW_HOURS } from './form/options';
import { objectOf, textOf, type TriggerParameters } from './parameters';
import { readAddresses, type AddressRange } from './verify/address';
import { checkVerification } from './verify/checkVerification';
import type { Verification } from './verify/verification';

/** What the user filled in, checked. */
export interface TriggerSettings {
	verification: Verification;
	/** Whether Imburse is asked about each event. */
	confirms: boolean;
	readsOrder: boolean;
	/** Empty for any. */
	allowedAddresses: AddressRange[];
	/** Bytes. */
	maxBody: number;
	/** Per minute. */
	maxLookups: number;
	/** Milliseconds for which an event is remembered. */
	window: number;
	waitsForEnd: boolean;
	filters: EventFilters;
	paths: FieldPaths;
	/** Where the list of events stands in a body; empty to look for it. */
	eventsPath: string;
}

/**
 * Checks what the user filled in, and that the credential holds what it needs. Nothing is let in
 * where something is missing.
 */
export function checkSettings(
	parameters: TriggerParameters,
	credential: ImburseCredential,
): ValidationResult<TriggerSettings> {
	const options = objectOf(parameters.options);
	const checked = allOf({
		verification: checkVerification(parameters, credential),
		signature: checkCollection(parameters.signature, 'Signature Settings'),
		options: checkCollection(parameters.options, 'Options'),
		filters: checkTexts(parameters.filters, 'Filters'),
		reading: checkTexts(parameters.reading, 'Field Paths'),
		eventTypes: checkEventTypes(parameters.eventTypes ?? []),
		allowedAddresses: checkAddresses(options),
		maxBodyKb: validateCount(options.maxBodyKb ?? DEFAULT_BODY_KB, 'Max Body Size (KB)'),
		maxLookups: validateCount(options.maxLookups ?? DEFAULT_LOOKUPS, 'Max Look-Ups per Minute'),
		hours: validateCount(options.window ?? DEFAULT_WINDOW_HOURS, 'De-Duplication Window (Hours)'),
	});
	if (!checked.ok) return checked;
	const { verification, allowedAddresses, maxLookups, ...values } = checked.value;
	const { events: eventsPath = '', ...paths } = values.reading;
	return valid({
		verification,
		allowedAddresses,
		maxLookups,
		confirms: parameters.confirm !== false,
		readsOrder: options.readsOrder !== false,
		maxBody: values.maxBodyKb * 1024,
		window: values.hours * 60 * 60 * 1000,
		waitsForEnd: options.respond === 'lastNode',
		filters: filtersOf(values.eventTypes, values.filters),
		paths,
		eventsPath,
	});
}

/** What an expression got wrong must not switch off in silence what the user has set. */
function checkCollection(value: unknown, field: string): ValidationResult<IDataObject> {
	if (value === undefined || isJsonObject(value)) return valid((value ?? {}) as IDataObject);
	return invalid({
		field,
		reason: `${formatValue(value)} is no collection of settings`,
		fix: 'Remove the expression, and set each of them on its own.',
	});
}

function checkTexts(value: unknown, field: string): ValidationResult<Record<string, string>> {
	const collection = checkCollection(value, field);
	if (!collection.ok) return collection;
	const entries = Object.entries(collection.value).filter(([, entry]) => entry !== undefined);
	const wrong = entries.filter(([, entry]) => !['string', 'number'].includes(typeof entry));
	if (wrong.length === 0) {
		return valid(Object.fromEntries(entries.map(([name, entry]) => [name, String(entry).trim()])));
	}
	return invalid(
		...wrong.map(([name, entry]) => ({
			field: fieldPath(field, name),
			reason: `${formatValue(entry)} is not a text`,
			fix: 'Enter a text, or an expression that comes to one.',
		})),
	);
}

function checkEventTypes(value: unknown): ValidationResult<string[]> {
	if (typeof value === 'string') return valid(splitList(value));
	if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) {
		return valid(value as string[]);
	}
	return invalid({
		field: 'Event Types',
		reason: `${formatValue(value)} is not a list of names`,
		fix: 'Choose them from the list.',
	});
}

/** Any address only where the option is not there: an empty list was meant to hold some. */
function checkAddresses(options: IDataObject): ValidationResult<AddressRange[]> {
	if (!Object.hasOwn(options, 'allowedAddresses')) return valid([]);
	const { ranges, unreadable } = readAddresses(textOf(options.allowedAddresses));
	if (unreadable.length === 0 && ranges.length > 0) return valid(ranges);
	return invalid({
		field: 'Allowed Addresses',
		reason:
			unreadable.length === 0 ? 'it holds none' : `${formatValue(unreadable[0])} is no IP address`,
		fix: 'Enter addresses such as 203.0.113.7 or ranges such as 198.51.100.0/24 with commas in between, or remove the option.',
	});
}

function filtersOf(chosen: string[], texts: Record<string, string>): EventFilters {
	const { otherEventTypes = '', statuses = '', direction = '' } = texts;
	const { metadataKey = '', metadataValue = '', orderRefPrefix = '' } = texts;
	return {
		eventTypes: [...chosen, ...splitList(otherEventTypes)],
		statuses: splitList(statuses.toUpperCase()),
		direction: direction.toUpperCase(),
		metadataKey,
		metadataValue,
		orderRefPrefix,
	};
}
