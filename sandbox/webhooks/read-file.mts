import { readFileSync } from 'node:fs';
import { z } from 'zod/v4';
import { destinationSchema, type DestinationSettings } from './vocabulary.mts';

/** A file with a JSON array of destinations. Throws an Error that names the file. */
export function readWebhookFile(path: string): DestinationSettings[] {
	try {
		const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
		const { error } = z.array(destinationSchema).safeParse(value);
		if (error) throw new Error(`The webhooks cannot be read.\n${z.prettifyError(error)}`);
		return value as DestinationSettings[];
	} catch (error) {
		throw new Error(`${path}: ${(error as Error).message}`, { cause: error });
	}
}
