import type { ImburseFailure } from '../../api/errors/failure';

/** Carries a failure out of the calls of one item; it never reaches n8n. */
export class ItemError extends Error {
	override readonly name = 'ImburseItemFailure';

	constructor(
		readonly failure: ImburseFailure,
		/** Whether every further item would fail for the same reason. */
		readonly abortsRun: boolean,
	) {
		super(failure.message);
	}
}
