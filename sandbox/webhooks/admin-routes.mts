import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod/v4';
import { filterDeliveries, type DeliveryFilter } from './delivery-filter.mts';
import type { DestinationSettings } from './vocabulary.mts';
import type { EmittedEvent, WebhookControls } from './webhook-controls.mts';

interface OfDestination {
	Params: { destinationId: string };
	Body: Partial<DestinationSettings>;
}

const emittedEvent = z.looseObject({ eventType: z.string().min(1) });

const release = z.object({ order: z.enum(['inOrder', 'reversed']).optional() }).nullish();

/** The controls of webhooks over HTTP. What cannot be done answers 400 with `{ error }`. */
export function addWebhookRoutes(server: FastifyInstance, webhooks: WebhookControls): void {
	addDestinationRoutes(server, webhooks);
	addEventRoutes(server, webhooks);
	addDeliveryRoutes(server, webhooks);
}

/** `POST` takes settings as in the vocabulary, `PATCH` those that are to change. */
function addDestinationRoutes(server: FastifyInstance, webhooks: WebhookControls): void {
	const path = '/webhooks/destinations';
	server.get(path, async () => webhooks.destinations);
	server.post<OfDestination>(path, async ({ body }, reply) =>
		attempt(reply, () => {
			const added = webhooks.addDestination(body as DestinationSettings);
			return reply.code(201).send(added);
		}),
	);
	server.patch<OfDestination>(`${path}/:destinationId`, async ({ params, body }, reply) =>
		attempt(reply, () => reply.send(webhooks.changeDestination(params.destinationId, body))),
	);
	server.delete<OfDestination>(`${path}/:destinationId`, async ({ params }, reply) =>
		attempt(reply, () => {
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
		isQuiet: webhooks.isQuiet,
		deliveries: filterDeliveries(webhooks.deliveries, query),
	}));
	server.post<{ Params: { deliveryId: string } }>(
		'/webhooks/deliveries/:deliveryId/replay',
		async ({ params }, reply) =>
			attempt(reply, () => reply.code(201).send(webhooks.replay(Number(params.deliveryId)))),
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

function attempt(reply: FastifyReply, act: () => FastifyReply): FastifyReply {
	try {
		return act();
	} catch (error) {
		return reply.code(400).send({ error: (error as Error).message });
	}
}
