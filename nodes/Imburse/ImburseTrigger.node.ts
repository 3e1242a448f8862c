import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { RESPONSE_MODE, TRIGGER_FIELDS, TRIGGER_PANEL } from './webhook/form';
import { receive } from './webhook/receive';
import {
	isRegistered,
	registerWebhook,
	unregisterWebhook,
} from './webhook/register/registerWebhook';

/** The trigger node: a table of contents and one call. */
export class ImburseTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Imburse Trigger',
		name: 'imburseTrigger',
		icon: { light: 'file:../../icons/imburse.svg', dark: 'file:../../icons/imburse.dark.svg' },
		group: ['trigger'],
		// Both are the same to a user. For version 1, n8n evaluates one more expression at each delivery.
		version: [1, 1.1],
		defaultVersion: 1.1,
		subtitle:
			'={{ $parameter["eventTypes"].length ? $parameter["eventTypes"].join(", ") : "all events" }}',
		// n8n shows it for both nodes where it lists them as one.
		description:
			'Pay claims, collect premiums, and start a workflow when Imburse reports what became of a payment',
		eventTriggerDescription: 'Waiting for Imburse to call the test URL',
		activationMessage: 'Imburse’s events now start this workflow.',
		defaults: { name: 'Imburse Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'imburseApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'webhook',
				...RESPONSE_MODE,
				responseData: 'noData',
			},
		],
		triggerPanel: TRIGGER_PANEL,
		properties: TRIGGER_FIELDS,
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await isRegistered(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await registerWebhook(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await unregisterWebhook(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
