import type { ImburseCredential } from '../api/credential';
import { asJsonObject, isJsonObject, type JsonObject } from '../validation/jsonObject';
import { validateCount } from '../validation/number';
import { fieldPath, formatValue, splitList } from '../validation/format';
import { allOf, invalid, valid, type ValidationResult } from '../validation/result';
import type { EventPaths } from './events/eventFields';
import type { EventFilters } from './events/filters';
import {
	DEFAULT_LOOK_UPS_PER_MINUTE,
	DEFAULT_MAX_BODY_KB,
	DEFAULT_WINDOW_HOURS,
} from './form/options';
import { trimmedText, type TriggerParameters } from './triggerParameters';
import { parseIpRanges, type IpRange } from './verify/ipRanges';
import { validateVerification } from './verify/validateVerification';
import type { Verification } from './verify/verifyDelivery';

/** The trigger's parameters after validation. */
export interface TriggerSettings {
	verification: Verification;
	/** Whether each event is confirmed by a look-up. */
	confirmsEvents: boolean;
	readsOrder: boolean;
	/** Empty if every address is allowed. */
	allowedIpRanges: IpRange[];
	maxBodyBytes: number;
	lookUpsPerMinute: number;
	/** How long an event is known for de-duplication. Milliseconds. */
	windowMs: number;
	/** Whether an event counts as delivered only when the workflow has ended. */
	waitsForWorkflow: boolean;
	filters: EventFilters;
	eventPaths: EventPaths;
	/** Path of the list of events in a body; empty to search for it. */
	eventListPath: string;
}

/**
 * Validates what the user filled in, and what the credential holds for it. If anything is missing, no
 * delivery is accepted.
 */
export function validateSettings(
	parameters: TriggerParameters,
	credential: ImburseCredential,
): ValidationResult<TriggerSettings> {
	const options = asJsonObject(parameters.options);
	const validated = allOf({
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
	if (!validated.ok) return validated;
	const { verification, allowedIpRanges, lookUpsPerMinute, ...values } = validated.value;
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

/** A wrong expression must not switch off the user's settings without an error. */
function validateCollection(value: unknown, field: string): ValidationResult<JsonObject> {
	if (value === undefined || isJsonObject(value)) return valid(value ?? {});
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

/** Every address is allowed only if the option is not there: an empty list was meant to hold some. */
function validateIpRanges(options: JsonObject): ValidationResult<IpRange[]> {
	if (!Object.hasOwn(options, 'allowedAddresses')) return valid([]);
	const { ranges, invalidEntries } = parseIpRanges(trimmedText(options.allowedAddresses));
	if (invalidEntries.length === 0 && ranges.length > 0) return valid(ranges);
	return invalid({
		field: 'Allowed Addresses',
		reason:
			invalidEntries.length === 0
				? 'it holds none'
				: `${formatValue(invalidEntries[0])} is no IP address`,
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
