import type { ImburseFailure } from '../../api/failure';
import { mistakeFailure } from '../../api/words';
import type { Success } from '../../operation';
import { converseOn } from './conversation';
import { ItemFailure } from './itemFailure';
import { openLine, type Line } from './line';
import { safeCreate } from '../create/safeCreate';
import type { Session } from '../session';
import type { Lane } from '../pace/traffic';
import type { ReadyItem } from '../itemStates';

/** What became of one item that was sent. */
export type Sent =
	| { ok: true; success: Success }
	| {
			ok: false;
			failure: ImburseFailure;
			/** Whether every further item would fail for the same reason. */
			endsRun: boolean;
	  };

/** Carries out one item; never throws. */
export async function sendItem(session: Session, ready: ReadyItem, lane: Lane): Promise<Sent> {
	const line = openLine(session, ready, lane);
	try {
		return { ok: true, success: await carryOut(line) };
	} catch (error) {
		const { failure, endsRun } = error instanceof ItemFailure ? error : mistakeOn(line, error);
		return { ok: false, failure, endsRun: endsRun || line.isDoomed() };
	}
}

async function carryOut(line: Line): Promise<Success> {
	const { readBack, converse, request } = line.ready.plan;
	if (readBack) return await safeCreate(line, readBack);
	const imburse = converseOn(line);
	return await (converse ? converse(imburse) : imburse.ask(request));
}

/** Every further item would meet the same mistake of the node. */
function mistakeOn(line: Line, error: unknown): ItemFailure {
	const asked = line.asked(line.ready.plan.request);
	return new ItemFailure(mistakeFailure(asked, error), true);
}
