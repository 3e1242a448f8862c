import { isJsonObject, type JsonObject } from '../../api/jsonObject';
import { terminalFailureReason } from '../../validation/terminalFailure';
import { withMinorUnits } from '../../validation/decimalText';
import { amountText, metadataOf, type ImburseEvent } from '../events/event';
import { own } from '../events/records';

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
		const value = own(instruction, name);
		return typeof value === 'string' && value !== '' ? value : null;
	};
	return {
		...event,
		customerRef: text('customerRef'),
		direction: text('direction')?.toUpperCase() ?? null,
		amount: withMinorUnits(amountText(own(instruction, 'amount')), text('currency')),
		currency: text('currency'),
		status: text('status')?.toUpperCase() ?? null,
		failureReason: terminalFailureReason(instruction),
		metadata: merged(sentMetadata, metadataIn(order), metadataIn(instruction)),
	};
}

/** The later ones win: the instruction's own keys over those of its order (API reference 5). */
function merged(...layers: Array<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(layers.flatMap((layer) => Object.entries(layer)));
}

function metadataIn(record: JsonObject | undefined): Record<string, string> {
	const metadata = record && own(record, 'metadata');
	return isJsonObject(metadata) ? metadataOf(metadata) : {};
}
