import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod/v4';
import {
	destinationSchema,
	type DestinationSettings,
	type ParsedSettings,
} from './destinationSchema.mts';

/** A receiver of events, and the key with which it verifies them. */
export interface Destination extends ParsedSettings {
	destinationId: string;
	verificationKey: string;
}

/**
 * Takes settings from a test, a JSON file or the admin endpoint. Throws an Error that names the
 * mistake and its place.
 */
export function createDestination(settings: unknown): Destination {
	return withKey(randomUUID(), parseSettings(settings));
}

/** The same destination with these settings changed. Throws as `createDestination` does. */
export function changeDestination(destination: Destination, changes: object): Destination {
	const { destinationId, ...settings } = destination;
	return withKey(destinationId, parseSettings({ ...settings, ...changes }));
}

function withKey(destinationId: string, settings: ParsedSettings): Destination {
	const verificationKey = settings.verificationKey ?? newKey(settings);
	return { destinationId, ...settings, verificationKey };
}

/** The format of Imburse's keys is not known; the API's private keys are Base64 of 32 bytes. */
function newKey({ signature }: ParsedSettings): string {
	return randomBytes(32).toString(signature?.keyEncoding === 'hex' ? 'hex' : 'base64');
}

export function parseSettings(value: unknown): ParsedSettings {
	const { data, error } = destinationSchema.safeParse(value);
	if (error) throw new Error(`The webhook cannot be read.\n${z.prettifyError(error)}`);
	return data;
}

/** A file with a JSON array of destinations. Throws an Error that names the file. */
export function readDestinationFile(path: string): DestinationSettings[] {
	try {
		const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
		const { error } = z.array(destinationSchema).safeParse(value);
		if (error) throw new Error(`The webhooks cannot be read.\n${z.prettifyError(error)}`);
		return value as DestinationSettings[];
	} catch (error) {
		throw new Error(`${path}: ${(error as Error).message}`, { cause: error });
	}
}
