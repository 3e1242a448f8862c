import type { IDataObject } from 'n8n-workflow';

import type { ImburseCredential } from '../api/credential';
import { isJsonObject } from '../api/jsonObject';
import { validateCount } from '../validation/count';
import { fieldPath, formatValue } from '../validation/format';
import { splitList } from '../validation/splitList';
import { valid, allOf, invalid, type ValidationResult } from '../validation/result';
import type { EventPaths } from './events/eventFields';
import type { EventFilters } from './events/filters';
import {
	DEFAULT_MAX_BODY_KB,
	DEFAULT_LOOK_UPS_PER_MINUTE,
	DEFAULT_WINDOW_HOURS,
} from './form/options';
import { objectOf, trimmedText, type TriggerParameters } from './parameters';
import { parseIpRanges, type IpRange } from './verify/ipRanges';
import { validateVerification } from './verify/validateVerification';
import type { Verification } from './verify/verifyDelivery';

/** What the user filled in, checked. */
export interface TriggerSettings {
	verification: Verification;
	/** Whether Imburse is asked about each event. */
	confirmsEvents: boolean;
	readsOrder: boolean;
	/** Empty for any. */
	allowedIpRanges: IpRange[];
	/** Bytes. */
	maxBodyBytes: number;
	/** Per minute. */
	lookUpsPerMinute: number;
	/** Milliseconds for which an event is remembered. */
	windowMs: number;
	waitsForWorkflow: boolean;
	filters: EventFilters;
	eventPaths: EventPaths;
	/** Where the list of events stands in a body; empty to look for it. */
	eventListPath: string;
}

/**
 * Checks what the user filled in, and that the credential holds what it needs. Nothing is let in
 * where something is missing.
 */
export function validateSettings(
	parameters: TriggerParameters,
	credential: ImburseCredential,
): ValidationResult<TriggerSettings> {
	const options = objectOf(parameters.options);
	const checked = allOf({
		verification: validateVerification(parameters, credential),
		signature: validateCollection(parameters.signature, 'Signature Settings'),
		options: validateCollection(parameters.options, 'Options'),
		filters: validateTexts(parameters.filters, 'Filters'),
		reading: validateTexts(parameters.reading, 'Field Paths'),
		eventTypes: validateEventTypes(parameters.eventTypes ?? []),
		allowedIpRanges: validateIpRanges(options),
		maxBodyKb: validateCount(options.maxBodyKb ?? DEFAULT_MAX_BODY_KB, 'Max Body Size (KB)'),
		lookUpsPerMinute: validateCount(
			options.maxLookups ?? DEFAULT_LOOK_UPS_PER_MINUTE,
			'Max Look-Ups per Minute',
		),
		hours: validateCount(options.window ?? DEFAULT_WINDOW_HOURS, 'De-Duplication Window (Hours)'),
	});
	if (!checked.ok) return checked;
	const { verification, allowedIpRanges, lookUpsPerMinute, ...values } = checked.value;
	const { events: eventListPath = '', ...eventPaths } = values.reading;
	return valid({
		verification,
		allowedIpRanges,
		lookUpsPerMinute,
		confirmsEvents: parameters.confirm !== false,
		readsOrder: options.readsOrder !== false,
		maxBodyBytes: values.maxBodyKb * 1024,
		windowMs: values.hours * 60 * 60 * 1000,
		waitsForWorkflow: options.respond === 'lastNode',
		filters: filtersOf(values.eventTypes, values.filters),
		eventPaths,
		eventListPath,
	});
}

/** What an expression got wrong must not switch off in silence what the user has set. */
function validateCollection(value: unknown, field: string): ValidationResult<IDataObject> {
	if (value === undefined || isJsonObject(value)) return valid((value ?? {}) as IDataObject);
	return invalid({
		field,
		reason: `${formatValue(value)} is no collection of settings`,
		fix: 'Remove the expression, and set each of them on its own.',
	});
}

function validateTexts(value: unknown, field: string): ValidationResult<Record<string, string>> {
	const collection = validateCollection(value, field);
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

function validateEventTypes(value: unknown): ValidationResult<string[]> {
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
function validateIpRanges(options: IDataObject): ValidationResult<IpRange[]> {
	if (!Object.hasOwn(options, 'allowedAddresses')) return valid([]);
	const { ranges, invalidEntries: unreadable } = parseIpRanges(
		trimmedText(options.allowedAddresses),
	);
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
