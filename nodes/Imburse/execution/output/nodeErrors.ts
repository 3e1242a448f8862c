import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import type { ImburseFailure, Outcome } from '../../api/errors/failure';
import type { ValidationError } from '../../validation/result';
import { isToolNode } from '../../n8n/toolRun';
import { panelSentence, panelList } from '../../n8n/panelHtml';
import type { InvalidItem, ItemResult } from '../items';

/**
 * The error that ends a run half-way: the first failure, and what became of the other items. It
 * is made anew from the failure alone: an error of n8n's own would keep its text and drop ours.
 */
export function stoppedError(node: INode, results: ItemResult[]): NodeApiError {
	const failed = results.filter((result) => !result.ok);
	const first = failed.find(({ failure }) => failure.outcome !== 'notSent') ?? failed[0];
	if (!first) throw new NodeOperationError(node, 'No item failed');
	const { message, httpStatus } = first.failure;
	const description = [first.failure.description, progress(results)].join(' ').trim();
	const error = new NodeApiError(
		node,
		{ message, description },
		{
			message,
			description,
			httpCode: httpStatus === null ? undefined : String(httpStatus),
			itemIndex: first.ready.item,
		},
	);
	error.context.data = { ...first.failure };
	return worded(error, message, description);
}

/** What became of every item: nothing of the node's output is left to tell it. */
function progress(results: ItemResult[]): string {
	if (results.length === 1) return '';
	const named = (belongs: (result: ItemResult) => boolean) =>
		listed(results.filter(belongs).map(({ ready }) => ready.plan.label));
	const isNotSent = (result: ItemResult) => !result.ok && result.failure.outcome === 'notSent';
	return [
		`Done: ${named(({ ok }) => ok)}.`,
		`Failed: ${named((result) => !result.ok && !isNotSent(result))}.`,
		`Not sent: ${named(isNotSent)}.`,
	].join(' ');
}

/** What items are about, one after another. */
export function listed(labels: string[]): string {
	return labels.length === 0 ? 'none' : labels.join(', ');
}

/** The error for a credential that cannot be used. */
export function credentialError(node: INode, errors: ValidationError[]): NodeOperationError {
	const named = errors.map(({ field, reason }) => `${field}: ${reason}`);
	const message = `The Imburse credential cannot be used. ${named.join('; ')}`;
	return operationError(node, message, errors.map(({ fix }) => fix).join(' '));
}

/** The error for a mistake that nobody foresaw. */
export function mistakeError(node: INode, reason: string): NodeOperationError {
	const message = `The Imburse node could not run: ${reason}`;
	return operationError(node, message, REPORT_IT);
}

const REPORT_IT = 'If the reason does not help you, report it to the makers of this node.';

/** The error for a workflow that names what this version of the node does not have. */
export function noSuchOperation(node: INode, resource: string, operation: string) {
	const message = `There is no operation "${operation}" of "${resource}"`;
	return operationError(node, message, 'Choose the Resource and the Operation again.');
}

/** More lines than these nobody reads; the first ones show what is wrong. */
const MOST_LINES = 20;

/** The error for items that break a rule: all of them, each with field, reason and fix. */
export function invalidError(node: INode, invalid: InvalidItem[], count: number) {
	const [first] = invalid;
	const sole = invalid.length === 1 && count === 1 ? first?.errors[0] : undefined;
	const message = sole
		? `${sole.field}: ${sole.reason}`
		: `${invalid.length} of ${count} items cannot be sent`;
	const lines = invalid.flatMap(({ item, errors }) =>
		errors.map((error) => `Item ${item + 1}: ${violationText(error)}`),
	);
	const rest = lines.length - MOST_LINES;
	const shown = [...lines.slice(0, MOST_LINES), ...(rest > 0 ? [`And ${rest} more.`] : [])];
	const error = operationError(node, message, shown.join(' '), first?.item);
	if (shown.length > 1) error.context.descriptionTemplate = panelList(shown);
	return error;
}

/** An error with these words: n8n puts words of its own in the place of some. */
function operationError(
	node: INode,
	message: string,
	description: string,
	itemIndex?: number,
): NodeOperationError {
	const error = new NodeOperationError(node, message, { description, itemIndex });
	return Object.assign(error, { message, description });
}

/**
 * The error that ends a run which has not begun, as n8n is to show it.
 *
 * @param certainty says whether anything was sent
 */
export function unbegunError(
	node: INode,
	{ message, description, context }: NodeOperationError,
	certainty: string,
): NodeOperationError {
	const words = [certainty, description].filter(Boolean).join(' ');
	const error = operationError(node, message, words, context.itemIndex as number | undefined);
	const { descriptionTemplate: list } = context;
	if (typeof list === 'string') {
		error.context.descriptionTemplate = `${panelSentence(certainty)} ${list}`;
	}
	return worded(error, message, words);
}

/**
 * Puts our words back: n8n replaces a message that happens to contain the name of a system error,
 * such as that of order "PREEXISTING-1". An AI agent is shown the message alone, so for it
 * everything stands there.
 */
function worded<E extends NodeApiError | NodeOperationError>(
	error: E,
	message: string,
	description: string,
): E {
	error.message = isToolNode(error.node) ? `${message}. ${description}` : message;
	error.description = description;
	return error;
}

/** The failure of an item that was never sent because it breaks a rule. */
export function invalidFailure({ item, errors }: InvalidItem): ImburseFailure {
	const reasons = errors.map(({ field, reason }) => `${field}: ${reason}`);
	return unsentFailure('invalid', `Item ${item + 1} cannot be sent: ${reasons.join('; ')}`, [
		'Nothing was sent for this item.',
		...errors.map(({ fix }) => fix),
	]);
}

/** The failure of an item that the run no longer came to. */
export function notSentFailure(label: string, item: number, why: string): ImburseFailure {
	return unsentFailure(
		'notSent',
		`${label} (item ${item + 1}) was not sent: the run stopped before it`,
		[
			`It stopped because of this: ${why}.`,
			'Nothing was made for this item. Run it again with the same reference.',
		],
	);
}

/** A failure for which no call was made, or none that anything is known of. */
export function unsentFailure(
	outcome: Outcome,
	message: string,
	sentences: string[],
): ImburseFailure {
	return {
		message,
		description: sentences.filter((sentence) => sentence !== '').join(' '),
		httpStatus: null,
		statusMeaning: null,
		errorCodes: [],
		correlationId: null,
		clientCorrelationId: null,
		retryable: outcome !== 'invalid',
		outcome,
		attempts: 0,
	};
}

function violationText({ field, reason, fix }: ValidationError): string {
	return `${field}: ${reason}. ${fix}`;
}
