import { describe, expect, it } from '@jest/globals';
import {
	bugFailure,
	invalidFailure,
	notSentFailure,
} from '../../../../nodes/Imburse/execution/errors/itemFailures';

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

it('an item that the run did not come to says why the run stopped', () => {
	expect(notSentFailure('Payment Order "A"', 'Imburse refused the keys')).toMatchObject({
		outcome: 'notSent',
		message: 'Payment Order "A" was not sent: the run stopped before it',
		description:
			'It stopped because of this: Imburse refused the keys. Nothing was made for this item. Run it again with the same reference.',
		attempts: 0,
	});
});

describe('a mistake inside the node', () => {
	const info = {
		label: 'Payment Order "A"',
		baseUrl: 'https://sandbox-api.imbursepayments.com',
		environment: 'sandbox',
		correlationId: 'own-id',
	};
	const WRONG = 'something went wrong inside the Imburse node (x is not a function)';
	const REPORT = 'Please report it to the makers of this node.';

	it.each([
		['getOrder', 1, 'Payment Order "A" could not be read', 'Nothing was changed.'],
		['createOrder', 0, 'Payment Order "A" was not sent', 'Nothing was changed.'],
		[
			'createOrder',
			1,
			'It is not known whether Payment Order "A" was made',
			'Run it again with the same reference: that finds out what was made. Imburse takes a reference only once, so it cannot make a second one. Do not change the reference.',
		],
	] as const)('of %s after %d attempts', (endpoint, attempts, begins, advice) => {
		const failure = bugFailure(
			{ ...info, endpoint },
			attempts,
			new TypeError('x is not a function'),
		);
		expect(failure.message).toBe(`${begins}: ${WRONG}`);
		expect(failure.description).toContain(`${advice} ${REPORT}`);
		expect(failure.abortsRun).toBe(true);
	});
});
