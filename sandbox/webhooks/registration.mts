import type { Fields } from '../requestBody.mts';
import { apiError } from '../apiError.mts';
import type { DestinationSettings } from './destinationSchema.mts';

/** The body that Imburse expects is not known (API reference 7.1); any of these names works here. */
const urlNames = ['url', 'destination', 'destinationUrl', 'webhookUrl', 'callbackUrl', 'endpoint'];
const eventNames = ['events', 'eventTypes'];

/** The settings in a registration. Throws an `ApiError` whose code is the sandbox's own. */
export function parseRegistration(fields: Fields): DestinationSettings {
	const url = firstOf(fields, urlNames);
	if (url === undefined)
		throw apiError(400, 'WEBHOOK_URL_IS_REQUIRED', `one of ${urlNames.join()}`);
	if (typeof url !== 'string' || !isHttpUrl(url)) {
		throw apiError(400, 'WEBHOOK_URL_NOT_RECOGNISED');
	}
	const eventTypes = firstOf(fields, eventNames) ?? [];
	if (!isStringList(eventTypes)) throw apiError(400, 'WEBHOOK_EVENTS_NOT_RECOGNISED');
	return eventTypes.length > 0 ? { url, eventTypes } : { url };
}

function firstOf(fields: Fields, names: readonly string[]): unknown {
	return names.map((name) => fields[name]).find((value) => value !== undefined && value !== null);
}

function isStringList(value: unknown): value is string[] {
	return Array.isArray(value) && value.every((one) => typeof one === 'string' && one !== '');
}

function isHttpUrl(text: string): boolean {
	return /^https?:\/\//i.test(text) && URL.canParse(text);
}
