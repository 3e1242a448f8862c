import type { ImburseFailure } from '../../api/errors/failure';

/** Carries a failure out of the calls of one item; it never reaches n8n. */
export class ItemError extends Error {
	override readonly name = 'ImburseItemError';

	constructor(readonly failure: ImburseFailure) {
		super(failure.message);
	}
}
