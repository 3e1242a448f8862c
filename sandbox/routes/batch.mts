import { apiError } from '../apiError.mts';
import { pathParameter, type Route } from '../route.mts';

/**
 * The batches that exist from the start, since the path of the upload is not known (API reference
 * 4.1, "Batch"). The fields are documented; that the times are epoch milliseconds is inferred from
 * the other v2 responses (API reference 4.9).
 */
const batches = [
	{
		batchRef: 'BATCH-2025-01',
		batchType: 'Instruction',
		uploadedAt: 1735725600000,
		status: 'Processed',
		completedAt: 1735725660000,
		itemCount: 120,
		itemsCreated: 118,
		itemsFailed: 2,
	},
	{
		batchRef: 'BATCH-2025-02',
		batchType: 'Instruction',
		uploadedAt: 1738404000000,
		status: 'Processed',
		completedAt: 1738404030000,
		itemCount: 40,
		itemsCreated: 40,
		itemsFailed: 0,
	},
] as const;

/** Path and response are documented under v2 only (API reference 4.1, "Batch"); the error code is inferred. */
const getBatch: Route = {
	name: 'getBatch',
	method: 'GET',
	paths: ['/v2/batch-management/batch/:batchRef'],
	area: 'transaction',
	permission: 'transactionRead',
	handle(request, { options }) {
		const batch = batches.find((known) => known.batchRef === pathParameter(request, 'batchRef'));
		if (!batch) throw apiError(options.notFoundStatus, 'BATCH_NOT_FOUND');
		return { status: 200, body: batch };
	},
};

export const batchRoutes: readonly Route[] = [getBatch];
