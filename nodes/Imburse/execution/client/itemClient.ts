import { findTokenError } from '../../api/errors/tokenError';
import { requestInfo, sendRequest, type ApiResult } from '../../api/client';
import type { ImburseFailure } from '../../api/errors/failure';
import type { RequestInfo } from '../../api/errors/messages';
import { RequestNotSentError, type HttpRequest, type HttpResponse } from '../../api/http';
import type { ImburseRequest } from '../../api/request';
import { abortableDelay } from '../../n8n/abortableDelay';
import type { Slot } from '../concurrency/rateLimiter';
import { labelOf, type PreparedItem } from '../items';
import type { Session } from '../session';

/** One item's access to Imburse: its requests go out one at a time, at the pace of the run. */
export interface ItemClient {
	item: PreparedItem;
	/** Names the item in messages. */
	label: string;
	/** Sends a request; never throws for what the network or Imburse does. */
	request(request: ImburseRequest): Promise<ApiResult>;
	/** Waits, or ends at once when the run is stopped. Other items go ahead meanwhile. */
	delay(milliseconds: number): Promise<void>;
	/** As `delay`, but other items wait, too: for what may be wrong with all of them. */
	delayHoldingSlot(milliseconds: number): Promise<void>;
	isStopped(): boolean;
	/** Whether a request has failed in a way in which those of every further item would. */
	abortsRun(): boolean;
	/** How many times the item's own request was sent. */
	attempts(): number;
	/** Milliseconds since the item began. */
	elapsed(): number;
	/** What messages say of the item's own request. */
	info(): RequestInfo;
}

export function createItemClient(session: Session, item: PreparedItem, slot: Slot): ItemClient {
	const begun = Date.now();
	const { correlationId, tenantId, timeout } = item;
	const options = { label: labelOf(item), correlationId, tenantId, timeout };
	const own = item.plan.request;
	let attempts = 0;
	let abortsRun = false;
	const isStopped = () => session.stopSignal?.aborted === true;
	const send = async (request: HttpRequest, isOwn: boolean): Promise<HttpResponse> => {
		for (;;) {
			const round = await slot.waitForTurn();
			if (isStopped()) throw new RequestNotSentError('the run was stopped', RUN_AGAIN_TO_GO_ON);
			const { response, error } = await settle(session.send(request));
			if (isOwn && !findTokenError(error)) attempts++;
			if (!response) throw error;
			if (!slot.report(response, round)) return response;
		}
	};
	return {
		item,
		label: options.label,
		request: async (request) => {
			const isOwn = request.endpoint === own.endpoint;
			const connection = {
				...session,
				send: async (http: HttpRequest) => await send(http, isOwn),
			};
			const result = await sendRequest(connection, request, options);
			abortsRun ||= !result.ok && result.failure.abortsRun;
			return result;
		},
		delay: async (milliseconds) => {
			slot.release();
			await abortableDelay(milliseconds, session.stopSignal);
		},
		delayHoldingSlot: async (milliseconds) =>
			await abortableDelay(milliseconds, session.stopSignal),
		isStopped,
		abortsRun: () => abortsRun,
		attempts: () => attempts,
		elapsed: () => Date.now() - begun,
		info: () => requestInfo(session, own, options),
	};
}

const RUN_AGAIN_TO_GO_ON = 'Run it again with the same references to go on.';

/** Either the response or the error of a sending. */
async function settle(
	sending: Promise<HttpResponse>,
): Promise<{ response?: HttpResponse; error?: unknown }> {
	return await sending.then(
		(response) => ({ response }),
		(error: unknown) => ({ error }),
	);
}

/** Carries a failure out of the calls of one item; it never reaches n8n. */
export class ItemError extends Error {
	override readonly name = 'ImburseItemError';

	constructor(readonly failure: ImburseFailure) {
		super(failure.message);
	}
}
