import type { ImburseFailure } from '../../api/failure';

/** Carries a failure out of the calls of one item; it never reaches n8n. */
export class ItemFailure extends Error {
	override readonly name = 'ImburseItemFailure';

	constructor(
		readonly failure: ImburseFailure,
		/** Whether every further item would fail for the same reason. */
		readonly endsRun: boolean,
	) {
		super(failure.message);
	}
}
