import type { JsonObject } from '../../validation/jsonObject';
import { withMinorUnits } from '../../validation/decimalText';
import { terminalFailureReason } from '../../validation/terminalFailure';
import { readAmount, readMetadata, type ImburseEvent } from '../events/event';
import { ownProperty } from '../jsonValues';

/**
 * An event with what Imburse holds in place of what the event reported (models: API reference 5). A
 * field that Imburse's response lacks is null; it is not taken from the event.
 *
 * @param order undefined where it was not read
 * @param sentMetadata metadata of the event where its origin is proved; otherwise none
 */
export function confirmedEvent(
	event: ImburseEvent,
	instruction: JsonObject,
	order: JsonObject | undefined,
	sentMetadata: Record<string, string>,
): ImburseEvent {
	const text = (name: string) => {
		const value = ownProperty(instruction, name);
		return typeof value === 'string' && value !== '' ? value : null;
	};
	return {
		...event,
		customerRef: text('customerRef'),
		direction: text('direction')?.toUpperCase() ?? null,
		amount: withMinorUnits(readAmount(ownProperty(instruction, 'amount')), text('currency')),
		currency: text('currency'),
		status: text('status')?.toUpperCase() ?? null,
		failureReason: terminalFailureReason(instruction),
		metadata: mergeMetadata(sentMetadata, metadataOf(order), metadataOf(instruction)),
	};
}

/**
 * Later layers win. That the keys of an instruction win over those of its order is inferred: API
 * reference 5 documents it for the customer default, and does not say it for the order.
 */
function mergeMetadata(...layers: Array<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(layers.flatMap((layer) => Object.entries(layer)));
}

function metadataOf(resource: JsonObject | undefined): Record<string, string> {
	return readMetadata(resource && ownProperty(resource, 'metadata'));
}
