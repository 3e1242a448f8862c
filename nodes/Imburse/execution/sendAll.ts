import type { ImburseFailure } from '../api/failure';
import type { Success } from '../operation';
import { notSentFailure } from './nodeErrors';
import type { ReadyItem } from './prepareItem';
import { sendItem } from './sendItem';
import type { Session } from './session';

/** What became of one item of a run. */
export type Result =
	| { ok: true; ready: ReadyItem; success: Success }
	| { ok: false; ready: ReadyItem; failure: ImburseFailure };

/**
 * Sends the items one after another. Nothing more is sent once an item has shown that every
 * further one would fail the same way, or when the first failure is to end the run.
 */
export async function sendAll(
	session: Session,
	items: ReadyItem[],
	goesOn: boolean,
): Promise<Result[]> {
	const results: Result[] = [];
	let ended: ImburseFailure | undefined;
	for (const ready of items) {
		if (ended) {
			const failure = notSentFailure(ready.plan.subject, ready.item, ended.message);
			results.push({ ok: false, ready, failure });
			continue;
		}
		const sent = await sendItem(session, ready);
		results.push({ ...sent, ready });
		if (!sent.ok && (sent.endsRun || !goesOn)) ended = sent.failure;
	}
	return results;
}
