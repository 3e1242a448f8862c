import { describe, expect, it } from '@jest/globals';
import { createFailure, type Outcome } from '../../../../nodes/Imburse/api/errors/failure.ts';
import { NO_DETAILS } from '../../../../nodes/Imburse/api/errors/failureDetails.ts';

const PARTS = { message: 'It failed', advice: 'Look.', clientCorrelationId: 'own-id' };

function retryable(outcome: Outcome, httpStatus: number | null): boolean {
	return createFailure({ ...PARTS, outcome }, { ...NO_DETAILS, httpStatus }).retryable;
}

describe('a failure', () => {
	it('says what to do, then what is certain, then which IDs to quote', () => {
		const failure = createFailure(
			{ ...PARTS, outcome: 'rejected' },
			{ httpStatus: 403, errorCodes: ['A'], correlationId: '0HL:1', sentences: ['One.', 'Two.'] },
		);
		expect(failure).toEqual({
			message: 'It failed',
			description:
				"Look. One. Two. For Imburse's support, quote correlation ID 0HL:1 (Imburse's) and own-id (yours).",
			reason: 'It failed',
			httpStatus: 403,
			statusMeaning: 'Forbidden: the requested endpoint is not valid for your user or role',
			errorCodes: ['A'],
			correlationId: '0HL:1',
			clientCorrelationId: 'own-id',
			sentences: ['One.', 'Two.'],
			outcome: 'rejected',
			responseClass: 'unclear',
			retryable: false,
			abortsRun: false,
		});
	});

	it('quotes no ID where nothing was sent', () => {
		const failure = createFailure({ ...PARTS, clientCorrelationId: '', outcome: 'invalid' });
		expect(failure).toMatchObject({ description: 'Look.', clientCorrelationId: null });
		expect(failure.statusMeaning).toBeNull();
	});

	it.each<[Outcome, number | null, boolean]>([
		['unknown', null, true],
		['unavailable', 503, true],
		['timeout', null, true],
		['notSent', null, true],
		['rejected', 429, true],
		['rejected', 403, false],
		['conflict', 409, false],
		['failed', null, false],
		['invalid', null, false],
	])(
		'with the outcome %s and the status %p may be tried again: %p',
		(outcome, status, expected) => {
			expect(retryable(outcome, status)).toBe(expected);
		},
	);
});
