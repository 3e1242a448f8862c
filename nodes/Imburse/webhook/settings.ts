import type { IDataObject } from 'n8n-workflow';

import type { ImburseCredential } from '../api/credential';
import { isRecord } from '../api/records';
import { checkCount } from '../rules/count';
import { fieldPath, quoted } from '../rules/quoted';
import { listedIn } from '../rules/textList';
import { accepted, allOf, refused, type Checked } from '../rules/violation';
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
): Checked<TriggerSettings> {
	const options = objectOf(parameters.options);
	const checked = allOf({
		verification: checkVerification(parameters, credential),
		signature: checkCollection(parameters.signature, 'Signature Settings'),
		options: checkCollection(parameters.options, 'Options'),
		filters: checkTexts(parameters.filters, 'Filters'),
		reading: checkTexts(parameters.reading, 'Field Paths'),
		eventTypes: checkEventTypes(parameters.eventTypes ?? []),
		allowedAddresses: checkAddresses(options),
		maxBodyKb: checkCount(options.maxBodyKb ?? DEFAULT_BODY_KB, 'Max Body Size (KB)'),
		maxLookups: checkCount(options.maxLookups ?? DEFAULT_LOOKUPS, 'Max Look-Ups per Minute'),
		hours: checkCount(options.window ?? DEFAULT_WINDOW_HOURS, 'De-Duplication Window (Hours)'),
	});
	if (!checked.ok) return checked;
	const { verification, allowedAddresses, maxLookups, ...values } = checked.value;
	const { events: eventsPath = '', ...paths } = values.reading;
	return accepted({
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
function checkCollection(value: unknown, field: string): Checked<IDataObject> {
	if (value === undefined || isRecord(value)) return accepted((value ?? {}) as IDataObject);
	return refused({
		field,
		reason: `${quoted(value)} is no collection of settings`,
		fix: 'Remove the expression, and set each of them on its own.',
	});
}

function checkTexts(value: unknown, field: string): Checked<Record<string, string>> {
	const collection = checkCollection(value, field);
	if (!collection.ok) return collection;
	const entries = Object.entries(collection.value).filter(([, entry]) => entry !== undefined);
	const wrong = entries.filter(([, entry]) => !['string', 'number'].includes(typeof entry));
	if (wrong.length === 0) {
		return accepted(
			Object.fromEntries(entries.map(([name, entry]) => [name, String(entry).trim()])),
		);
	}
	return refused(
		...wrong.map(([name, entry]) => ({
			field: fieldPath(field, name),
			reason: `${quoted(entry)} is not a text`,
			fix: 'Enter a text, or an expression that comes to one.',
		})),
	);
}

function checkEventTypes(value: unknown): Checked<string[]> {
	if (typeof value === 'string') return accepted(listedIn(value));
	if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) {
		return accepted(value as string[]);
	}
	return refused({
		field: 'Event Types',
		reason: `${quoted(value)} is not a list of names`,
		fix: 'Choose them from the list.',
	});
}

/** Any address only where the option is not there: an empty list was meant to hold some. */
function checkAddresses(options: IDataObject): Checked<AddressRange[]> {
	if (!Object.hasOwn(options, 'allowedAddresses')) return accepted([]);
	const { ranges, unreadable } = readAddresses(textOf(options.allowedAddresses));
	if (unreadable.length === 0 && ranges.length > 0) return accepted(ranges);
	return refused({
		field: 'Allowed Addresses',
		reason: unreadable.length === 0 ? 'it holds none' : `${quoted(unreadable[0])} is no IP address`,
		fix: 'Enter addresses such as 203.0.113.7 or ranges such as 198.51.100.0/24 with commas in between, or remove the option.',
	});
}

function filtersOf(chosen: string[], texts: Record<string, string>): EventFilters {
	const { otherEventTypes = '', statuses = '', direction = '' } = texts;
	const { metadataKey = '', metadataValue = '', orderRefPrefix = '' } = texts;
	return {
		eventTypes: [...chosen, ...listedIn(otherEventTypes)],
		statuses: listedIn(statuses.toUpperCase()),
		direction: direction.toUpperCase(),
		metadataKey,
		metadataValue,
		orderRefPrefix,
	};
}
