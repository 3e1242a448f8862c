import type { ImburseFailure } from '../../api/errors/failure';
import { mistakeFailure } from '../../api/errors/messages';
import type { ApiSuccess } from '../../operation';
import { createOperationClient } from '../client/operationClient';
import { ItemError } from '../client/itemFailure';
import { createItemClient, type ItemClient } from '../client/itemClient';
import { idempotentCreate } from '../create/idempotentCreate';
import type { Session } from '../session';
import type { Slot } from '../concurrency/rateLimiter';
import type { PreparedItem } from '../items';

/** What became of one item that was sent. */
export type Sent =
	| { ok: true; success: ApiSuccess }
	| {
			ok: false;
			failure: ImburseFailure;
			/** Whether every further item would fail for the same reason. */
			endsRun: boolean;
	  };

/** Carries out one item; never throws. */
export async function sendItem(session: Session, ready: PreparedItem, lane: Slot): Promise<Sent> {
	const line = createItemClient(session, ready, lane);
	try {
		return { ok: true, success: await carryOut(line) };
	} catch (error) {
		const { failure, abortsRun: endsRun } =
			error instanceof ItemError ? error : mistakeOn(line, error);
		return { ok: false, failure, endsRun: endsRun || line.isDoomed() };
	}
}

async function carryOut(line: ItemClient): Promise<ApiSuccess> {
	const { readBack, execute: converse, request } = line.ready.plan;
	if (readBack) return await idempotentCreate(line, readBack);
	const imburse = createOperationClient(line);
	return await (converse ? converse(imburse) : imburse.request(request));
}

/** Every further item would meet the same mistake of the node. */
function mistakeOn(line: ItemClient, error: unknown): ItemError {
	const asked = line.asked(line.ready.plan.request);
	return new ItemError(mistakeFailure(asked, error), true);
}
