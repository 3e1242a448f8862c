import type { ImburseFailure } from '../api/failure';
import type { Operation, Success } from '../operation';
import { converseFor } from './conversation';
import { asItemFailure } from './itemFailure';
import type { ReadyItem } from './prepareItem';
import type { Session } from './session';

/** What became of one item that was sent. */
export type Sent =
	| { ok: true; success: Success }
	| {
			ok: false;
			failure: ImburseFailure;
			/** Whether every further item would fail for the same reason. */
			endsRun: boolean;
	  };

/** Carries out one item; never throws for what the network or Imburse does. */
export async function sendItem(
	session: Session,
	operation: Operation,
	ready: ReadyItem,
): Promise<Sent> {
	const imburse = converseFor(session, ready);
	try {
		const success = operation.converse
			? await operation.converse(ready.plan, imburse)
			: await imburse.ask(ready.plan.request);
		return { ok: true, success };
	} catch (error) {
		const { failure, endsRun } = asItemFailure(error);
		return { ok: false, failure, endsRun };
	}
}
