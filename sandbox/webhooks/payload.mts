import { DecimalNumber } from '../decimal.mts';
import { toJson } from '../json.mts';
import type { WebhookEvent } from './event.mts';
import type { CompleteSettings, PayloadShape } from './vocabulary.mts';

/** Fields that stand outside when the others are wrapped. */
const outerFields = ['eventId', 'eventType', 'timestamp'];

/** The text of a delivery's body. */
export function bodyOf(events: readonly WebhookEvent[], settings: CompleteSettings): string {
	const { maximumBatchSize, envelope = maximumBatchSize === 1 ? 'object' : 'array' } = settings;
	const payloads = events.map((event) => payloadOf(event, settings.payload));
	if (envelope === 'object') return toJson(payloads[0]);
	return toJson(envelope === 'array' ? payloads : { [envelope.wrappedIn]: payloads });
}

function payloadOf(event: WebhookEvent, shape: PayloadShape): object {
	const { fields, names, within } = shape;
	const chosen = Object.keys(event).filter((field) => fields?.includes(field) ?? true);
	const written = (some: readonly string[]): object =>
		Object.fromEntries(some.map((field) => [names[field] ?? field, valueOf(event, field, shape)]));
	if (within === undefined) return written(chosen);
	return {
		...written(chosen.filter((field) => outerFields.includes(field))),
		[within]: written(chosen.filter((field) => !outerFields.includes(field))),
	};
}

function valueOf(event: WebhookEvent, field: string, shape: PayloadShape): unknown {
	const { amount, timestamp } = event;
	if (field === 'timestamp') return timestampAs(shape.timestamp, timestamp);
	const isNumber = field === 'amount' && shape.amount === 'number';
	return isNumber && typeof amount === 'string' ? new DecimalNumber(amount) : event[field];
}

function timestampAs(form: PayloadShape['timestamp'], epochMs: number): number | string {
	if (form === 'iso') return new Date(epochMs).toISOString();
	return form === 'seconds' ? Math.floor(epochMs / 1000) : epochMs;
}
