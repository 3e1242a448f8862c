import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { ApiVersion } from '../../api/credential';
import { ENDPOINTS, fillPath, versionFor } from '../../api/endpoints';
import { statusMeaning } from '../../api/errors/statusTable';
import type { ItemResponse, Operation, Plan, RowColumns } from '../../operation';
import { failureJson } from '../errors/itemFailures';
import type { Batch } from '../guards/approval';
import type { ItemFailure, ItemResult, PreparedItem } from '../items';

/** The output of an item that was sent: one item, or one for each entry of a list. */
export function resultItems(operation: Operation, result: ItemResult): INodeExecutionData[] {
	const { index, includeResponse, plan } = result.item;
	if (!result.ok) return [errorItem(result.failure, index)];
	const details = includeResponse ? { response: responseDetails(result.response) } : {};
	const presented = present(operation, result.response, plan);
	return presented.map((json) => outputItem({ ...json, ...details }, index));
}

/** A response that the operation cannot show is put out as it is: what was made must not be lost. */
function present(operation: Operation, response: ItemResponse, plan: Plan): IDataObject[] {
	try {
		return [operation.present(response, plan)].flat();
	} catch {
		return [{ ...plan.echo, answer: response.value as IDataObject }];
	}
}

/**
 * The output of an item that failed. Everything stands under the one key `error`: n8n sends an
 * item with more keys than that to the success branch, where a failed payment counts as paid.
 */
export function errorItem(failure: ItemFailure, index: number): INodeExecutionData {
	return outputItem({ error: failureJson(failure) }, index);
}

/** What *Include Response Details* adds to an item. */
function responseDetails(response: ItemResponse): IDataObject {
	const { status, correlationId, clientCorrelationId, attempts } = response;
	return {
		status,
		statusMeaning: statusMeaning(status),
		correlationId,
		clientCorrelationId,
		attempts,
	};
}

/**
 * The output of an item that was only checked: what would have been sent. No reference stands at
 * the top, where a later node could take it for a made order.
 *
 * @param batch what all items are together, where the operation makes payments
 * @param columns those that the values come from, where the user has named columns
 */
export function validatedItem(
	{ index, plan }: PreparedItem,
	version: ApiVersion,
	batch: Batch | undefined,
	columns?: RowColumns,
): INodeExecutionData {
	const { endpoint: name, identifiers = {}, body } = plan.request;
	const endpoint = ENDPOINTS[name];
	const path = fillPath(endpoint, versionFor(endpoint, version), identifiers);
	const request = { method: endpoint.method, path, body: body?.text ?? null };
	const changes = plan.changes ? { changes: plan.changes } : {};
	const from = columns ? { columns: { ...columns.fields, metadata: { ...columns.metadata } } } : {};
	const together = batch ? { batch: { ...batch } } : {};
	return outputItem({ validateOnly: true, request, ...changes, ...from, ...together }, index);
}

/** Puts items into the order of the input. */
export function inInputOrder(items: INodeExecutionData[]): INodeExecutionData[] {
	return items.sort((a, b) => inputIndexOf(a) - inputIndexOf(b));
}

function outputItem(json: IDataObject, index: number): INodeExecutionData {
	return { json, pairedItem: { item: index } };
}

function inputIndexOf({ pairedItem }: INodeExecutionData): number {
	return (pairedItem as { item: number }).item;
}
