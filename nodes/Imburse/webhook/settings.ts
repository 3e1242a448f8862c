import type { IDataObject } from 'n8n-workflow';

import type { ImburseCredential } from '../api/credential';
import { checkCount } from '../rules/count';
import { quoted } from '../rules/quoted';
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
		allowedAddresses: checkAddresses(textOf(options.allowedAddresses)),
		maxBodyKb: checkCount(options.maxBodyKb ?? DEFAULT_BODY_KB, 'Max Body Size (KB)'),
		maxLookups: checkCount(options.maxLookups ?? DEFAULT_LOOKUPS, 'Max Look-Ups per Minute'),
		hours: checkCount(options.window ?? DEFAULT_WINDOW_HOURS, 'De-Duplication Window (Hours)'),
	});
	if (!checked.ok) return checked;
	const { hours, maxBodyKb, ...values } = checked.value;
	const { events: eventsPath = '', ...paths } = textsOf(objectOf(parameters.reading));
	return accepted({
		...values,
		confirms: parameters.confirm !== false,
		readsOrder: options.readsOrder !== false,
		maxBody: maxBodyKb * 1024,
		window: hours * 60 * 60 * 1000,
		waitsForEnd: options.respond === 'lastNode',
		filters: filtersOf(parameters),
		paths,
		eventsPath,
	});
}

function checkAddresses(text: string): Checked<AddressRange[]> {
	const { ranges, unreadable } = readAddresses(text);
	if (unreadable.length === 0) return accepted(ranges);
	return refused({
		field: 'Allowed Addresses',
		reason: `${quoted(unreadable[0])} is no IP address`,
		fix: 'Enter addresses such as 203.0.113.7 or ranges such as 198.51.100.0/24, with commas in between.',
	});
}

function filtersOf(parameters: TriggerParameters): EventFilters {
	const { direction, metadataKey, metadataValue, orderRefPrefix, otherEventTypes, statuses } =
		textsOf(objectOf(parameters.filters));
	const chosen = Array.isArray(parameters.eventTypes) ? parameters.eventTypes.map(String) : [];
	return {
		eventTypes: [...chosen, ...listed(otherEventTypes)],
		statuses: listed(statuses).map((status) => status.toUpperCase()),
		direction: direction ?? '',
		metadataKey: metadataKey ?? '',
		metadataValue: metadataValue ?? '',
		orderRefPrefix: orderRefPrefix ?? '',
	};
}

function listed(text = ''): string[] {
	return text
		.split(',')
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');
}

function textsOf(values: IDataObject): Record<string, string> {
	return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, textOf(value)]));
}
