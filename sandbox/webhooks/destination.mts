import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod/v4';
import { destinationSchema, type CompleteSettings } from './vocabulary.mts';

/** Where events go, with the key that its receiver verifies them with. */
export interface Destination extends CompleteSettings {
	destinationId: string;
	verificationKey: string;
}

/**
 * Settings from anywhere: a test, a JSON file, the admin endpoint. Throws an Error that says what is
 * wrong where.
 */
export function createDestination(settings: unknown): Destination {
	return completed(randomUUID(), readSettings(settings));
}

/** The same destination with what is given changed. Throws as `createDestination` does. */
export function changeDestination(destination: Destination, changes: object): Destination {
	const { destinationId, ...settings } = destination;
	return completed(destinationId, readSettings({ ...settings, ...changes }));
}

function completed(destinationId: string, settings: CompleteSettings): Destination {
	const verificationKey = settings.verificationKey ?? newKey(settings);
	return { destinationId, ...settings, verificationKey };
}

/** The form of Imburse's keys is not known; Base64 of 32 bytes is that of the API's private keys. */
function newKey({ signature }: CompleteSettings): string {
	return randomBytes(32).toString(signature?.keyEncoding === 'hex' ? 'hex' : 'base64');
}

export function readSettings(value: unknown): CompleteSettings {
	const { data, error } = destinationSchema.safeParse(value);
	if (error) throw new Error(`The webhook cannot be read.\n${z.prettifyError(error)}`);
	return data;
}
