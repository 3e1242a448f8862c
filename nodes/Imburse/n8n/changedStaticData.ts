import type { IDataObject, IWebhookFunctions, Workflow } from 'n8n-workflow';

/**
 * The node's static data, to be written now: n8n stores them after the webhook even if nothing is
 * written.
 *
 * n8n 2.x (2.41.1) builds another workflow over the same object before it stores it, and that one
 * marks the object as unchanged; so n8n's workflow gets a copy that nobody else has. n8n's types hide
 * the workflow of a context, which both generations have. Under an n8n that has none, the static data
 * are changed as in any other node.
 */
export function changedStaticData(context: IWebhookFunctions): IDataObject {
	const { workflow } = context as IWebhookFunctions & { workflow?: Workflow };
	workflow?.overrideStaticData({ ...workflow.staticData });
	return context.getWorkflowStaticData('node');
}
