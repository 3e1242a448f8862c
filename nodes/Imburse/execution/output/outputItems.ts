import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { ApiVersion } from '../../api/credential';
import { ENDPOINTS, fillPath, versionFor } from '../../api/endpoints';
import type { ImburseFailure } from '../../api/errors/failure';
import { statusMeaning } from '../../api/errors/statusTable';
import type { ApiSuccess } from '../../operation';
import type { PreparedItem } from '../items';

/** The output of an item that succeeded. */
export function successItem(json: IDataObject, item: number): INodeExecutionData {
	return { json, pairedItem: { item } };
}

/**
 * The output of an item that did not. Everything stands under the one key `error`: n8n sends an
 * item with more keys than that to the success branch, where a failed payment counts as paid.
 */
export function errorItem(failure: ImburseFailure, item: number): INodeExecutionData {
	return { json: { error: { ...failure } }, pairedItem: { item } };
}

/** What *Include Response Details* adds to an item. */
export function responseDetails(success: ApiSuccess): IDataObject {
	const { status, imburseId, correlationId, attempts } = success;
	return {
		status,
		statusMeaning: statusMeaning(status),
		correlationId: imburseId,
		clientCorrelationId: correlationId,
		attempts,
	};
}

/**
 * The output of an item that was only checked: what would have been sent. No reference stands at
 * the top, where a later node could take it for a made order.
 */
export function validatedItem(
	{ item, plan }: PreparedItem,
	version: ApiVersion,
): INodeExecutionData {
	const { endpoint: name, identifiers = {}, body } = plan.request;
	const endpoint = ENDPOINTS[name];
	const path = fillPath(endpoint, versionFor(endpoint, version), identifiers);
	const request = { method: endpoint.method, path, body: body?.text ?? null };
	const changes = plan.changes ? { changes: plan.changes } : {};
	return successItem({ validateOnly: true, request, ...changes }, item);
}
