import type { ImburseFailure } from '../api/failure';
import type { Success } from '../operation';
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
export async function sendItem(session: Session, ready: ReadyItem): Promise<Sent> {
	const imburse = converseFor(session, ready);
	const { converse, request } = ready.plan;
	try {
		const success = await (converse ? converse(imburse) : imburse.ask(request));
		return { ok: true, success };
	} catch (error) {
		const { failure, endsRun } = asItemFailure(error);
		return { ok: false, failure, endsRun };
	}
}
