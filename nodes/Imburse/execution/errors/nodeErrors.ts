import type { INode, INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { apiError, listError, operationError } from '../../n8n/nodeError';
import { describeFixes, describeReasons, type ValidationError } from '../../validation/result';
import type { InvalidItem, ItemResult } from '../items';
import { invalidLines } from './invalidLines';
import { failureJson } from './itemFailures';

/**
 * The error that ends a run half-way: the first failure, and what became of the other items.
 *
 * @param results at least one of them a failure
 */
export function runFailedError(node: INode, results: ItemResult[]): NodeApiError {
	const failed = results.filter((result) => !result.ok);
	const first = failed.find(({ failure }) => failure.outcome !== 'notSent') ?? failed[0]!;
	const { message, description, httpStatus } = first.failure;
	const text = { message, description: [description, progress(results)].join(' ').trim() };
	return apiError(node, text, {
		httpStatus,
		itemIndex: first.item.index,
		data: failureJson(first.failure),
	});
}

/** What became of every item: nothing of the node's output is left to tell it. */
function progress(results: ItemResult[]): string {
	if (results.length === 1) return '';
	const labels = (belongs: (result: ItemResult) => boolean) =>
		joinLabels(results.filter(belongs).map(({ item }) => item.plan.label));
	const isNotSent = (result: ItemResult) => !result.ok && result.failure.outcome === 'notSent';
	return [
		`Done: ${labels(({ ok }) => ok)}.`,
		`Failed: ${labels((result) => !result.ok && !isNotSent(result))}.`,
		`Not sent: ${labels(isNotSent)}.`,
	].join(' ');
}

/** What items are about, one after another. */
export function joinLabels(labels: string[]): string {
	return labels.length === 0 ? 'none' : labels.join(', ');
}

/** The error for a credential that cannot be used. */
export function credentialError(node: INode, errors: ValidationError[]): NodeOperationError {
	const message = `The Imburse credential cannot be used. ${describeReasons(errors)}`;
	return operationError(node, message, describeFixes(errors));
}

/** The error for a mistake that nobody foresaw. */
export function bugError(node: INode, reason: string): NodeOperationError {
	const message = `The Imburse node could not run: ${reason}`;
	return operationError(node, message, REPORT_IT);
}

const REPORT_IT = 'If the reason does not help you, report it to the makers of this node.';

/** The error for a workflow that names what this version of the node does not have. */
export function noSuchOperationError(node: INode, resource: string, operation: string) {
	const message = `There is no operation "${operation}" of "${resource}"`;
	return operationError(node, message, 'Choose the Resource and the Operation again.');
}

/**
 * The error for items that break a rule: all of them, each with field, reason and fix. What a single
 * item breaks stands in the message, and what to do about it in the description.
 *
 * @param input all items of the run
 */
export function invalidError(
	node: INode,
	invalid: readonly InvalidItem[],
	input: readonly INodeExecutionData[],
): NodeOperationError {
	const [first] = invalid;
	const errors = input.length === 1 ? (first?.errors ?? []) : [];
	const [sole] = errors;
	if (sole && errors.length === 1) {
		return operationError(node, `${sole.field}: ${sole.reason}`, sole.fix, first?.index);
	}
	const message = sole
		? `The item cannot be sent for ${errors.length} reasons`
		: `${invalid.length} of ${input.length} items cannot be sent`;
	return listError(node, message, invalidLines(invalid, input), first?.index);
}
