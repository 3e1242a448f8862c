import type { IWebhookFunctions } from 'n8n-workflow';

/** The same for every call of the same trigger. */
export function triggerIdOf(context: IWebhookFunctions): string {
	return `${context.getWorkflow().id}/${context.getNode().id}`;
}
