import type { ApiResponse } from '../../api/client';
import type { ImburseFailure } from '../../api/errors/failure';
import type { ItemResponse } from '../../operation';
import { ItemClient, ItemError } from '../client/itemClient';
import { createOperationClient } from '../client/operationClient';
import type { Slot } from '../concurrency/rateLimiter';
import { idempotentCreate } from '../create/idempotentCreate';
import { bugFailure } from '../errors/itemFailures';
import type { CountMoney, ItemResult, PreparedItem } from '../items';
import type { Session } from '../session';

/** Carries out one item; never throws. */
export async function sendItem(
	session: Session,
	item: PreparedItem,
	slot: Slot,
	countMoney: CountMoney,
): Promise<ItemResult> {
	const client = new ItemClient(session, item, slot);
	try {
		return { ok: true, item, response: await carryOut(client, countMoney) };
	} catch (error) {
		const failure = failureOf(client, error);
		const abortsRun = failure.abortsRun || client.abortsRun();
		return { ok: false, item, failure: { ...failure, abortsRun, attempts: client.attempts() } };
	}
}

async function carryOut(client: ItemClient, countMoney: CountMoney): Promise<ItemResponse> {
	const { readBack, execute, request } = client.item.plan;
	if (readBack) {
		const { response, result, metadata, hints } = await idempotentCreate(client, readBack);
		return { ...itemResponse(client, response), result, metadata, hints };
	}
	const imburse = createOperationClient(client, countMoney);
	return itemResponse(client, await (execute ? execute(imburse) : imburse.request(request)));
}

function itemResponse(client: ItemClient, response: ApiResponse): ItemResponse {
	const { environment } = client;
	return { ...response, environment, attempts: client.attempts() };
}

function failureOf(client: ItemClient, error: unknown): ImburseFailure {
	if (error instanceof ItemError) return error.failure;
	return bugFailure(client.info(), client.attempts(), error);
}
