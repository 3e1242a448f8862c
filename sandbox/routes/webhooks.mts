import { parseBody } from '../requestBody.mts';
import { apiError } from '../apiError.mts';
import { pathParameter, type Route } from '../route.mts';
import { parseRegistration } from '../webhooks/registration.mts';

const path = '/management/v1/notifications/webhooks';

/**
 * Method, path and role are documented, for 2019 only (API reference 7.1). The body, its validation,
 * 201 and everything in the response are the sandbox's own. The access token and the two ID headers
 * are required as everywhere; the token of 2019 needed no such headers (API reference 3.5).
 */
const registerWebhook: Route = {
	name: 'registerWebhook',
	method: 'POST',
	paths: [path],
	area: 'configuration',
	permission: 'webhookWrite',
	handle(request, { webhooks }) {
		const registered = webhooks.addDestination(parseRegistration(parseBody(request)));
		const { destinationId: id, url, eventTypes, verificationKey } = registered;
		return { status: 201, body: { id, url, events: eventTypes ?? null, verificationKey } };
	},
};

/** Not published: it exists only when the option says so, and is then the sandbox's own. */
const deleteWebhook: Route = {
	name: 'deleteWebhook',
	method: 'DELETE',
	paths: [`${path}/:webhookId`],
	area: 'configuration',
	permission: 'webhookWrite',
	handle(request, { options, webhooks }) {
		if (!options.webhookDeletion) return { status: 404 };
		const webhookId = pathParameter(request, 'webhookId');
		if (!webhooks.destinations.some(({ destinationId }) => destinationId === webhookId)) {
			throw apiError(404, 'WEBHOOK_NOT_FOUND');
		}
		webhooks.removeDestination(webhookId);
		return { status: 204 };
	},
};

export const webhookRoutes: readonly Route[] = [registerWebhook, deleteWebhook];
