import type { IDataObject } from 'n8n-workflow';

import { createFailure, type ImburseFailure, type Outcome } from '../../api/errors/failure';
import { isRead, opening, RUN_AGAIN, type RequestInfo } from '../../api/errors/messages';
import { plainText } from '../../n8n/plainText';
import { itemNumber, type InvalidItem, type ItemFailure } from '../items';
import { describeFixes, describeReasons } from '../../validation/result';

/** The failure of an item that was never sent because it breaks a rule. */
export function invalidFailure({ index, errors }: InvalidItem): ItemFailure {
	return failureWithoutResponse(
		'invalid',
		`Item ${itemNumber(index)} cannot be sent: ${describeReasons(errors)}`,
		['Nothing was sent for this item.', describeFixes(errors)],
	);
}

/** The failure of an item that the run no longer came to. */
export function notSentFailure(label: string, why: string): ItemFailure {
	return failureWithoutResponse('notSent', `${label} was not sent: the run stopped before it`, [
		`It stopped because of this: ${why}.`,
		'Nothing was made for this item. Run it again with the same reference.',
	]);
}

/** A failure for which no request was sent, or none that anything is known of. */
export function failureWithoutResponse(
	outcome: Outcome,
	message: string,
	sentences: string[],
): ItemFailure {
	const advice = sentences.filter((sentence) => sentence !== '').join(' ');
	const failure = createFailure({ message, advice, clientCorrelationId: '', outcome });
	return { ...failure, retryable: outcome !== 'invalid', attempts: 0 };
}

/** The failure when the node itself has a bug: what it has sent may have been carried out. */
export function bugFailure(info: RequestInfo, attempts: number, error: unknown): ImburseFailure {
	const reason = error instanceof Error ? error.message : String(error);
	const outcome = isRead(info) ? 'unavailable' : attempts > 0 ? 'unknown' : 'notSent';
	return createFailure({
		message: `${opening(info, outcome)}: something went wrong inside the Imburse node (${reason})`,
		advice: `${outcome === 'unknown' ? RUN_AGAIN : 'Nothing was changed.'} Please report it to the makers of this node.`,
		clientCorrelationId: info.correlationId,
		outcome,
		// Every further item would meet the same bug.
		abortsRun: true,
	});
}

/**
 * A failure as the output shows it, under public names that never change. Its two texts are the same
 * as in the error panel; everything else is as it is.
 */
export function failureJson(failure: ItemFailure): IDataObject {
	return {
		message: plainText(failure.message),
		description: plainText(failure.description),
		httpStatus: failure.httpStatus,
		statusMeaning: failure.statusMeaning,
		errorCodes: failure.errorCodes,
		correlationId: failure.correlationId,
		clientCorrelationId: failure.clientCorrelationId,
		retryable: failure.retryable,
		outcome: failure.outcome,
		attempts: failure.attempts,
	};
}
