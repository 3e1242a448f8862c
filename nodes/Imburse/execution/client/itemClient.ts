import { findTokenError } from '../../api/errors/tokenError';
import { requestInfo, sendRequest, type ApiResult, type RequestOptions } from '../../api/client';
import type { ImburseFailure } from '../../api/errors/failure';
import type { RequestInfo } from '../../api/errors/messages';
import { RequestNotSentError, type HttpRequest, type HttpResponse } from '../../api/http';
import type { ImburseRequest } from '../../api/request';
import { abortableDelay } from '../../n8n/abortableDelay';
import type { Slot } from '../concurrency/rateLimiter';
import { labelOf, tenantOf, type PreparedItem } from '../items';
import type { Session } from '../session';

/** One item's access to Imburse: its requests go out one at a time, at the pace of the run. */
export class ItemClient {
	/** Names the item in messages. */
	readonly label: string;
	/** Of the credential. */
	readonly environment: string;
	private readonly begun = Date.now();
	private readonly options: RequestOptions;
	private sentCount = 0;
	private hasAborted = false;

	constructor(
		private readonly session: Session,
		readonly item: PreparedItem,
		private readonly slot: Slot,
	) {
		const { correlationId, tenantId, timeout } = item;
		this.label = labelOf(item);
		this.environment = session.credential.environment;
		this.options = { label: this.label, correlationId, tenantId, timeout };
	}

	/** Sends a request; never throws for what the network or Imburse does. */
	async request(request: ImburseRequest): Promise<ApiResult> {
		const isOwn = request.endpoint === this.item.plan.request.endpoint;
		const send = async (http: HttpRequest) => await this.send(http, isOwn);
		const result = await sendRequest({ ...this.session, send }, request, this.options);
		if (!result.ok && result.failure.abortsRun) this.hasAborted = true;
		return result;
	}

	/** What tells the item's own request from those of every other credential, tenant and item. */
	identity(): string[] {
		const { baseUrl, credential } = this.session;
		const tenant = tenantOf(this.item, credential.tenantId);
		return [baseUrl, credential.accountId, tenant, this.item.plan.label];
	}

	/** Waits, or ends at once when the run is stopped. Other items go ahead meanwhile. */
	async delay(milliseconds: number): Promise<void> {
		this.slot.release();
		await this.delayHoldingSlot(milliseconds);
	}

	/** As `delay`, but other items wait, too: for what may be wrong with all of them. */
	async delayHoldingSlot(milliseconds: number): Promise<void> {
		await abortableDelay(milliseconds, this.session.stopSignal);
	}

	isStopped(): boolean {
		return this.session.stopSignal?.aborted === true;
	}

	/** Whether a request has failed in a way in which those of every further item would. */
	abortsRun(): boolean {
		return this.hasAborted;
	}

	/** How many times the item's own request was sent. */
	attempts(): number {
		return this.sentCount;
	}

	/** Milliseconds since the item began. */
	elapsed(): number {
		return Date.now() - this.begun;
	}

	/** What messages say of the item's own request. */
	info(): RequestInfo {
		return requestInfo(this.session, this.item.plan.request, this.options);
	}

	private async send(request: HttpRequest, isOwn: boolean): Promise<HttpResponse> {
		for (;;) {
			const call = await this.slot.waitUntilClear();
			if (this.isStopped()) {
				throw new RequestNotSentError('the run was stopped', RUN_AGAIN_TO_GO_ON);
			}
			const { response, error } = await settle(this.session.send(request));
			const tokenError = findTokenError(error);
			if (isOwn && !tokenError) this.sentCount++;
			// A token call that comes too soon counts like any other (API reference 4.9).
			const answer = response ?? tokenError?.tooManyCalls;
			if (answer && this.slot.report(answer, call)) continue;
			if (!response) throw error;
			return response;
		}
	}
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
