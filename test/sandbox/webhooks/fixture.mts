import type {
	DestinationSettings,
	SandboxOptions,
	WebhookControls,
} from '../../../sandbox/index.mts';
import { instruction, send, ImburseClient, type HttpResponse } from '../client.mts';
import { startReceiver, type Receiver } from './receiver.mts';

/** A sandbox, and a receiver that it may send to. */
export class WebhookFixture {
	private constructor(
		readonly client: ImburseClient,
		readonly receiver: Receiver,
	) {}

	static async start(options: Partial<SandboxOptions> = {}): Promise<WebhookFixture> {
		return new WebhookFixture(await ImburseClient.start(options), await startReceiver());
	}

	/** A reset ends the token. */
	async signInAgain(): Promise<WebhookFixture> {
		return new WebhookFixture(await ImburseClient.signIn(this.sandbox), this.receiver);
	}

	get sandbox() {
		return this.client.sandbox;
	}

	get webhooks(): WebhookControls {
		return this.sandbox.webhooks;
	}

	/** The bodies that arrived, parsed as JSON. */
	get arrivedBodies(): unknown[] {
		return this.receiver.received.map(({ json }) => json);
	}

	/** Statuses of the events that arrived singly. */
	get arrivedStatuses(): unknown[] {
		return this.receiver.received.map(({ json }) => (json as { status: unknown }).status);
	}

	/** Adds the receiver as a destination. */
	listen(settings: Partial<DestinationSettings> = {}) {
		return this.webhooks.addDestination({ url: this.receiver.url, ...settings });
	}

	/** An order with one instruction for each reference. */
	async createOrder(
		orderRef = 'ORDER-1',
		instructionRefs: readonly string[] = ['INSTRUCTION-1'],
	): Promise<void> {
		const instructions = instructionRefs.map((instructionRef) =>
			instruction(this.sandbox, { instructionRef }),
		);
		await this.client.post('/v1/order-management', { orderRef, instructions });
	}

	admin(
		method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
		path: string,
		body?: unknown,
	): Promise<HttpResponse> {
		const headers = { 'Content-Type': body === undefined ? undefined : 'application/json' };
		return send(`${this.sandbox.url}/_sandbox${path}`, method, { body, headers });
	}

	async stop(): Promise<void> {
		await this.sandbox.stop();
		await this.receiver.stop();
	}
}
