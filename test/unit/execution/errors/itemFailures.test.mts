import { describe, expect, it } from '@jest/globals';
import { invalidFailure } from '../../../../nodes/Imburse/execution/errors/itemFailures';

const FIX = 'Enter a value.';

describe('invalidFailure', () => {
	it('says every reason, and what to do about several of them once', () => {
		const { message, description } = invalidFailure({
			index: 2,
			errors: [
				{ field: 'Amount', reason: 'it is empty', fix: FIX },
				{ field: 'Direction', reason: 'nothing is chosen', fix: 'Choose one.' },
				{ field: 'Currency', reason: 'it is empty', fix: FIX },
			],
		});

		expect(message).toBe(
			'Item 3 cannot be sent: Amount: it is empty; Direction: nothing is chosen; Currency: it is empty',
		);
		expect(description).toBe('Nothing was sent for this item. Enter a value. Choose one.');
	});
});
