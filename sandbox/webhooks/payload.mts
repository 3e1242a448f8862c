import { DecimalNumber } from '../decimal.mts';
import { toJson } from '../json.mts';
import type { WebhookEvent } from './event.mts';
import type { ParsedSettings, PayloadShape } from './destinationSchema.mts';

/** Fields that stay outside when the others are wrapped. */
const envelopeFields = ['eventId', 'eventType', 'timestamp'];

/** The body of a delivery. */
export function deliveryBody(events: readonly WebhookEvent[], settings: ParsedSettings): string {
	const { maximumBatchSize, envelope = maximumBatchSize === 1 ? 'object' : 'array' } = settings;
	const payloads = events.map((event) => formatEvent(event, settings.payload));
	if (envelope === 'object') return toJson(payloads[0]);
	return toJson(envelope === 'array' ? payloads : { [envelope.wrappedIn]: payloads });
}

function formatEvent(event: WebhookEvent, shape: PayloadShape): object {
	const { fields, names, within } = shape;
	const chosen = Object.keys(event).filter((field) => fields?.includes(field) ?? true);
	const formatFields = (selected: readonly string[]): object =>
		Object.fromEntries(
			selected.map((field) => [names[field] ?? field, formatField(event, field, shape)]),
		);
	if (within === undefined) return formatFields(chosen);
	return {
		...formatFields(chosen.filter((field) => envelopeFields.includes(field))),
		[within]: formatFields(chosen.filter((field) => !envelopeFields.includes(field))),
	};
}

function formatField(event: WebhookEvent, field: string, shape: PayloadShape): unknown {
	const { amount, timestamp } = event;
	if (field === 'timestamp') return formatTimestamp(shape.timestamp, timestamp);
	const isNumber = field === 'amount' && shape.amount === 'number';
	return isNumber && typeof amount === 'string' ? new DecimalNumber(amount) : event[field];
}

function formatTimestamp(form: PayloadShape['timestamp'], epochMs: number): number | string {
	if (form === 'iso') return new Date(epochMs).toISOString();
	return form === 'seconds' ? Math.floor(epochMs / 1000) : epochMs;
}
