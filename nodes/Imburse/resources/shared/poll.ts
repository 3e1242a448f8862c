import type { ApiResponse, ApiResult } from '../../api/client';
import type { ImburseFailure } from '../../api/errors/failure';
import type { ImburseRequest } from '../../api/request';
import type { OperationClient } from '../../operation';

/** A read that is repeated until it shows an end. */
export interface Polling {
	request: ImburseRequest;
	/** Counts from the beginning of the item. */
	timeLimitMs: number;
	delay: { initialMs: number; factor: number; maxMs: number };
	/** Whether this is the end that is waited for. Fails the item where it is a bad one. */
	isReached(read: ApiResponse): boolean;
	/** Fails the item where no further read could succeed. */
	failUnreadable(failure: ImburseFailure): never;
	/** Fails the item when the time is over. */
	failTimedOut(lastRead: ApiResult): never;
}

/** Reads at least once, and once more when the time is over. */
export async function poll(imburse: OperationClient, polling: Polling): Promise<ApiResponse> {
	const { initialMs, factor, maxMs } = polling.delay;
	for (let delayMs = initialMs; ; delayMs = Math.min(delayMs * factor, maxMs)) {
		const read = await imburse.attempt(polling.request);
		if (read.ok && polling.isReached(read.response)) return read.response;
		if (!read.ok && !read.failure.retryable) return polling.failUnreadable(read.failure);
		const leftMs = polling.timeLimitMs - imburse.elapsed();
		if (leftMs <= 0) return polling.failTimedOut(read);
		await imburse.delay(Math.min(delayMs, leftMs));
	}
}
