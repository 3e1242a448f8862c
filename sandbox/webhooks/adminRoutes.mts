import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod/v4';
import type { Delivery, DeliveryState } from './delivery.mts';
import type { DestinationSettings } from './destinationSchema.mts';
import type { EmittedEvent, WebhookControls } from './webhookControls.mts';

interface DestinationRoute {
	Params: { destinationId: string };
	Body: Partial<DestinationSettings>;
}

interface DeliveryFilter {
	destinationId?: string;
	state?: DeliveryState;
	eventId?: string;
}

const emittedEvent = z.looseObject({ eventType: z.string().min(1) });

const release = z.object({ order: z.enum(['inOrder', 'reversed']).optional() }).nullish();

/** The controls of webhooks over HTTP. A control that throws answers 400 with `{ error }`. */
export function addWebhookRoutes(server: FastifyInstance, webhooks: WebhookControls): void {
	addDestinationRoutes(server, webhooks);
	addEventRoutes(server, webhooks);
	addDeliveryRoutes(server, webhooks);
}

/** `POST` takes settings as in `destinationSchema.mts`, `PATCH` those to change. */
function addDestinationRoutes(server: FastifyInstance, webhooks: WebhookControls): void {
	const path = '/webhooks/destinations';
	server.get(path, async () => webhooks.destinations);
	server.post<DestinationRoute>(path, async ({ body }, reply) =>
		replyOrRefuse(reply, () => {
			const added = webhooks.addDestination(body as DestinationSettings);
			return reply.code(201).send(added);
		}),
	);
	server.patch<DestinationRoute>(`${path}/:destinationId`, async ({ params, body }, reply) =>
		replyOrRefuse(reply, () => reply.send(webhooks.changeDestination(params.destinationId, body))),
	);
	server.delete<DestinationRoute>(`${path}/:destinationId`, async ({ params }, reply) =>
		replyOrRefuse(reply, () => {
			webhooks.removeDestination(params.destinationId);
			return reply.code(204).send();
		}),
	);
}

function addEventRoutes(server: FastifyInstance, webhooks: WebhookControls): void {
	server.get('/webhooks/events', async () => webhooks.events);
	server.post<{ Body: EmittedEvent }>(
		'/webhooks/events',
		{ schema: { body: emittedEvent } },
		async ({ body }, reply) => reply.code(201).send(webhooks.emit(body)),
	);
	server.get('/webhooks/unacknowledged', async () => webhooks.unacknowledged);
}

/** `GET` takes `destinationId`, `state` and `eventId` in the query. */
function addDeliveryRoutes(server: FastifyInstance, webhooks: WebhookControls): void {
	server.get<{ Querystring: DeliveryFilter }>('/webhooks/deliveries', async ({ query }) => ({
		isIdle: webhooks.isIdle,
		deliveries: filterDeliveries(webhooks.deliveries, query),
	}));
	server.post<{ Params: { deliveryId: string } }>(
		'/webhooks/deliveries/:deliveryId/replay',
		async ({ params }, reply) =>
			replyOrRefuse(reply, () => reply.code(201).send(webhooks.replay(Number(params.deliveryId)))),
	);
	server.post('/webhooks/flush', async (_request, reply) => {
		webhooks.flush();
		return reply.code(204).send();
	});
	server.post('/webhooks/hold', async (_request, reply) => {
		webhooks.hold();
		return reply.code(204).send();
	});
	server.post<{ Body: z.infer<typeof release> }>(
		'/webhooks/release',
		{ schema: { body: release } },
		async ({ body }, reply) => {
			webhooks.release(body?.order);
			return reply.code(204).send();
		},
	);
}

/** The deliveries that match every given field. */
function filterDeliveries(
	deliveries: readonly Delivery[],
	{ destinationId, state, eventId }: DeliveryFilter,
): Delivery[] {
	return deliveries.filter(
		(delivery) =>
			(destinationId === undefined || delivery.destinationId === destinationId) &&
			(state === undefined || delivery.state === state) &&
			(eventId === undefined || delivery.eventIds.includes(eventId)),
	);
}

function replyOrRefuse(reply: FastifyReply, action: () => FastifyReply): FastifyReply {
	try {
		return action();
	} catch (error) {
		return reply.code(400).send({ error: (error as Error).message });
	}
}
