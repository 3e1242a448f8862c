import { describe, expect, it } from '@jest/globals';
import { parseResponseBody } from '../../../nodes/Imburse/api/responseBody.ts';
import { parseErrorBody } from '../../../nodes/Imburse/api/errors/errorBody.ts';
import { evidenceOf } from '../../../nodes/Imburse/api/responseClass.ts';
import type { HttpResponse } from '../../../nodes/Imburse/api/http.ts';
import { answer, errorAnswer } from './fixtures.mts';

function evidence({ status, text, headers }: HttpResponse): string {
	return evidenceOf(status, parseErrorBody(parseResponseBody(text), headers));
}

describe('evidenceOf', () => {
	it.each([401, 403, 429])('is, on %d, that nothing was done, whatever the body', (status) => {
		for (const reply of [answer(status), answer(status, '<html>'), errorAnswer(status, ['X'])]) {
			expect(evidence(reply)).toBe('refused');
		}
	});

	it.each([
		[errorAnswer(400, ['ORDER_ALREADY_EXISTS'])],
		[errorAnswer(400, ['INSTRUCTION_ALREADY_EXISTS'])],
		[errorAnswer(422, ['ORDER_EXISTS'])],
		[errorAnswer(500, ['DUPLICATE_ORDER_REF'])],
		[errorAnswer(400, ['AMOUNT_IS_REQUIRED', 'ORDER_ALREADY_EXISTS'])],
		[answer(400, { errorCodes: ['ORDER_ALREADY_EXISTS'] })],
		[answer(400, { title: 'Bad Request', detail: 'The order already exists.' })],
		[answer(409)],
		[answer(409, '<html>')],
	])('is that it exists: %j', (reply) => {
		expect(evidence(reply)).toBe('exists');
	});

	it.each([
		[errorAnswer(404, ['ORDER_NOT_FOUND'])],
		[errorAnswer(404, ['SOMETHING'])],
		[errorAnswer(400, ['ORDER_NOT_FOUND'])],
		[answer(404, { title: 'Not Found', trace: { requestId: 'R' } })],
	])('is that it is not there: %j', (reply) => {
		expect(evidence(reply)).toBe('absent');
	});

	it.each([
		[answer(404)],
		[answer(404, '<html>404</html>')],
		[answer(404, { message: 'no route matched' })],
		[answer(404, { title: 'Not Found' })],
		[answer(404, '{"errors":[{"errorCode":"ORDER_NOT_F')],
		[answer(404, '', { 'x-correlation-id': 'X' })],
		[errorAnswer(500, ['ORDER_NOT_FOUND'])],
		[errorAnswer(302, ['ORDER_NOT_FOUND'])],
	])('is not that it is not there, when a gateway may have said so: %j', (reply) => {
		expect(evidence(reply)).toBe('none');
	});

	it.each([
		[errorAnswer(400, ['CUSTOMER_REF_IS_REQUIRED'])],
		[errorAnswer(400, ['CUSTOMER_REF_IS_REQUIRED', 'AMOUNT_OUT_OF_RANGE'])],
		[answer(400, { errorCodes: ['SCHEME_ID_INVALID'] })],
	])('is that a field breaks a rule: %j', (reply) => {
		expect(evidence(reply)).toBe('refused');
	});

	it.each([
		[errorAnswer(400, ['SOMETHING_NEW'])],
		[errorAnswer(400, ['AMOUNT_IS_REQUIRED', 'SOMETHING_NEW'])],
		[errorAnswer(402, ['AMOUNT_IS_REQUIRED'])],
		[errorAnswer(422, ['AMOUNT_IS_REQUIRED'])],
		[answer(400, { errors: [{ errorCode: 'AMOUNT_IS_REQUIRED' }, { message: 'And more.' }] })],
		[answer(400, { correlationId: 'X' })],
	])('rules out nothing: %j', (reply) => {
		expect(evidence(reply)).toBe('objected');
	});

	it.each([200, 204, 301, 400, 402, 500, 502, 503, 504])('is none on a bare %d', (status) => {
		expect(evidence(answer(status))).toBe('none');
		expect(evidence(answer(status, '<html>'))).toBe('none');
	});
});
