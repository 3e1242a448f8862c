import type { Fields } from '../body.mts';
import { refusal } from '../failures.mts';
import type { DestinationSettings } from './vocabulary.mts';

/** Which body Imburse reads is not known (API reference 7.1); any of these will do here. */
const urlNames = ['url', 'destination', 'destinationUrl', 'webhookUrl', 'callbackUrl', 'endpoint'];
const eventNames = ['events', 'eventTypes'];

/** What a registration asks for. Throws a `Refusal` whose code is the sandbox's own. */
export function readRegistration(fields: Fields): DestinationSettings {
	const url = firstOf(fields, urlNames);
	if (url === undefined) throw refusal(400, 'WEBHOOK_URL_IS_REQUIRED', `one of ${urlNames.join()}`);
	if (typeof url !== 'string' || !isWebAddress(url)) {
		throw refusal(400, 'WEBHOOK_URL_NOT_RECOGNISED');
	}
	const eventTypes = firstOf(fields, eventNames) ?? [];
	if (!isTexts(eventTypes)) throw refusal(400, 'WEBHOOK_EVENTS_NOT_RECOGNISED');
	return eventTypes.length > 0 ? { url, eventTypes } : { url };
}

function firstOf(fields: Fields, names: readonly string[]): unknown {
	return names.map((name) => fields[name]).find((value) => value !== undefined && value !== null);
}

function isTexts(value: unknown): value is string[] {
	return Array.isArray(value) && value.every((one) => typeof one === 'string' && one !== '');
}

function isWebAddress(text: string): boolean {
	return /^https?:\/\//i.test(text) && URL.canParse(text);
}
