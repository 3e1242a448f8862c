import { readFields } from '../body.mts';
import { refusal } from '../failures.mts';
import { pathPart, type Route } from '../route.mts';
import { readRegistration } from '../webhooks/registration.mts';

const path = '/management/v1/notifications/webhooks';

/**
 * Method and path are documented, for 2019 only (API reference 7.1), and so is the role. The body,
 * its checks, 201 and everything in the answer are the sandbox's own. A token of the usual kind and
 * the two ID headers are asked for as everywhere; that of 2019 needed no such headers (API
 * reference 3.5).
 */
const registerWebhook: Route = {
	name: 'registerWebhook',
	method: 'POST',
	paths: [path],
	area: 'configuration',
	permission: 'webhookWrite',
	handle(call, { webhooks }) {
		const registered = webhooks.addDestination(readRegistration(readFields(call)));
		const { destinationId: id, url, eventTypes, verificationKey } = registered;
		return { status: 201, body: { id, url, events: eventTypes ?? null, verificationKey } };
	},
};

/** Not published at all: there only when the option says so, and then all of it is the sandbox's own. */
const deleteWebhook: Route = {
	name: 'deleteWebhook',
	method: 'DELETE',
	paths: [`${path}/:webhookId`],
	area: 'configuration',
	permission: 'webhookWrite',
	handle(call, { options, webhooks }) {
		if (!options.webhookDeletion) return { status: 404 };
		const webhookId = pathPart(call, 'webhookId');
		if (!webhooks.destinations.some(({ destinationId }) => destinationId === webhookId)) {
			throw refusal(404, 'WEBHOOK_NOT_FOUND');
		}
		webhooks.removeDestination(webhookId);
		return { status: 204 };
	},
};

export const webhookRoutes: readonly Route[] = [registerWebhook, deleteWebhook];
