import type { Delivery } from '../../../nodes/Imburse/webhook/delivery.ts';

/** 2026-11-30, 12:00 UTC. */
export const NOW = Date.UTC(2026, 10, 30, 12);

/** A call with that body; a text or bytes go as they are, anything else as JSON. */
export function delivery(body: unknown, call: Partial<Delivery> = {}): Delivery {
	return { headers: {}, query: {}, ipAddress: '203.0.113.7', body: bytesOf(body), ...call };
}

function bytesOf(body: unknown): Buffer {
	if (Buffer.isBuffer(body)) return body;
	return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body), 'utf8');
}
