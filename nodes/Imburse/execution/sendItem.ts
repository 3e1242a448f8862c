import type { ImburseFailure } from '../api/failure';
import type { Success } from '../operation';
import { converseOn } from './conversation';
import { asItemFailure } from './itemFailure';
import { openLine, type Line } from './line';
import type { ReadyItem } from './prepareItem';
import { safeCreate } from './safeCreate';
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
	try {
		return { ok: true, success: await carryOut(openLine(session, ready)) };
	} catch (error) {
		const { failure, endsRun } = asItemFailure(error);
		return { ok: false, failure, endsRun };
	}
}

async function carryOut(line: Line): Promise<Success> {
	const { readBack, converse, request } = line.ready.plan;
	if (readBack) return await safeCreate(line, readBack);
	const imburse = converseOn(line);
	return await (converse ? converse(imburse) : imburse.ask(request));
}
