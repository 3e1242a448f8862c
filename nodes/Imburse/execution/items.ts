import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { ImburseFailure } from '../api/failure';
import { statusMeaning } from '../api/statusTable';
import type { Success } from '../operation';

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
export function responseDetails({ status, imburseId, correlationId }: Success): IDataObject {
	return {
		status,
		statusMeaning: statusMeaning(status),
		correlationId: imburseId,
		clientCorrelationId: correlationId,
		attempts: 1,
	};
}
