import type { StoredCredential } from '../../../../tools/n8n/credential.mts';
import type { Workflow } from '../../../../tools/n8n/workflow.mts';
import { workflowOf } from '../../harness/index.mts';

const WEBHOOK_ID = 'imburse-events';

/** Where Imburse delivers events, below the address for calls from outside. */
export const EVENTS_PATH = `${WEBHOOK_ID}/webhook`;

/**
 * Books each event of Imburse.
 *
 * @param respond when a delivery is acknowledged: `lastNode` is when all its events are booked
 */
export function bookEvents(
	credential: StoredCredential,
	ledgerUrl: string,
	respond: 'lastNode' | 'onReceived' = 'lastNode',
): Workflow {
	return workflowOf([
		{
			name: 'Imburse Event',
			type: 'n8n-nodes-imburse.imburseTrigger',
			typeVersion: 1,
			parameters: {
				verification: 'signature',
				options: { respond, maxLookups: 100_000, readsOrder: false },
			},
			credentials: { imburseApi: { id: credential.id, name: credential.name } },
			webhookId: WEBHOOK_ID,
		},
		{
			name: 'Book',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				method: 'POST',
				url: ledgerUrl,
				sendBody: true,
				specifyBody: 'json',
				jsonBody:
					'={{ JSON.stringify({ eventKey: $json.eventKey, orderRef: $json.orderRef, status: $json.status, confirmed: $json.confirmed }) }}',
				options: {},
			},
		},
	]);
}
