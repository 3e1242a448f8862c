import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

export const SCHEME_ID = 'D0000000000000000000000000000002';

/** An Imburse that makes everything at once, and shows what it was told to make. */
export class EchoingImburse {
	latencyMs = 0;
	calls = 0;
	private readonly orders = new Map<string, SentOrder>();

	readonly listener = (incoming: IncomingMessage, response: ServerResponse): void => {
		void this.answer(incoming, response);
	};

	private async answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
		const { method, url = '' } = incoming;
		const sent = await text(incoming);
		const isOrder = url.includes('/order-management');
		if (isOrder) this.calls++;
		if (isOrder && this.latencyMs > 0) await delay(this.latencyMs);
		if (isOrder && method === 'POST') {
			const order = JSON.parse(sent) as SentOrder;
			this.orders.set(order.orderRef, order);
			response.writeHead(202).end();
			return;
		}
		const expires = new Date(Date.now() + 3_600_000).toISOString();
		const body = isOrder ? this.shown(url) : { accessToken: 'token', expires };
		response
			.writeHead(body ? 200 : 404, { 'content-type': 'application/json' })
			.end(JSON.stringify(body));
	}

	private shown(url: string): object | undefined {
		const [, orderRef = '', instructionRef] =
			/order-management\/([^/]+)(?:\/instruction\/([^/]+))?$/.exec(url) ?? [];
		const order = this.orders.get(orderRef);
		if (instructionRef === undefined || !order) return order;
		const instruction = order.instructions.find((one) => one.instructionRef === instructionRef);
		if (!instruction) return undefined;
		const scheme = { schemeId: SCHEME_ID, source: 'MANUALLY_SET' };
		return { orderRef, status: 'PROCESSING', ...instruction, scheme };
	}
}

interface SentOrder {
	orderRef: string;
	instructions: { instructionRef: string }[];
}
