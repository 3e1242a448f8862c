import { describe, expect, it } from '@jest/globals';
import type { ErrorBody } from '../../../../nodes/Imburse/api/errors/errorBody.ts';
import {
	describeErrors,
	isNotFound,
	networkDetails,
	NO_DETAILS,
	responseDetails,
} from '../../../../nodes/Imburse/api/errors/failureDetails.ts';

function errorBody(...errors: ErrorBody['errors']): ErrorBody {
	return {
		codes: errors.flatMap(({ code }) => code ?? []),
		messages: errors.flatMap(({ message }) => message ?? []),
		errors,
		correlationId: 'A:1',
		isImburse: true,
		isOfGateway: false,
	};
}

const NEW = { code: 'A_NEW_CODE', message: 'It is Monday.' };
const KNOWN = { code: 'ORDER_ALREADY_EXISTS', message: 'Exists.' };

describe('the details of a response', () => {
	it('are its status, its codes and its words', () => {
		expect(responseDetails(409, errorBody(KNOWN, NEW))).toEqual({
			httpStatus: 409,
			errorCodes: ['ORDER_ALREADY_EXISTS', 'A_NEW_CODE'],
			correlationId: 'A:1',
			sentences: [
				expect.stringMatching(/^Imburse answered 409, Conflict: .*[^.]\.$/),
				"Imburse's code: ORDER_ALREADY_EXISTS, A_NEW_CODE.",
				"Imburse's words: Exists. It is Monday.",
			],
		});
	});

	it('end a sentence of Imburse that has no full stop', () => {
		const words = [
			{ code: null, message: 'Too late' },
			{ code: null, message: 'Why?' },
		];
		expect(responseDetails(400, errorBody(...words)).sentences).toContain(
			"Imburse's words: Too late. Why?",
		);
	});

	it('are its status alone where it says no more', () => {
		expect(responseDetails(500, { ...errorBody(), correlationId: null })).toEqual({
			httpStatus: 500,
			errorCodes: [],
			correlationId: null,
			sentences: [expect.stringMatching(/^Imburse answered 500, .*\.$/)],
		});
	});
});

it.each([
	[404, "Imburse's gateway gave this answer: the request did not reach the services behind it."],
	[
		504,
		"Imburse's gateway gave this answer: whether the request reached the services behind it is not known.",
	],
])('the details of a %d of the gateway say how far the request came', (status, sentence) => {
	const { sentences } = responseDetails(status, { ...errorBody(), isOfGateway: true });
	expect(sentences[1]).toBe(sentence);
});

it.each([
	['ECONNRESET', ['The network reported ECONNRESET.']],
	['', []],
])('the details of a network error with the code %j are %j', (code, sentences) => {
	const details = networkDetails({ kind: 'lost', code, mayHaveReachedServer: true });
	expect(details).toEqual({ httpStatus: null, errorCodes: [], correlationId: null, sentences });
});

it('knows nothing where nothing is known', () => {
	expect(NO_DETAILS).toEqual({
		httpStatus: null,
		errorCodes: [],
		correlationId: null,
		sentences: [],
	});
});

it.each([
	[[KNOWN], 'an order with this reference exists already'],
	[[NEW], 'It is Monday'],
	[[{ code: 'A_NEW_CODE', message: null }], 'A_NEW_CODE'],
	[[{ code: null, message: 'No. 7 is closed.' }], 'No. 7 is closed'],
	[[{ code: null, message: 'Closed' }], 'Closed'],
	[[KNOWN, NEW], 'an order with this reference exists already; It is Monday'],
	[[], ''],
])('says %j as %j', (errors, words) => {
	expect(describeErrors(errorBody(...errors))).toBe(words);
});

it.each([
	[404, null, true],
	[400, 'ORDER_NOT_FOUND', true],
	[400, 'ORDER_NOT_FOUND_YET', false],
	[400, null, false],
])('says of %i with %j whether something was not found: %j', (status, code, expected) => {
	expect(isNotFound(status, errorBody({ code, message: null }))).toBe(expected);
	expect(isNotFound(status, errorBody(NEW, { code, message: null }))).toBe(expected);
});
