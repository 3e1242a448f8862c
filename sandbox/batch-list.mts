/**
 * The batches that are there from the start, since the upload's path is not known (API reference
 * 4.1, "Batch"). The fields are documented; that the times are epoch milliseconds is inferred from
 * the other v2 answers (API reference 4.9).
 */
export const batches = [
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
