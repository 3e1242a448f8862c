import { batches } from '../batch-list.mts';
import { refusal } from '../failures.mts';
import { pathPart, type Route } from '../route.mts';

/** Path and answer are documented under v2 only (API reference 4.1, "Batch"); the refusal is inferred. */
const getBatch: Route = {
	name: 'getBatch',
	method: 'GET',
	paths: ['/v2/batch-management/batch/:batchRef'],
	area: 'transaction',
	permission: 'transactionRead',
	handle(call, { options }) {
		const batch = batches.find((known) => known.batchRef === pathPart(call, 'batchRef'));
		if (!batch) throw refusal(options.notFoundStatus, 'BATCH_NOT_FOUND');
		return { status: 200, body: batch };
	},
};

export const batchRoutes: readonly Route[] = [getBatch];
