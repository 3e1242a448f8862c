import { isJsonObject, type JsonObject } from '../../api/jsonObject';
import { terminalFailureReason } from '../../validation/terminalFailure';
import { withMinorUnits } from '../../validation/decimalText';
import { readAmount, readMetadata, type ImburseEvent } from '../events/event';
import { ownProperty } from '../jsonValues';

/**
 * An event with what Imburse holds in place of what the event said of itself (models: API reference
 * 5). What Imburse's answer lacks is null and not taken from the event.
 *
 * @param sentMetadata what the event brought along, where its origin was proved; otherwise none
 * @param order the order as it was read; undefined where nobody asked for it
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

/** The later ones win: the instruction's own keys over those of its order (API reference 5). */
function mergeMetadata(...layers: Array<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(layers.flatMap((layer) => Object.entries(layer)));
}

function metadataOf(record: JsonObject | undefined): Record<string, string> {
	const metadata = record && ownProperty(record, 'metadata');
	return isJsonObject(metadata) ? readMetadata(metadata) : {};
}
